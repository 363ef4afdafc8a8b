"""gofar match: partner suggestions for one organisation, or for all."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from gofar.cluster import suggest_on_cluster
from gofar.models import read_model
from gofar.options import progress_bar, read_network, store_option, view_of, view_options
from gofar.tables import check_folder, writing
from graph.errors import InputError, UnknownOrganisation
from matching import (
    SIGNALS,
    Network,
    Reason,
    Suggestion,
    find_organisation,
    suggest_all,
    suggest_partners,
)
from matching.learning import PairModel, learned_label, suggest_all_learned, suggest_learned
from matching.scoring import WEIGHTS
from matching.suggestion import Chance
from seeds.reading.encoding import encoding_of

__all__ = ["match", "read_ids"]

_LABELS = {signal.name: signal.label for signal in SIGNALS} | {"balance": "one-sidedness"}
_COLUMNS = ("org_id", "rank", "partner_id", "score")


@click.command()
@click.argument("organisation", required=False)
@click.option("--all", "everybody", is_flag=True, help="Suggest for every organisation.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--include-partners", is_flag=True, help="Also those that it works with already.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: org_id, rank, partner_id, score.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write CSV to a file.")
@click.option(
    "--organisations",
    "wanted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --all: a file with one organisation a line; only these get suggestions.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="With --all: work on a Dask cluster, such as tcp://10.0.0.5:8786, or local:4 for four "
    "processes here. Needs the extra [cluster].",
)
@click.option(
    "--prior", is_flag=True, help="By the documented weights, even where others were learned."
)
@view_options
@store_option
def match(
    organisation: str | None,
    everybody: bool,
    top: int,
    include_partners: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    wanted: Path | None,
    cluster: str | None,
    as_of: datetime | None,
    told_only: bool,
    prior: bool,
    store_url: str | None,
) -> None:
    """Suggest partners for ORGANISATION (id, charity number or name), and say why."""
    if everybody == (organisation is not None):
        raise click.UsageError("Name one organisation, or use --all.")
    if wanted is not None and not everybody:
        raise click.UsageError("--organisations goes with --all.")
    if cluster is not None and not everybody:
        raise click.UsageError("--cluster goes with --all.")
    check_folder(out)
    if everybody and (as_json or include_partners):
        raise click.UsageError("--all writes CSV of new partners: leave out the other options.")
    network = read_network(store_url, view_of(as_of, told_only))
    # A past view must not be ranked by what was learned since.
    is_by_prior = prior or include_partners or cluster is not None or as_of is not None
    model = None if is_by_prior else read_model(store_url)
    if cluster is not None and read_model(store_url) is not None:
        click.echo("On a cluster by the documented weights, not by those learned.", err=True)
    if organisation is None:
        _write_all(network, top, out, wanted, cluster, model)
        return
    found = network.organisation_ids[find_organisation(network, organisation)]
    if model is None:
        suggestions = suggest_partners(network, found, k=top, include_partners=include_partners)
    else:
        suggestions = suggest_learned(network, model, found, k=top)
    if as_json:
        click.echo(
            json.dumps([_as_data(each) for each in suggestions], ensure_ascii=False, indent=2)
        )
    elif as_csv or out is not None:
        ranking = [(each.partner_id, each.score) for each in suggestions]
        _write_csv(out, [(found, ranking)])
    else:
        _print(network, found, suggestions)


def _as_data(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "partner_id": suggestion.partner_id,
        "name": suggestion.partner_name,
        "score": suggestion.score,
        "weights": WEIGHTS if suggestion.chance is None else "learned",
        "chance": asdict(suggestion.chance) if suggestion.chance else None,
        "reasons": [
            {
                "signal": reason.signal,
                "label": _label(reason),
                "points": reason.points,
                "direction": reason.direction.value,
                "evidence": list(reason.evidence),
            }
            for reason in suggestion.reasons
        ],
    }


def _label(reason: Reason) -> str:
    label = _LABELS.get(reason.signal) or learned_label(reason.signal)
    if not reason.about_name:
        return label
    more = f" and {reason.count - 1:,} more" if reason.count > 1 else ""
    return f"{label}: {reason.about_name}{more}"


def _is_guess(network: Network, reason: Reason) -> bool:
    """Say whether a fact behind a reason is one that nobody told."""
    snapshot = network.snapshot
    for fact_id in reason.evidence:
        kind = fact_id.rpartition("-")[0]
        row = snapshot.row_of(kind, fact_id) if kind in snapshot.tables else None
        if row is not None and snapshot.tables[kind]["inferred"][row]:
            return True
    return False


def _write_all(
    network: Network,
    top: int,
    out: Path | None,
    wanted: Path | None,
    cluster: str | None,
    model: PairModel | None,
) -> None:
    ids = None if wanted is None else read_ids(network, wanted)
    total = len(network) if ids is None else len(ids)
    rankings: list[tuple[str, list[tuple[str, float]]]] = []
    with progress_bar() as report:
        if cluster is not None:
            rankings += suggest_on_cluster(network, cluster, report, k=top, organisation_ids=ids)
        else:
            lists = (
                suggest_all(network, k=top, organisation_ids=ids)
                if model is None
                else suggest_all_learned(network, model, k=top, organisation_ids=ids)
            )
            for ranking in lists:
                rankings.append(ranking)
                report(len(rankings), total, "Matching")
    _write_csv(out, rankings)
    if out is not None:
        shown = sum(1 for _, ranking in rankings if ranking)
        click.echo(f"{out}: suggestions for {shown:,} of {total:,} organisations.", err=True)


def read_ids(network: Network, path: Path) -> list[str]:
    """Return the ids of the organisations in a file, one a line by id or name."""
    found = []
    for number, line in enumerate(path.read_text(encoding_of(path)).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = find_organisation(network, line)
        except UnknownOrganisation as error:
            raise InputError(
                f"{path}, line {number}: {error.message}", remedy=error.remedy
            ) from error
        found.append(network.organisation_ids[row])
    return found


def _write_csv(out: Path | None, rankings: Sequence[tuple[str, list[tuple[str, float]]]]) -> None:
    with writing(out) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for organisation_id, ranking in rankings:
            for rank, (partner_id, score) in enumerate(ranking, start=1):
                writer.writerow((organisation_id, rank, partner_id, f"{score:.9f}"))


def _print(network: Network, organisation_id: str, suggestions: Sequence[Suggestion]) -> None:
    console = Console()
    name = escape(network.name_of(organisation_id))
    if not suggestions:
        console.print(f"No partner to suggest for [bold]{name}[/bold] yet.")
        console.print("It needs facts: what it offers and needs, where and with whom it works.")
        return
    console.print(f"Partners for [bold]{name}[/bold]:")
    for rank, suggestion in enumerate(suggestions, start=1):
        partner = escape(suggestion.partner_name)
        chance = f"  {_chance(suggestion.chance)}" if suggestion.chance else ""
        console.print(f"\n{rank}. [bold]{partner}[/bold]  {suggestion.score:+.2f}{chance}")
        for reason in suggestion.reasons:
            guess = ", worked out" if _is_guess(network, reason) else ""
            text = f"{reason.points:+.2f}  {escape(_label(reason))}{guess}"
            console.print(Padding(f"{text} [dim]({reason.direction.value})[/dim]", (0, 0, 0, 3)))
    if suggestions[0].chance is None:
        told = f"{WEIGHTS}. See gofar explain for what would make a match stronger"
    else:
        told = "learned from past work (gofar train); --prior shows the documented ones"
    console.print(f"\nWeights: {told}.")


def _chance(chance: Chance) -> str:
    """Return how likely a pair is, in words."""
    return (
        f"{chance.share:.1%} work together within three months "
        f"({chance.low:.1%} to {chance.high:.1%}, of {chance.pairs:,} like pairs)"
    )
