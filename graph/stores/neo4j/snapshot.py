"""Reading the whole network from Neo4j, column by column, page by page.

Rows one by one cost ten times as much as lists made by ``collect``, and one list of everything
would need the heap of a large server. So each kind is read by pages of its scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from neo4j import ManagedTransaction, Result

from graph.errors import StoreCorrupt
from graph.model import Fact, Node
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder
from graph.stores.neo4j import cypher

__all__ = ["read_counts", "read_snapshot"]

_NODES_A_PAGE = 10_000
_TIES_A_PAGE = 50_000
_UNKNOWN = {f"unknown_{storage.value}": value for storage, value in cypher.UNKNOWN.items()}


def read_snapshot(tx: ManagedTransaction, version: int) -> Snapshot:
    """Return the network at ``version``, which only is one state if nobody writes meanwhile.

    Raises StoreCorrupt if pages don't fit together.
    """
    builder = SnapshotBuilder(version)
    counts = read_counts(tx)
    for node_kind, table in builder.nodes():
        for columns in _pages(tx, node_kind, counts[node_kind.kind]):
            table.extend(columns)
    for tie_kind, table in builder.ties():
        for columns in _pages(tx, tie_kind, counts[tie_kind.kind]):
            table.extend(columns, builder.positions)
    return builder.finish()


def read_counts(tx: ManagedTransaction) -> dict[str, int]:
    """Return how many records of each kind there are."""
    return {record["kind"]: record["count"] for record in tx.run(cypher.counts_statement())}


def _pages(
    tx: ManagedTransaction, record_class: type[Fact], count: int
) -> Iterator[Sequence[Sequence[Any]]]:
    size = _NODES_A_PAGE if issubclass(record_class, Node) else _TIES_A_PAGE
    statement = cypher.columns_statement(record_class)
    seen = 0
    for result in _one_ahead(
        tx.run(statement, {**_UNKNOWN, "skip": start, "limit": size})
        for start in range(0, count, size)
    ):
        columns = _columns(record_class, result)
        seen += len(columns[0])
        yield columns
    if seen != count:
        raise _corrupt(record_class, f"{seen:,} came of {count:,}")


def _one_ahead(results: Iterator[Result]) -> Iterator[Result]:
    """Ask for a page before the last is unpacked, so that server and client work side by side."""
    waiting: Result | None = None
    for result in results:
        if waiting is not None:
            yield waiting
        waiting = result
    if waiting is not None:
        yield waiting


def _columns(record_class: type[Fact], result: Result) -> list[list[Any]]:
    """Return a page's columns, what groups share written out for each fact."""
    columns: dict[str, list[Any]] = {name: [] for name in cypher.column_names(record_class)}
    collected, joined = cypher.collected_names(record_class), set(cypher.joined_names(record_class))
    for record in result:
        values = record.values()
        shared = dict(zip(cypher.GROUPED, values, strict=False))
        lists = dict(zip(collected, values[len(shared) :], strict=True))
        told = {} if shared["inferred"] else cypher.WHEN_TOLD
        for name in joined - told.keys():
            lists[name] = cypher.SEPARATOR.join(lists[name]).split(cypher.SEPARATOR)
        size = len(lists["id"])
        lists.update((name, [value] * size) for name, value in told.items())
        # A value that is missing would shift all behind it by one.
        if None in shared.values() or any(len(piece) != size for piece in lists.values()):
            raise _corrupt(record_class, "a value that must be there is missing")
        for name, value in shared.items():
            columns[name].extend([value] * size)
        for name, piece in lists.items():
            columns[name].extend(piece)
    return list(columns.values())


def _corrupt(record_class: type[Fact], why: str) -> StoreCorrupt:
    return StoreCorrupt(
        f"{record_class.label}: {why}.",
        remedy="Something else wrote into this database. Restore a backup.",
    )
