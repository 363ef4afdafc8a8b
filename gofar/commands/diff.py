"""gofar diff: what changed in the network between two days."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Table

from gofar.options import DAY, local_viewer, opened, store_option
from graph.access import redact_past
from graph.differences import Difference, differences
from graph.history import snapshot_at, touched, version_on
from graph.snapshot import Snapshot

__all__ = ["diff"]

_LONGEST = 60


@click.command()
@click.argument("first", type=DAY, metavar="FIRST")
@click.argument("last", type=DAY, metavar="LAST")
@click.option(
    "--top",
    default=200,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="How many to list one by one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: each fact before and after.")
@click.option("--kind", help="Only facts of this kind: organisation, offers, works_on …")
@store_option
def diff(
    first: datetime,
    last: datetime,
    top: int,
    as_json: bool,
    kind: str | None,
    store_url: str | None,
) -> None:
    """List exactly what changed from the end of day FIRST to the end of day LAST.

    A fact that came and went in between is not listed, nor one that changed back.
    """
    if last < first:
        raise click.UsageError("The first day comes first: gofar diff 2026-01-01 2026-03-31")
    with opened(store_url) as store:
        begin, end = version_on(store, first.date()), version_on(store, last.date())
        audience = local_viewer().audience
        now = store.snapshot()
        before = redact_past(snapshot_at(store, begin), now, audience)
        after = redact_past(snapshot_at(store, end), now, audience)
        candidates = touched(store, begin, end)
    found = [
        each for each in differences(before, after, candidates) if kind is None or each.kind == kind
    ]
    if as_json:
        told = [each.to_json() for each in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(found, before, after, (first.date(), last.date()), top)


def _print(
    found: Sequence[Difference],
    before: Snapshot,
    after: Snapshot,
    days: tuple[date, date],
    top: int,
) -> None:
    console = Console()
    if not found:
        console.print(f"Nothing changed from {days[0]} to {days[1]}.")
        return
    counts = Counter((each.kind, each.change) for each in found)
    table = Table(title=f"What changed from {days[0]} to {days[1]}")
    table.add_column("Kind")
    for change in _CHANGES:
        table.add_column(change.capitalize(), justify="right")
    for kind in dict.fromkeys(each.kind for each in found):
        row = (f"{counts[kind, change]:,}" for change in _CHANGES)
        table.add_row(kind.replace("_", " "), *row)
    console.print(table)
    for each in found[:top]:
        line = f"{_SIGNS[each.change]} {each.kind.replace('_', ' ')}: {_words(each, before, after)}"
        console.print(line, markup=False, soft_wrap=True)
    if len(found) > top:
        console.print(f"… and {len(found) - top:,} more; see --top, --kind or --json.")


_CHANGES = ("added", "removed", "changed")
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def _words(each: Difference, before: Snapshot, after: Snapshot) -> str:
    row = each.after or each.before or {}
    if "from_id" in row:
        ends = (_name(str(row[end]), after, before) for end in ("from_id", "to_id"))
        what = " → ".join(ends)
    else:
        what = f"{row.get('name')} ({each.id})"
    if each.before is None or each.after is None:
        return what
    fields = (
        f"{name.replace('_', ' ')} {_value(each.before.get(name))} → {_value(each.after[name])}"
        for name in each.fields
    )
    return f"{what}: {'; '.join(fields)}"


def _name(node_id: str, *snapshots: Snapshot) -> str:
    for snapshot in snapshots:
        name = snapshot.name_of(node_id)
        if name is not None:
            return name
    return node_id


def _value(value: object) -> str:
    text = "nothing" if value in (None, "", []) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
