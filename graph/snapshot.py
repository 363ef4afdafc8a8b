"""The whole network at one version, in columns: the only thing that leaves a store in bulk.

Made by :mod:`graph.snapshot_builder`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from graph.model import (
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Fact,
    FieldSpec,
    Storage,
    row_specs,
)

__all__ = [
    "ENDS",
    "Coded",
    "Column",
    "Snapshot",
    "Table",
]

F = TypeVar("F", bound=Fact)
ENDS = ("from_id", "to_id")


@dataclass(frozen=True, slots=True)
class Coded:
    """Text with few values: ``labels[codes[i]]``; labels are sorted, codes are int32."""

    codes: npt.NDArray[np.int32]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.labels[int(self.codes[row])]

    def take(self, rows: npt.NDArray[Any]) -> Coded:
        """Return the rows (positions or a mask), without labels that they don't use."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        return Coded(codes.astype(np.int32), tuple(self.labels[code] for code in used))


Column = npt.NDArray[Any] | Coded


@dataclass(frozen=True, slots=True)
class Table:
    """All records of one kind, a column a field.

    Columns: text of nodes ``object``; text of ties and of provenance :class:`Coded`; numbers
    float64 (NaN: unknown); counts int64; flags bool; dates datetime64[D] (NaT: unknown); lists of
    text ``object`` of tuples. ``ids`` of ties are bytes. ``from_id`` and ``to_id`` of ties are
    int32 positions in :attr:`Snapshot.node_ids`. Nodes come in order of id, ties in order of
    (from, to, id).
    """

    kind: str
    ids: npt.NDArray[Any]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def id_at(self, row: int) -> str:
        """Return the id of one row as text."""
        found = self.ids[row]
        return found.decode("ascii") if isinstance(found, bytes) else str(found)

    def take(self, rows: npt.NDArray[Any]) -> Table:
        """Return the table of these rows only (positions in order, or a mask)."""
        return Table(
            self.kind,
            self.ids[rows],
            {name: _take(col, rows) for name, col in self.columns.items()},
        )


def _take(column: Column, rows: npt.NDArray[Any]) -> Column:
    return column.take(rows) if isinstance(column, Coded) else column[rows]


@dataclass(frozen=True)
class Snapshot:
    """The network at ``version``: one :class:`Table` a kind, immutable by agreement."""

    version: int
    tables: Mapping[str, Table]
    node_ids: npt.NDArray[Any] = field(repr=False)
    """Ids of all nodes, kind after kind in the order of NODE_KINDS; ties point into this."""

    @cached_property
    def offsets(self) -> dict[str, int]:
        """Return where each node kind begins in :attr:`node_ids`."""
        found, start = {}, 0
        for node_kind in NODE_KINDS:
            found[node_kind.kind] = start
            start += len(self.tables[node_kind.kind])
        return found

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the position of each node id in :attr:`node_ids`."""
        return {node_id: position for position, node_id in enumerate(self.node_ids.tolist())}

    @cached_property
    def content_hash(self) -> str:
        """Return the SHA-256 of all facts: equal facts, equal hash; the version doesn't count."""
        digest = hashlib.sha256()
        for kind in sorted(self.tables):
            table = self.tables[kind]
            digest.update(f"{kind}:{len(table)}\n".encode())
            for part in _bytes_of(table.ids):
                digest.update(part)
            for name in sorted(table.columns):
                digest.update(f"{name}\n".encode())
                for part in _bytes_of(table.columns[name]):
                    digest.update(part)
        return digest.hexdigest()

    def record(self, record_class: type[F], record_id: str) -> F | None:
        """Return one node or tie as a record, or None."""
        table = self.tables[record_class.kind]
        row = self.row_of(record_class.kind, record_id)
        return None if row is None else record_class.from_row(self._row(table, row))

    def records(self, record_class: type[F]) -> Iterator[F]:
        """Yield all nodes or ties of a kind as records."""
        table = self.tables[record_class.kind]
        for row in range(len(table)):
            yield record_class.from_row(self._row(table, row))

    def name_of(self, node_id: str) -> str | None:
        """Return the name of a node of any kind, or None if there is none with this id."""
        position = self.positions.get(node_id)
        if position is None:
            return None
        kind = next(kind for kind, start in reversed(self.offsets.items()) if position >= start)
        return str(self.tables[kind]["name"][position - self.offsets[kind]])

    def record_at(self, record_class: type[F], row: int) -> F:
        """Return the node or tie in one row of its table."""
        return record_class.from_row(self._row(self.tables[record_class.kind], row))

    def row_of(self, kind: str, record_id: str) -> int | None:
        """Return the row of a record in its table, or None."""
        if kind in self.offsets:
            position = self.positions.get(record_id)
            row = -1 if position is None else position - self.offsets[kind]
            return row if 0 <= row < len(self.tables[kind]) else None
        return self._tie_rows(kind).get(record_id.encode("utf-8", "replace"))

    def restricted(self, kept: Mapping[str, npt.NDArray[np.bool_]]) -> Snapshot:
        """Return the snapshot of these rows only; ``kept`` is a mask for each kind.

        A tie goes with either of its ends.
        """
        nodes = np.concatenate([kept[kind.kind] for kind in NODE_KINDS])
        tables = {kind.kind: _masked(self.tables[kind.kind], kept) for kind in NODE_KINDS}
        position = np.cumsum(nodes, dtype=np.int32) - 1
        for tie_kind in RELATIONSHIP_KINDS:
            table = self.tables[tie_kind.kind]
            mask = kept[tie_kind.kind] & nodes[table["from_id"]] & nodes[table["to_id"]]
            if mask.all() and nodes.all():
                tables[tie_kind.kind] = table
                continue
            left = table.take(mask)
            columns = {**left.columns, **{end: position[left[end]] for end in ENDS}}
            tables[tie_kind.kind] = Table(tie_kind.kind, left.ids, columns)
        return Snapshot(self.version, tables, self.node_ids[nodes])

    def _tie_rows(self, kind: str) -> dict[bytes, int]:
        cache: dict[str, dict[bytes, int]] = self.__dict__.setdefault("_tie_row_cache", {})
        if kind not in cache:
            cache[kind] = {tie: row for row, tie in enumerate(self.tables[kind].ids.tolist())}
        return cache[kind]

    def _row(self, table: Table, row: int) -> dict[str, Any]:
        values: dict[str, Any] = {"id": table.id_at(row)}
        for spec in row_specs(KINDS[table.kind]):
            if spec.name == "id":
                continue
            value = table.columns[spec.name][row]
            values[spec.name] = self.node_ids[value] if spec.name in ENDS else _scalar(spec, value)
        return values


def _masked(table: Table, kept: Mapping[str, npt.NDArray[np.bool_]]) -> Table:
    mask = kept[table.kind]
    return table if mask.all() else table.take(mask)


def _scalar(spec: FieldSpec, value: Any) -> Any:
    match spec.storage:
        case Storage.DATE:
            return None if np.isnat(value) else str(value)
        case Storage.NUMBER:
            return None if np.isnan(value) else float(value)
        case Storage.COUNT:
            return int(value)
        case Storage.FLAG:
            return bool(value)
        case _:
            return value


def _bytes_of(column: Column) -> Iterator[bytes]:
    if isinstance(column, Coded):
        yield "\x1f".join(column.labels).encode()
        yield column.codes.tobytes()
    elif column.dtype == object:
        for value in column.tolist():
            text = "\x1e".join(value) if isinstance(value, tuple) else value
            yield text.encode() + b"\x1f"
    else:
        yield np.ascontiguousarray(column).tobytes()
