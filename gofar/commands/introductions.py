"""gofar not-with, introduced, introductions: whom to keep apart, and what became of meetings."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click
from rich.console import Console

from gofar.options import DAY, opened, read_network, read_snapshot, store_option, today
from gofar.settings import read_settings
from graph.errors import InputError
from graph.model import (
    COOL_OFF_DAYS,
    DeclineReason,
    Introduction,
    IntroductionState,
    NotWith,
)
from graph.snapshot import Snapshot
from graph.vetoes import barred_pairs
from matching import find_organisation
from seeds import upkeep
from seeds.upkeep import Done

__all__ = ["introduced", "introductions", "not_with"]

_USEFULNESS = {"not": 0.0, "somewhat": 0.5, "very": 1.0}


@click.command("not-with")
@click.argument("organisation")
@click.argument("other")
@click.option("--why", default="", help="Why, for the coordinators.")
@click.option("--until", type=DAY, metavar="DAY", help="The last day on which it holds.")
@store_option
def not_with(
    organisation: str, other: str, why: str, until: datetime | None, store_url: str | None
) -> None:
    """Say that ORGANISATION is not to be brought together with OTHER, in any suggestion.

    Only coordinators and ORGANISATION itself ever see that it was said. Each is an id, a charity
    number or a name.
    """
    ids = _ids(store_url, organisation, other)
    with opened(store_url) as store:
        _report(
            upkeep.keep_apart(
                store,
                *ids,
                read_settings().actor,
                today(),
                why=why,
                until=until.date() if until else None,
            )
        )


@click.command()
@click.argument("organisation")
@click.argument("other")
@click.argument("state", type=click.Choice([state.value for state in IntroductionState]))
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in DeclineReason]),
    help="Why nothing came of it: with declined or lapsed.",
)
@click.option("--words", help="The reason, or how it went, in words.")
@click.option("--by", "introduced_by", help="Who introduced them.")
@click.option("--useful", type=click.Choice(list(_USEFULNESS)), help="How useful it was.")
@click.option(
    "--again-after",
    type=DAY,
    metavar="DAY",
    help="Not to be suggested before this day: with declined or lapsed.",
)
@store_option
def introduced(
    organisation: str,
    other: str,
    state: str,
    reason: str | None,
    useful: str | None,
    again_after: datetime | None,
    store_url: str | None,
    **said: Any,
) -> None:
    """Say what became of introducing ORGANISATION to OTHER, as ORGANISATION tells it.

    Who declined isn't suggested again for a year, and after a lapse for 90 days, unless
    --again-after says otherwise. Who collaborates becomes a partner.
    """
    if IntroductionState(state) not in COOL_OFF_DAYS:
        for option, given in (("--reason", reason), ("--again-after", again_after)):
            if given is not None:
                raise InputError(
                    f"{option} says nothing of a pair that is {state}.",
                    remedy=f"Leave it out, or say {' or '.join(COOL_OFF_DAYS)}.",
                )
    ids = _ids(store_url, organisation, other)
    values = {name: value for name, value in said.items() if value is not None}
    if reason is not None:
        values["reason"] = DeclineReason(reason)
    if useful is not None:
        values["usefulness"] = _USEFULNESS[useful]
    if again_after is not None:
        values["again_after"] = again_after.date()
    with opened(store_url) as store:
        _report(
            upkeep.record_introduction(
                store, *ids, IntroductionState(state), read_settings().actor, today(), **values
            )
        )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def introductions(as_json: bool, store_url: str | None) -> None:
    """List introductions and what became of them, and who is not to be brought together."""
    snapshot = read_snapshot(store_url)
    rows = [*_introductions(snapshot), *_vetoes(snapshot)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    console = Console()
    if not rows:
        console.print("No introduction or veto is recorded. See gofar introduced --help.")
    for row in rows:
        words = [row["reason"], row["words"], _until(row)]
        more = "; ".join(word for word in words if word)
        line = f"{row['id']}  {row['name']} → {row['other_name']}: {row['state']}"
        console.print(f"{line} ({more})" if more else line, markup=False, soft_wrap=True)


def _until(row: dict[str, Any]) -> str:
    if row["until"]:
        return f"until {row['until']}" if row["is_barred"] else f"over since {row['until']}"
    if not row["not_before"]:
        return ""
    return f"not suggested before {row['not_before']}" if row["is_barred"] else "cool-off over"


def _introductions(snapshot: Snapshot) -> list[dict[str, Any]]:
    barred = barred_pairs(snapshot, today())
    return [
        {
            **_ends(snapshot, tie),
            "state": tie.state.value,
            "reason": "" if tie.reason is DeclineReason.NOT_SAID else tie.reason.value,
            "words": tie.words,
            "not_before": tie.cools_until.isoformat() if tie.cools_until else "",
            "until": "",
            "is_barred": (min(tie.from_id, tie.to_id), max(tie.from_id, tie.to_id)) in barred,
        }
        for tie in snapshot.records(Introduction)
    ]


def _vetoes(snapshot: Snapshot) -> list[dict[str, Any]]:
    on = today()
    return [
        {
            **_ends(snapshot, tie),
            "state": "not with",
            "reason": "",
            "words": tie.why,
            "not_before": "",
            "until": tie.until.isoformat() if tie.until else "",
            "is_barred": tie.until is None or tie.until >= on,
        }
        for tie in snapshot.records(NotWith)
    ]


def _ends(snapshot: Snapshot, tie: Introduction | NotWith) -> dict[str, Any]:
    return {
        "id": tie.id,
        "from_id": tie.from_id,
        "name": snapshot.name_of(tie.from_id),
        "to_id": tie.to_id,
        "other_name": snapshot.name_of(tie.to_id),
    }


def _report(done: Done) -> None:
    if done.import_id:
        click.echo(f"{done.what}. To take it back: gofar undo {done.import_id}")
    else:
        click.echo("Nothing to do: that is so already.")


def _ids(store_url: str | None, organisation: str, other: str) -> tuple[str, str]:
    network = read_network(store_url)
    found = [network.organisation_ids[find_organisation(network, e)] for e in (organisation, other)]
    return found[0], found[1]
