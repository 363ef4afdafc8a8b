"""Reading the whole network from SQLite, column by column, with bounded memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from graph.model import KINDS, Storage, row_specs
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder
from graph.stores.sqlite.schema import SEPARATOR, TOGETHER, as_list, columns_statement

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
    specs = row_specs(KINDS[kind])
    # Unordered: the builder sorts once in numpy, which beats a walk along the index of hashed ids.
    cursor = db.execute(columns_statement(kind))
    while rows := cursor.fetchmany(_CHUNK):
        *own, together = zip(*rows, strict=True)
        named = {
            **dict(
                zip((spec.name for spec in specs if spec.name not in TOGETHER), own, strict=True)
            ),
            **_apart(together),
        }
        yield [
            [as_list(value) for value in named[spec.name]]
            if spec.storage is Storage.TEXTS
            else named[spec.name]
            for spec in specs
        ]


def _apart(together: Sequence[str]) -> dict[str, Sequence[Any]]:
    parts = {text: _parts(text) for text in set(together)}
    return {name: [parts[text][place] for text in together] for place, name in enumerate(TOGETHER)}


def _parts(text: str) -> list[Any]:
    parts: list[Any] = text.split(SEPARATOR)
    flag = TOGETHER.index("inferred")
    parts[flag] = parts[flag] == "1"
    return parts
