"""The whole network at one version, in columns: the only thing that leaves a store in bulk.

Both stores fill it through :class:`TableBuilder`, which puts rows into one canonical order, so the
same facts give the same bytes whatever store they came from.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from graph.errors import StoreCorrupt
from graph.model import (
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    FieldSpec,
    Node,
    Provenance,
    Relationship,
    Storage,
    fields_of,
    row_specs,
)

__all__ = [
    "Coded",
    "Column",
    "Snapshot",
    "SnapshotBuilder",
    "Table",
    "TableBuilder",
    "collector_paused",
]

F = TypeVar("F", Node, Relationship)
_PROVENANCE = frozenset(spec.name for spec in fields_of(Provenance))
_ENDS = ("from_id", "to_id")


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
            values[spec.name] = self.node_ids[value] if spec.name in _ENDS else _scalar(spec, value)
        return values


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


class _Encoder:
    """Collects one column, chunk by chunk, in its final form."""

    def __init__(self, spec: FieldSpec, *, is_coded: bool) -> None:
        self._spec = spec
        self._is_coded = is_coded
        self._codes: dict[str, int] = {}
        self._chunks: list[npt.NDArray[Any]] = []

    def extend(self, values: Sequence[Any]) -> None:
        self._chunks.append(self._encode(values))

    def _encode(self, values: Sequence[Any]) -> npt.NDArray[Any]:
        match self._spec.storage:
            case Storage.TEXT if self._is_coded:
                for value in sorted(set(values) - self._codes.keys()):
                    self._codes[value] = len(self._codes)
                return _looked_up(self._codes, values, np.int32)
            case Storage.TEXT:
                return _objects(values)
            case Storage.TEXTS:
                return _objects([tuple(value or ()) for value in values])
            case Storage.NUMBER:
                return np.array(values, dtype=np.float64)
            case Storage.COUNT:
                return np.array(values, dtype=np.int64)
            case Storage.FLAG:
                return np.array(values, dtype=np.bool_)
            case Storage.DATE:
                # Days repeat, so each is parsed once.
                days = {value: _day_number(value) for value in set(values)}
                return _looked_up(days, values, np.int64).view("datetime64[D]")

    def finish(self) -> Column:
        column = _joined(self._chunks, self._encode(()).dtype)
        if not self._is_coded or self._spec.storage is not Storage.TEXT:
            return column
        labels = sorted(self._codes)
        rank = np.empty(max(1, len(labels)), dtype=np.int32)
        for place, label in enumerate(labels):
            rank[self._codes[label]] = place
        return Coded(rank[column], tuple(labels))


def _looked_up(
    known: Mapping[Any, int], values: Sequence[Any], dtype: type[np.integer[Any]]
) -> npt.NDArray[Any]:
    return np.fromiter(map(known.__getitem__, values), dtype=dtype, count=len(values))


def _day_number(value: str | None) -> int:
    return int(np.datetime64(value or "NaT", "D").astype(np.int64))


def _objects(values: Sequence[Any]) -> npt.NDArray[Any]:
    # np.array() would turn equal-length tuples into a second axis.
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _joined(chunks: list[npt.NDArray[Any]], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    return np.concatenate(chunks) if chunks else np.empty(0, dtype=dtype)


class TableBuilder:
    """Takes the rows of one kind from a store, column by column, and makes a :class:`Table`."""

    def __init__(self, record_class: type[Node | Relationship]) -> None:
        self._class = record_class
        is_tie = issubclass(record_class, Relationship)
        self.columns = tuple(spec.name for spec in row_specs(record_class))
        """Names of the columns that :meth:`extend` takes, in order."""
        self._ids: list[npt.NDArray[Any]] = []
        self._ends: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in _ENDS}
        self._encoders = {
            spec.name: _Encoder(spec, is_coded=is_tie or spec.name in _PROVENANCE)
            for spec in row_specs(record_class)
            if spec.name != "id" and not (is_tie and spec.name in _ENDS)
        }

    def extend(
        self, columns: Sequence[Sequence[Any]], positions: Mapping[str, int] | None = None
    ) -> None:
        """Add a chunk of rows, given as one sequence a column in the order of :attr:`columns`.

        ``positions`` finds the ends of ties; raises :class:`StoreCorrupt` for an unknown end.
        """
        for name, values in zip(self.columns, columns, strict=True):
            if name in self._encoders:
                self._encoders[name].extend(values)
            elif name == "id":
                self._ids.append(
                    _objects(values) if positions is None else np.array(values, dtype=np.bytes_)
                )
            elif positions is not None:
                self._ends[name].append(self._located(name, values, positions))

    def _located(
        self, name: str, values: Sequence[str], positions: Mapping[str, int]
    ) -> npt.NDArray[Any]:
        try:
            return _looked_up(positions, values, np.int32)
        except KeyError as error:
            raise StoreCorrupt(
                f"{self._class.kind}, {name}: {error.args[0]!r} is not a node of the network.",
                remedy="Restore a backup, or delete the tie.",
            ) from error

    def finish(self) -> Table:
        """Return the table in canonical order."""
        columns = {name: encoder.finish() for name, encoder in self._encoders.items()}
        if not issubclass(self._class, Relationship):
            ids = _joined(self._ids, np.dtype(object))
            order = np.array(sorted(range(len(ids)), key=ids.tolist().__getitem__), dtype=np.int64)
            return Table(self._class.kind, ids, columns).take(order)
        ids = _joined(self._ids, np.dtype("S1"))
        ends = {name: _joined(chunks, np.dtype(np.int32)) for name, chunks in self._ends.items()}
        order = _tie_order(ends["from_id"], ends["to_id"], ids)
        return Table(self._class.kind, ids, {**columns, **ends}).take(order)


def _tie_order(
    starts: npt.NDArray[Any], ends: npt.NDArray[Any], ids: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Order by (from, to, id). Few ties share both ends, so ids are compared only among those."""
    order = np.lexsort((ends, starts))
    pairs = starts[order].astype(np.int64) << 32 | ends[order]
    bounds = np.flatnonzero(np.diff(pairs, prepend=-1, append=-1))
    for low in np.flatnonzero(np.diff(bounds) > 1).tolist():
        run = slice(bounds[low], bounds[low + 1])
        order[run] = order[run][np.argsort(ids[order[run]])]
    return order


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold off Python's cyclic garbage collector while rows are made by the million.

    Rows form no cycles, and walking them again and again takes a quarter of the reading time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class SnapshotBuilder:
    """Asks for the node tables first, then for the ties, which point into them."""

    def __init__(self, version: int) -> None:
        self._version = version
        self._tables: dict[str, Table] = {}
        self.positions: dict[str, int] = {}

    def nodes(self) -> Iterator[tuple[type[Node], TableBuilder]]:
        """Yield a builder for each node kind, to be filled before the next step."""
        for node_kind in NODE_KINDS:
            builder = TableBuilder(node_kind)
            yield node_kind, builder
            table = self._tables[node_kind.kind] = builder.finish()
            for node_id in table.ids.tolist():
                self.positions[node_id] = len(self.positions)

    def ties(self) -> Iterator[tuple[type[Relationship], TableBuilder]]:
        """Yield a builder for each kind of tie, to be filled with ``positions``."""
        for tie_kind in RELATIONSHIP_KINDS:
            builder = TableBuilder(tie_kind)
            yield tie_kind, builder
            self._tables[tie_kind.kind] = builder.finish()

    def finish(self) -> Snapshot:
        """Return the snapshot, once both loops have ended."""
        return Snapshot(self._version, self._tables, _objects(list(self.positions)))
