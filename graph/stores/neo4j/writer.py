"""One write transaction on Neo4j, as :mod:`graph.commit` wants it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graph.audit import AuditEntry
from graph.commit import Writer
from graph.model import KINDS, NODE_KINDS, Record, Row
from graph.stores.neo4j import cypher

__all__ = ["BATCH", "Neo4jWriter", "batches", "sendable"]

V = TypeVar("V")

BATCH = 10_000
"""Rows in one UNWIND: enough to hide the round trip, few enough for a small heap."""

_KIND_BY_LABEL = {record_class.label: kind for kind, record_class in KINDS.items()}


def batches(values: Sequence[V], size: int = BATCH) -> Iterator[Sequence[V]]:
    """Cut a sequence into pieces of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def sendable(ids: Collection[str]) -> list[str]:
    """Return the ids that are valid Unicode: the others can't be sent, and nothing has them."""
    return [text for text in dict.fromkeys(ids) if text.isascii() or _is_unicode(text)]


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _key(kind: str, external_id: str) -> str:
    return f"{kind}|{external_id}"


class Neo4jWriter(Writer):
    """Runs in a managed transaction, which the driver may start anew after a transient error."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._tx = transaction

    def version(self) -> int:
        return int(self._tx.run(cypher.LOCK).single(strict=True)["version"])

    def rows(self, record_class: type[Record], ids: Collection[str]) -> dict[str, Row]:
        names = cypher.column_names(record_class)
        place = names.index("id")
        found = self._found(cypher.rows_statement(record_class), sendable(ids))
        return {values[place]: dict(zip(names, values, strict=True)) for values in found}

    def node_kinds(self, ids: Collection[str]) -> dict[str, str]:
        found = self._found(cypher.NODE_LABELS, sendable(ids))
        return {node_id: _KIND_BY_LABEL[label] for node_id, label in found}

    def ties_of(self, node_ids: Collection[str]) -> list[tuple[str, str]]:
        found = self._found(cypher.TIES_OF, sendable(node_ids))
        return [(_KIND_BY_LABEL[label], tie_id) for label, tie_id in found]

    def holders(self, kind: str, external_ids: Collection[str]) -> dict[str, str]:
        keys = [_key(kind, external_id) for external_id in sendable(external_ids)]
        return dict(self._found(cypher.HOLDERS, keys, name="keys"))

    def write(
        self, record_class: type[Record], added: Sequence[Row], updated: Sequence[Row]
    ) -> None:
        self._send(cypher.create_statement(record_class), _listed(record_class, added))
        self._send(cypher.replace_statement(record_class), _listed(record_class, updated))
        if record_class in NODE_KINDS:
            # All go before any comes, so that one node can hand an id over to another.
            self._forget_external_ids([str(row["id"]) for row in updated])
            kind = record_class.kind
            self._send(
                cypher.ADD_EXTERNAL_IDS,
                [
                    [_key(kind, external_id), kind, external_id, row["id"]]
                    for row in (*added, *updated)
                    for external_id in row["external_ids"]  # type: ignore[union-attr]
                ],
            )

    def remove(self, record_class: type[Record], ids: Collection[str]) -> None:
        for batch in batches(list(ids)):
            self._tx.run(cypher.delete_statement(record_class), ids=batch).consume()
        if record_class in NODE_KINDS:
            self._forget_external_ids(list(ids))

    def append(self, entries: Sequence[AuditEntry]) -> None:
        self._send(cypher.APPEND_AUDIT, [entry.to_values() for entry in entries])

    def set_version(self, version: int) -> None:
        self._tx.run(cypher.SET_VERSION, version=version).consume()

    def _forget_external_ids(self, node_ids: Sequence[str]) -> None:
        for batch in batches(node_ids):
            self._tx.run(cypher.FORGET_EXTERNAL_IDS, ids=batch).consume()

    def _send(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        for batch in batches(rows):
            self._tx.run(statement, rows=batch).consume()

    def _found(self, statement: str, values: Sequence[str], *, name: str = "ids") -> Iterator[Any]:
        for batch in batches(values):
            yield from self._tx.run(statement, {name: batch}).single(strict=True)["found"]


def _listed(record_class: type[Record], rows: Sequence[Row]) -> list[list[Any]]:
    names = cypher.column_names(record_class)
    return [[row[name] for name in names] for row in rows]
