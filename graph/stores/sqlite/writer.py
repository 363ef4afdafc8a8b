"""One write transaction on SQLite, as :mod:`graph.commit` wants it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from graph.audit import AuditEntry
from graph.commit import Writer
from graph.model import NODE_KINDS, Record, Row, row_specs
from graph.stores.sqlite.schema import (
    decoders,
    delete_statement,
    encode,
    select_statement,
    ties_statement,
    upsert_statement,
)

__all__ = ["SQLiteWriter", "decoded"]

_TOUCHED = "WITH touched (id) AS (SELECT value FROM json_each(?)) "


def decoded(record_class: type[Record], values: Sequence[object]) -> Row:
    """Return a stored row as :meth:`graph.model.Record.to_row` gave it."""
    row = dict(zip((spec.name for spec in row_specs(record_class)), values, strict=True))
    names = list(row)
    for position, decode in decoders(record_class.kind):
        row[names[position]] = decode(row[names[position]])
    return row  # type: ignore[return-value]


def as_json(values: Collection[str]) -> str:
    """Return ids as the one parameter that json_each() takes apart again."""
    return json.dumps(list(values))


class SQLiteWriter(Writer):
    """Runs inside BEGIN IMMEDIATE, so it is the only writer until the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def version(self) -> int:
        return int(self._db.execute("SELECT version FROM network").fetchone()[0])

    def rows(self, record_class: type[Record], ids: Collection[str]) -> dict[str, Row]:
        statement = select_statement(record_class.kind, "id", ordered=False)
        found = self._db.execute(statement, (as_json(ids),))
        return {str(values[0]): decoded(record_class, values) for values in found}

    def node_kinds(self, ids: Collection[str]) -> dict[str, str]:
        return dict(
            self._db.execute(
                "SELECT id, kind FROM node WHERE id IN (SELECT value FROM json_each(?))",
                (as_json(ids),),
            )
        )

    def ties_of(self, node_ids: Collection[str]) -> list[tuple[str, str]]:
        return self._db.execute(_TOUCHED + ties_statement(), (as_json(node_ids),)).fetchall()

    def holders(self, kind: str, external_ids: Collection[str]) -> dict[str, str]:
        return dict(
            self._db.execute(
                "SELECT external_id, node_id FROM external_id "
                "WHERE kind = ? AND external_id IN (SELECT value FROM json_each(?))",
                (kind, as_json(external_ids)),
            )
        )

    def write(
        self, record_class: type[Record], added: Sequence[Row], updated: Sequence[Row]
    ) -> None:
        kind = record_class.kind
        is_node = record_class in NODE_KINDS
        if is_node:
            self._db.executemany(
                "INSERT INTO node (id, kind) VALUES (?, ?)", ((row["id"], kind) for row in added)
            )
        rows = [*added, *updated]
        self._db.executemany(upsert_statement(kind), (encode(record_class, row) for row in rows))
        if is_node:
            self._forget_external_ids([str(row["id"]) for row in updated])
            self._db.executemany(
                "INSERT INTO external_id (kind, external_id, node_id) VALUES (?, ?, ?)",
                (
                    (kind, external_id, row["id"])
                    for row in rows
                    for external_id in row["external_ids"]  # type: ignore[union-attr]
                ),
            )

    def remove(self, record_class: type[Record], ids: Collection[str]) -> None:
        self._db.execute(delete_statement(record_class.kind), (as_json(ids),))
        if record_class in NODE_KINDS:
            self._forget_external_ids(ids)
            self._db.execute(
                "DELETE FROM node WHERE id IN (SELECT value FROM json_each(?))", (as_json(ids),)
            )

    def _forget_external_ids(self, node_ids: Collection[str]) -> None:
        self._db.execute(
            "DELETE FROM external_id WHERE node_id IN (SELECT value FROM json_each(?))",
            (as_json(node_ids),),
        )

    def append(self, entries: Sequence[AuditEntry]) -> None:
        self._db.executemany(
            "INSERT INTO audit (version, position, at, actor, import_id, action, kind, record_id,"
            " before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.to_values() for entry in entries),
        )

    def set_version(self, version: int) -> None:
        self._db.execute("UPDATE network SET version = ?", (version,))
