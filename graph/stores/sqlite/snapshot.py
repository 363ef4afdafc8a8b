"""Reading the whole network from SQLite, column by column, with bounded memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from graph.snapshot import Snapshot, SnapshotBuilder
from graph.stores.sqlite.schema import decoders, select_statement

__all__ = ["read_snapshot"]

_CHUNK = 50_000


def read_snapshot(db: sqlite3.Connection) -> Snapshot:
    """Return the network; the caller holds a read transaction."""
    (version,) = db.execute("SELECT version FROM network").fetchone()
    builder = SnapshotBuilder(int(version))
    for node_kind, table in builder.nodes():
        for columns in _chunks(db, node_kind.kind):
            table.extend(columns)
    for tie_kind, table in builder.ties():
        for columns in _chunks(db, tie_kind.kind):
            table.extend(columns, builder.positions)
    return builder.finish()


def _chunks(db: sqlite3.Connection, kind: str) -> Iterator[Sequence[Sequence[Any]]]:
    # Unordered: the builder sorts once in numpy, which beats a walk along the index of hashed ids.
    cursor = db.execute(select_statement(kind, ordered=False))
    while rows := cursor.fetchmany(_CHUNK):
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for position, decode in decoders(kind):
            columns[position] = [decode(value) for value in columns[position]]
        yield columns
