"""gofar fresh, confirm, reject: what waits for an answer, and answering it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import click
from rich.console import Console

from gofar.options import local_viewer, opened, store_option, today
from gofar.settings import read_settings
from graph.access import redact
from graph.contract import GraphStore
from graph.model import Organisation, Relationship
from graph.snapshot import Snapshot
from graph.waiting import Ties, left_behind, waiting
from seeds import upkeep
from seeds.upkeep import Done

__all__ = ["confirm", "fresh", "reject"]

_TITLES = {
    "inferred": "Worked out, not confirmed",
    "unconfirmed": "Not confirmed for two years",
    "removed": "Removed from a register, or closed",
    "unlocated": "Without a place",
}


@click.command()
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def fresh(top: int, as_json: bool, store_url: str | None) -> None:
    """Say what waits for an answer: how much, and the first of each list."""
    with opened(store_url) as store:
        found = _found(store, top, today())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console()
    for name, title in _TITLES.items():
        rows, count = found[name], found["counts"][name]
        console.print(f"{title}: {count:,}", markup=False, style="bold")
        for row in rows:
            console.print(f"  {_line(row)}", markup=False, soft_wrap=True)
        if count > len(rows):
            console.print(f"  … and {count - len(rows):,} more; see --top.")


def _found(store: GraphStore, top: int, on: date) -> dict[str, Any]:
    snapshot = redact(store.snapshot(), local_viewer().audience)
    found = waiting(snapshot, on, answered=upkeep.agreed_closures(store))
    return {
        "counts": {name: len(getattr(found, name)) for name in _TITLES},
        "inferred": _ties(snapshot, found.inferred, top),
        "unconfirmed": _ties(snapshot, found.unconfirmed, top),
        "removed": [_removed(snapshot, row, on) for row in found.removed[:top].tolist()],
        "unlocated": [{"id": key, "name": snapshot.name_of(key)} for key in found.unlocated[:top]],
    }


def _ties(snapshot: Snapshot, ties: Ties, top: int) -> list[dict[str, Any]]:
    return [_tie(snapshot, tie) for tie in ties.records(snapshot, 0, top)]


def _tie(snapshot: Snapshot, tie: Relationship) -> dict[str, Any]:
    told = tie.provenance
    return {
        "id": tie.id,
        "says": f"{snapshot.name_of(tie.from_id)} {tie.kind.replace('_', ' ')} "
        f"{snapshot.name_of(tie.to_id)}",
        "from_id": tie.from_id,
        "to_id": tie.to_id,
        "inferred": told.inferred,
        "confidence": told.confidence,
        "basis": told.basis,
        "source": told.source,
        "last_confirmed": told.last_confirmed.isoformat(),
    }


def _removed(snapshot: Snapshot, row: int, on: date) -> dict[str, Any]:
    organisation = snapshot.record_at(Organisation, row)
    left = left_behind(snapshot, row, on)
    assert isinstance(organisation, Organisation)
    return {
        "id": organisation.id,
        "name": organisation.name,
        "closed_on": organisation.closed_on.isoformat() if organisation.closed_on else None,
        "source": organisation.provenance.source,
        "partnerships": left.partnerships,
        "project_ids": list(left.project_ids),
    }


def _line(row: dict[str, Any]) -> str:
    if "says" not in row:
        closed = f", since {row['closed_on']}" if row.get("closed_on") else ""
        return f"{row['name']} ({row['id']}){closed}"
    if not row["inferred"]:
        return f"{row['id']}  {row['says']}, last confirmed {row['last_confirmed']}"
    basis = f", {row['basis']}" if row["basis"] else ""
    return f"{row['id']}  {row['says']} ({row['confidence']:.0%} sure{basis})"


@click.command()
@click.argument("fact_ids", nargs=-1, required=True)
@store_option
def confirm(fact_ids: tuple[str, ...], store_url: str | None) -> None:
    """Say that the facts FACT_ID … are so: what was worked out becomes told."""
    with opened(store_url) as store:
        _report(fact_ids, upkeep.confirm(store, fact_ids, read_settings().actor, today()))


@click.command()
@click.argument("fact_ids", nargs=-1, required=True)
@click.option("--reason", default="", help="Why it is not so, for those who ask later.")
@store_option
def reject(fact_ids: tuple[str, ...], reason: str, store_url: str | None) -> None:
    """Say that the facts FACT_ID … are not so, or no longer; no import brings them back."""
    with opened(store_url) as store:
        actor = read_settings().actor
        _report(fact_ids, upkeep.reject(store, fact_ids, actor, today(), reason))


def _report(given: Sequence[str], done: Done) -> None:
    """Say what was done and how to undo it; end with status 1 if a fact isn't there."""
    if done.import_id:
        click.echo(f"{done.what}. To take it back: gofar undo {done.import_id}")
    elif len(done.missing) < len(given):
        click.echo("Nothing to do: that is so already.")
    for fact_id in done.missing:
        click.echo(f"There is no fact {fact_id}; gofar fresh lists what waits.", err=True)
    raise SystemExit(1 if done.missing else 0)
