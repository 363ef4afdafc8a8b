"""Making a snapshot from what a store reads: rows into columns, in one canonical order.

Both stores fill it chunk by chunk, so the same facts give the same bytes wherever they came from.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.errors import StoreCorrupt
from graph.model import (
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
from graph.snapshot import ENDS, Coded, Column, Snapshot, Table

__all__ = ["SnapshotBuilder", "TableBuilder", "collector_paused"]

_PROVENANCE = frozenset(spec.name for spec in fields_of(Provenance))


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
        self._ends: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in ENDS}
        self._encoders = {
            spec.name: _Encoder(spec, is_coded=is_tie or spec.name in _PROVENANCE)
            for spec in row_specs(record_class)
            if spec.name != "id" and not (is_tie and spec.name in ENDS)
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
