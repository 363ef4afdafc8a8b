"""The network as it would be: a snapshot with some facts more or less, of which no store knows.

What is given is a few records, so only the tables that they are in are made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from graph.commit import keep_first_seen
from graph.errors import InvalidRecord, a
from graph.history import Touched, fill_table
from graph.model import KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Fact, Relationship
from graph.snapshot import ENDS, Snapshot, Table
from graph.snapshot_builder import TableBuilder

__all__ = ["with_changes"]

_TIE_KINDS = frozenset(kind.kind for kind in RELATIONSHIP_KINDS)
_NODE_KINDS = frozenset(kind.kind for kind in NODE_KINDS)


def with_changes(
    snapshot: Snapshot, *, added: Iterable[Fact] = (), removed: Iterable[str] = ()
) -> Snapshot:
    """Return the snapshot that a store would give had it deleted ``removed`` and stored ``added``.

    ``removed`` are ids of nodes and ties; a node takes its ties along, and an id that isn't there
    is passed over. A record of ``added`` that is there already takes its place, and stays as old as
    it was. The given snapshot is left alone. Raises InvalidRecord for a tie whose ends are missing
    or of the wrong kind, and for an id that a node of another kind has.
    """
    left = _without(snapshot, removed)
    records = {(record.kind, record.id): record for record in added}
    _refuse_unfit(left, list(records.values()))
    return _with_rows(left, _rows(left, records.values())) if records else left


def _without(snapshot: Snapshot, removed: Iterable[str]) -> Snapshot:
    kept = {kind: np.ones(len(table), dtype=np.bool_) for kind, table in snapshot.tables.items()}
    found = 0
    for record_id in removed:
        kind = _kind_of_node(snapshot, record_id) or record_id.rpartition("-")[0]
        row = snapshot.row_of(kind, record_id) if kind in kept else None
        if row is not None:
            kept[kind][row] = False
            found += 1
    return snapshot.restricted(kept) if found else snapshot


def _kind_of_node(snapshot: Snapshot, node_id: str) -> str | None:
    position = snapshot.positions.get(node_id)
    if position is None:
        return None
    return next(kind for kind, start in reversed(snapshot.offsets.items()) if position >= start)


def _refuse_unfit(snapshot: Snapshot, records: list[Fact]) -> None:
    new = {record.id: record.kind for record in records if record.kind in _NODE_KINDS}
    for record in records:
        if isinstance(record, Relationship):
            for field, end, allowed in (
                ("from_id", record.from_id, record.from_kinds),
                ("to_id", record.to_id, record.to_kinds),
            ):
                kind = new.get(end) or _kind_of_node(snapshot, end)
                if kind is None:
                    raise InvalidRecord(
                        record.kind, field, end, "is not in the network", remedy="Add it first."
                    )
                if kind not in allowed:
                    raise InvalidRecord(
                        record.kind, field, end, f"is {a(kind)}, not {' or '.join(map(a, allowed))}"
                    )
        else:
            held = _kind_of_node(snapshot, record.id) or new[record.id]
            if held != record.kind:
                raise InvalidRecord(
                    record.kind,
                    "id",
                    record.id,
                    f"is the id of {a(held)} already",
                    remedy="Give one of them another id.",
                )


def _rows(snapshot: Snapshot, records: Iterable[Fact]) -> Touched:
    found: Touched = defaultdict(dict)
    for record in records:
        row = record.to_row()
        before = snapshot.record(KINDS[record.kind], record.id)  # type: ignore[type-var]
        if before is not None:
            keep_first_seen(before.to_row(), row)
        found[record.kind][record.id] = row
    return found


def _with_rows(snapshot: Snapshot, changed: Touched) -> Snapshot:
    tables = dict(snapshot.tables)
    for node_kind in NODE_KINDS:
        if node_kind.kind in changed:
            builder = TableBuilder(node_kind)
            fill_table(builder, snapshot, node_kind.kind, changed[node_kind.kind])
            tables[node_kind.kind] = builder.finish()
    if changed.keys() & _NODE_KINDS:
        snapshot = _moved(snapshot, tables)
    if changed.keys() & _TIE_KINDS:
        tables = dict(snapshot.tables)
        for tie_kind in RELATIONSHIP_KINDS:
            kind = tie_kind.kind
            if kind in changed:
                tie_builder = TableBuilder(tie_kind)
                fill_table(tie_builder, snapshot, kind, changed[kind], snapshot.positions)
                tables[kind] = tie_builder.finish()
        snapshot = Snapshot(snapshot.version, tables, snapshot.node_ids)
    return snapshot


def _moved(snapshot: Snapshot, tables: dict[str, Table]) -> Snapshot:
    """Return the snapshot with these tables of nodes, its ties pointing to where those are now."""
    node_ids = np.concatenate([tables[kind.kind].ids for kind in NODE_KINDS])
    made = Snapshot(snapshot.version, tables, node_ids)
    # Old nodes keep their order among themselves, so ties keep theirs.
    place = np.array([made.positions[each] for each in snapshot.node_ids.tolist()], dtype=np.int32)
    for tie_kind in RELATIONSHIP_KINDS:
        table = tables[tie_kind.kind]
        if len(table):
            columns = {**table.columns, **{end: place[table[end]] for end in ENDS}}
            tables[tie_kind.kind] = Table(table.kind, table.ids, columns)
    return made
