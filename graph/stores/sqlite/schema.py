"""SQL text for the SQLite store, made from the model: names of tables and columns only, no values.

Every value travels as a parameter. The tables are plain enough to read in any SQLite tool.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from graph.model import (
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Record,
    Relationship,
    Row,
    Storage,
    row_specs,
)

__all__ = [
    "SEPARATOR",
    "TOGETHER",
    "as_list",
    "columns_statement",
    "count_statement",
    "create_statements",
    "decoders",
    "delete_statement",
    "encode",
    "select_statement",
    "ties_statement",
    "upsert_statement",
]

_COLUMN_TYPES: dict[Storage, str] = {
    Storage.TEXT: "TEXT",
    Storage.NUMBER: "REAL",
    Storage.COUNT: "INTEGER",
    Storage.FLAG: "INTEGER",
    Storage.DATE: "TEXT",
    Storage.TEXTS: "TEXT",
}
_IDS = "(SELECT value FROM json_each(?))"


def create_statements() -> list[str]:
    """Return the statements that create one table a kind: the text for a new migration."""
    statements = []
    for kind, record_class in KINDS.items():
        columns = [_column(record_class, spec.name) for spec in row_specs(record_class)]
        is_tie = issubclass(record_class, Relationship)
        if record_class in NODE_KINDS:
            columns.append("  FOREIGN KEY (id) REFERENCES node (id)")
        if is_tie:
            columns += [f"  FOREIGN KEY ({end}) REFERENCES node (id)" for end in _ENDS]
        body = ",\n".join(columns)
        statements.append(f"CREATE TABLE {kind} (\n{body}\n);")
        if is_tie:
            statements += [
                f"CREATE INDEX {kind}_by_{end} ON {kind} ({end});" for end in ("from_id", "to_id")
            ]
    return statements


_ENDS = ("from_id", "to_id")


def _column(record_class: type[Record], name: str) -> str:
    spec = next(spec for spec in row_specs(record_class) if spec.name == name)
    if name == "id":
        return "  id TEXT PRIMARY KEY NOT NULL"
    null = "" if spec.is_optional else " NOT NULL"
    return f"  {name} {_COLUMN_TYPES[spec.storage]}{null}"


def _names(record_class: type[Record]) -> list[str]:
    return [spec.name for spec in row_specs(record_class)]


@cache
def select_statement(kind: str, *wheres: str, ordered: bool = True) -> str:
    """Return SELECT of all columns; each of ``wheres`` is a column held against a JSON list."""
    names = ", ".join(_names(KINDS[kind]))
    conditions = " AND ".join(f"{name} IN {_IDS}" for name in wheres)
    where = f" WHERE {conditions}" if conditions else ""
    order = " ORDER BY id" if ordered else ""
    return f"SELECT {names} FROM {kind}{where}{order}"  # noqa: S608 - names come from the model


# Provenance repeats from row to row: read as one text, it is taken apart once for all of them.
TOGETHER = ("source", "asserted_by", "first_seen", "last_confirmed", "inferred", "visibility")
SEPARATOR = "\x1f"
"""Stands between the parts of a text of TOGETHER; the model lets no control character in."""


@cache
def columns_statement(kind: str) -> str:
    """Return SELECT of all rows: the columns but for TOGETHER, then those as one text."""
    names = [name for name in _names(KINDS[kind]) if name not in TOGETHER]
    together = " || char(31) || ".join(TOGETHER)
    return f"SELECT {', '.join(names)}, {together} FROM {kind}"  # noqa: S608 - from the model


@cache
def upsert_statement(kind: str) -> str:
    """Return INSERT … ON CONFLICT DO UPDATE of one row, one parameter a column."""
    names = _names(KINDS[kind])
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    return (
        f"INSERT INTO {kind} ({', '.join(names)}) "  # noqa: S608 - names come from the model
        f"VALUES ({', '.join('?' * len(names))}) ON CONFLICT (id) DO UPDATE SET {sets}"
    )


@cache
def delete_statement(kind: str) -> str:
    """Return DELETE by a JSON list of ids."""
    assert kind in KINDS
    return f"DELETE FROM {kind} WHERE id IN {_IDS}"  # noqa: S608 - names come from the model


@cache
def count_statement(kind: str) -> str:
    """Return SELECT count(*)."""
    assert kind in KINDS
    return f"SELECT count(*) FROM {kind}"  # noqa: S608 - names come from the model


@cache
def ties_statement() -> str:
    """Return (kind, id) of all ties at nodes in a JSON list, given once for each of two ends."""
    return " UNION ALL ".join(
        f"SELECT '{tie.kind}', id FROM {tie.kind} "  # noqa: S608 - names come from the model
        f"WHERE from_id IN (SELECT id FROM touched) OR to_id IN (SELECT id FROM touched)"
        for tie in RELATIONSHIP_KINDS
    )


def encode(record_class: type[Record], row: Row) -> list[Any]:
    """Return a row's values in the order of the columns; a list becomes JSON text."""
    return [
        _as_json(row[spec.name]) if spec.storage is Storage.TEXTS else row[spec.name]
        for spec in row_specs(record_class)
    ]


def _as_json(texts: object) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else "[]"


def as_list(text: str) -> list[str]:
    """Return what a column of JSON text holds."""
    return json.loads(text) if text != "[]" else []


@cache
def decoders(kind: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Return which columns, by position, are not stored as they are, and how to read them."""
    special: dict[Storage, Callable[[Any], Any]] = {Storage.TEXTS: as_list, Storage.FLAG: bool}
    return tuple(
        (position, special[spec.storage])
        for position, spec in enumerate(row_specs(KINDS[kind]))
        if spec.storage in special
    )
