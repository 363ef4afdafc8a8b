"""gofar explain: why two would suit each other, and what would make that stronger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
from rich.console import Console

from gofar.options import (
    read_network,
    refuse_to_join,
    store_option,
    view_of,
    view_options,
)
from matching import Change, Network, Reason, Stronger, find_organisation, stronger
from matching.scoring import WEIGHTS, explain

__all__ = ["explain_"]

_CHANGES = {
    Change.OFFER: "offers",
    Change.GOAL: "works towards",
    Change.PLACE: "is active in",
    Change.INTRODUCTION: "gets to know",
}


@click.command("explain")
@click.argument("organisation")
@click.argument("partner")
@click.option("--top", default=5, show_default=True, type=click.IntRange(0, 100))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids.")
@view_options
@store_option
def explain_(
    organisation: str,
    partner: str,
    top: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Say why PARTNER would suit ORGANISATION, and which facts would make the match stronger.

    Each is an id, a charity number or a name. Two who are not to be brought together are refused.
    """
    network = read_network(store_url, view_of(as_of, told_only))
    i, j = (find_organisation(network, each) for each in (organisation, partner))
    refuse_to_join(network, i, j)
    reasons = explain(network, i, j)
    ids = network.organisation_ids
    changes = stronger(network, ids[i], ids[j], k=top)
    if as_json:
        told = _told(network, (i, j), reasons, changes)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    console = Console()
    score = sum(reason.points for reason in reasons)
    console.print(f"{network.names[i]} and {network.names[j]}: {score:+.2f}", markup=False)
    for reason in reasons:
        about = f": {reason.about_name}" if reason.about_name else ""
        signal = reason.signal.replace("_", " ")
        line = f"  {reason.points:+.2f}  {signal}{about} ({reason.direction.value})"
        console.print(line, markup=False, soft_wrap=True)
    if not reasons:
        console.print("  Nothing that is known speaks for it.")
    if changes:
        console.print("It would be stronger if")
    for each in changes:
        console.print(f"  {_line(network, each)}", markup=False, soft_wrap=True)
    console.print(f"Weights: {WEIGHTS}.")


def _told(
    network: Network,
    pair: tuple[int, int],
    reasons: Sequence[Reason],
    changes: Sequence[Stronger],
) -> dict[str, Any]:
    organisation_id, partner_id = (network.organisation_ids[end] for end in pair)
    return {
        "organisation_id": organisation_id,
        "partner_id": partner_id,
        "weights": WEIGHTS,
        "score": sum(reason.points for reason in reasons),
        "reasons": [
            {
                "signal": reason.signal,
                "about": reason.about,
                "points": reason.points,
                "direction": reason.direction.value,
                "evidence": list(reason.evidence),
            }
            for reason in reasons
        ],
        "stronger": [_as_data(each) for each in changes],
    }


def _as_data(found: Stronger) -> dict[str, Any]:
    return {
        "change": found.change.value,
        "by": found.by_id,
        "about": found.about_id,
        "about_name": found.about_name,
        "gain": found.gain,
        "score": found.score,
        "rank": found.rank,
        "rank_before": found.rank_before,
    }


def _line(network: Network, found: Stronger) -> str:
    says = f"{network.name_of(found.by_id)} {_CHANGES[found.change]} {found.about_name}"
    before = "not in the list" if found.rank_before is None else f"number {found.rank_before:,}"
    after = "still not in the list" if found.rank is None else f"number {found.rank:,}"
    return f"{found.gain:+.2f}  {says} ({before} → {after})"
