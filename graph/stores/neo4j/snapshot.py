"""Reading the whole network from Neo4j, column by column, page by page.

Rows one by one cost ten times as much as lists made by ``collect``, and one list of everything
would need the heap of a large server. So nodes are read by pages of ids and ties by ranges of
their ids, which are hashes and therefore spread evenly.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from neo4j import ManagedTransaction

from graph.errors import StoreCorrupt
from graph.model import Node, Record, Relationship
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder
from graph.stores.neo4j import cypher
from graph.stores.neo4j.writer import batches

__all__ = ["Moved", "id_ranges", "read_snapshot"]

_NODES_A_PAGE = 5_000
_TIES_A_PAGE = 25_000
_HASH_DIGITS = 6
_UNKNOWN = {f"unknown_{storage.value}": value for storage, value in cypher.UNKNOWN.items()}


class Moved(Exception):
    """Somebody wrote while we read; Neo4j shows each query what is committed by then."""


def read_snapshot(tx: ManagedTransaction, version: int) -> Snapshot:
    """Return the network at ``version``; raises :class:`Moved` once the store has left it."""
    builder = SnapshotBuilder(version)
    for node_kind, table in builder.nodes():
        for columns in _node_pages(tx, node_kind):
            table.extend(columns)
        _refuse_moved(tx, version)
    for tie_kind, table in builder.ties():
        for columns in _tie_pages(tx, tie_kind):
            _refuse_moved(tx, version)
            table.extend(columns, builder.positions)
    return builder.finish()


def _refuse_moved(tx: ManagedTransaction, version: int) -> None:
    if tx.run(cypher.META).single(strict=True)["version"] != version:
        raise Moved


def _node_pages(tx: ManagedTransaction, node_kind: type[Node]) -> Iterator[Sequence[Any]]:
    ids = tx.run(cypher.ids_statement(node_kind)).single(strict=True)["found"]
    for page in batches(ids, _NODES_A_PAGE):
        statement = cypher.node_columns_statement(node_kind)
        columns = tx.run(statement, {**_UNKNOWN, "ids": page}).single(strict=True).values()
        _refuse_gaps(node_kind, columns, len(page))
        yield columns


def _tie_pages(tx: ManagedTransaction, tie_kind: type[Relationship]) -> Iterator[Sequence[Any]]:
    count = tx.run(cypher.count_statement(tie_kind)).single(strict=True)["found"]
    names = cypher.column_names(tie_kind)
    own = [place for place, name in enumerate(names) if name not in cypher.GROUPED]
    grouped = [names.index(name) for name in cypher.GROUPED]
    seen = 0
    for low, high in id_ranges(tie_kind, count):
        statement = cypher.tie_columns_statement(tie_kind)
        columns: list[list[Any]] = [[] for _ in names]
        for record in tx.run(statement, {**_UNKNOWN, "low": low, "high": high}):
            values = record.values()
            shared, lists = values[: len(grouped)], values[len(grouped) :]
            size = len(lists[0])
            _refuse_gaps(tie_kind, lists, size)
            for place, value in zip(grouped, shared, strict=True):
                columns[place].extend([value] * size)
            for place, piece in zip(own, lists, strict=True):
                columns[place].extend(piece)
        seen += len(columns[0])
        yield columns
    if seen != count:
        raise _corrupt(tie_kind, f"{count:,} are stored but {seen:,} have an id that is ours")


def id_ranges(tie_kind: type[Relationship], count: int) -> Iterator[tuple[str, str]]:
    """Cut the ids of ``count`` ties, evenly spread hashes, into ranges in ascending order."""
    pages = -(-count // _TIES_A_PAGE)
    cuts = [16**_HASH_DIGITS * page // pages for page in range(1, pages)]
    bounds = [f"{tie_kind.kind}-{cut:0{_HASH_DIGITS}x}" for cut in cuts]
    # 'g' follows the last hex digit.
    bounds = [f"{tie_kind.kind}-", *bounds, f"{tie_kind.kind}-g"]
    return itertools.pairwise(bounds) if pages else iter(())


def _refuse_gaps(record_class: type[Record], lists: Sequence[Any], size: int) -> None:
    """A property that is missing would shift all values behind it by one."""
    if any(len(piece) != size for piece in lists):
        raise _corrupt(record_class, "a value that must be there is missing")


def _corrupt(record_class: type[Record], why: str) -> StoreCorrupt:
    return StoreCorrupt(
        f"{record_class.label}: {why}.",
        remedy="Something else wrote into this database. Restore a backup.",
    )
