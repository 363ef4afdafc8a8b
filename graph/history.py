"""The network as it was: taken back, change by change, from how it is, by the audit log.

Days are days of UTC, as everywhere in gofar; a day is over at midnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any

import numpy as np

from graph.contract import GraphStore
from graph.model import KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Row, row_specs
from graph.snapshot import ENDS, Coded, Column, Snapshot, Table
from graph.snapshot_builder import SnapshotBuilder, TableBuilder, collector_paused

__all__ = [
    "Touched",
    "fill_table",
    "has_moved",
    "snapshot_at",
    "snapshot_on",
    "touched",
    "version_on",
]

Touched = dict[str, dict[str, Row | None]]
"""By kind and id: the records that changed after a version, and how they read at it (None: they
were not there)."""

_FACTS = frozenset(kind.kind for kind in (*NODE_KINDS, *RELATIONSHIP_KINDS))
_CHUNK = 50_000


def version_on(store: GraphStore, day: date) -> int:
    """Return the version of ``store`` at the end of ``day``; 0 where it was empty still."""
    end = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1)
    low, high = 0, store.version()
    # Each version has a time of its own, and they only grow: look in the middle, again and again.
    while low < high:
        middle = (low + high + 1) // 2
        entry = next(iter(store.audit(after_version=middle - 1)), None)
        if entry is not None and entry.at < end:
            low = middle
        else:
            high = middle - 1
    return low


def snapshot_on(store: GraphStore, day: date) -> Snapshot:
    """Return the network at the end of ``day``, as a snapshot taken then would have it.

    Same facts, same ``content_hash``. Costs one snapshot of today and a walk through all changes
    since that day.
    """
    return snapshot_at(store, version_on(store, day))


def snapshot_at(store: GraphStore, version: int) -> Snapshot:
    """Return the network at a version of the past; at a version to come, that of today."""
    now = store.snapshot()
    if version >= now.version:
        return now
    with collector_paused():
        return _taken_back(now, touched(store, version, now.version), version)


def touched(store: GraphStore, version: int, until: int) -> Touched:
    """Return the facts that changed after ``version`` and up to ``until``; see :data:`Touched`."""
    found: Touched = defaultdict(dict)
    for entry in store.audit(after_version=version):
        if entry.version > until:
            break
        if entry.kind in _FACTS:
            found[entry.kind].setdefault(entry.record_id, entry.before)
    return found


def has_moved(store: GraphStore, version: int, until: int) -> bool:
    """Say whether any fact changed after ``version`` and up to ``until``; book-keeping is none.

    Cheap where one did: it reads on to the first only.
    """
    return any(
        entry.kind in _FACTS
        for entry in takewhile(
            lambda entry: entry.version <= until, store.audit(after_version=version)
        )
    )


def _taken_back(now: Snapshot, changed: Touched, version: int) -> Snapshot:
    builder = SnapshotBuilder(version)
    for node_kind, table in builder.nodes():
        fill_table(table, now, node_kind.kind, changed.get(node_kind.kind, {}))
    for tie_kind, table in builder.ties():
        fill_table(table, now, tie_kind.kind, changed.get(tie_kind.kind, {}), builder.positions)
    return builder.finish()


def fill_table(
    builder: TableBuilder,
    now: Snapshot,
    kind: str,
    changed: dict[str, Row | None],
    positions: dict[str, int] | None = None,
) -> None:
    """Fill a table with the rows of ``now`` that didn't change, and the others as they are given.

    ``changed`` are the rows of one kind as in :data:`Touched`; ``positions`` finds the ends of
    ties.
    """
    for columns in _unchanged(now, kind, changed):
        builder.extend(columns, positions)
    blank = {spec.name: spec for spec in row_specs(KINDS[kind])}
    rows = [KINDS[kind].from_row(row).to_row() for row in changed.values() if row is not None]
    if rows:
        builder.extend([[row[name] for row in rows] for name in blank], positions)


def _unchanged(
    now: Snapshot, kind: str, changed: dict[str, Row | None]
) -> Iterator[Sequence[Sequence[Any]]]:
    table = now.tables[kind]
    rows = [row for record_id in changed if (row := now.row_of(kind, record_id)) is not None]
    kept = np.ones(len(table), dtype=np.bool_)
    kept[rows] = False
    left = table if kept.all() else table.take(kept)
    names = [spec.name for spec in row_specs(KINDS[kind])]
    for start in range(0, len(left), _CHUNK):
        part = left.take(np.arange(start, min(start + _CHUNK, len(left))))
        yield [_plain(now, part, name) for name in names]


def _plain(now: Snapshot, part: Table, name: str) -> Sequence[Any]:
    """Return a column as a store would give it: text, dates as ISO text, None for unknown."""
    if name == "id":
        ids = part.ids
        texts = np.char.decode(ids, "ascii") if ids.dtype.kind == "S" else ids
        return texts.tolist()  # type: ignore[no-any-return]
    column: Column = part.columns[name]
    if isinstance(column, Coded):
        return _labelled(column)
    if name in ENDS:
        return now.node_ids[column].tolist()  # type: ignore[no-any-return]
    values: list[Any] = column.tolist()
    return [day and day.isoformat() for day in values] if column.dtype.kind == "M" else values


def _labelled(column: Coded) -> list[str]:
    labels = np.empty(len(column.labels), dtype=object)
    labels[:] = column.labels
    return labels[column.codes].tolist()  # type: ignore[no-any-return]
