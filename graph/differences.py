"""What has changed between two states of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.model import KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Row
from graph.snapshot import ENDS, Coded, Column, Snapshot

__all__ = ["Difference", "differences", "may_differ"]

_KINDS = (*NODE_KINDS, *RELATIONSHIP_KINDS)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that came (no ``before``), went (no ``after``) or reads differently."""

    kind: str
    id: str
    before: Row | None
    after: Row | None

    @property
    def change(self) -> str:
        """Return ``added``, ``removed`` or ``changed``."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields that read differently; () for what came or went."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in self.after if self.before.get(name) != self.after[name])

    def to_json(self) -> dict[str, Any]:
        """Return the difference as plain values."""
        return {
            "kind": self.kind,
            "id": self.id,
            "change": self.change,
            "fields": list(self.fields),
            "before": self.before,
            "after": self.after,
        }


def differences(
    before: Snapshot, after: Snapshot, candidates: Mapping[str, Iterable[str]]
) -> Iterator[Difference]:
    """Yield what differs between two snapshots, kind by kind and in order of id.

    ``candidates`` are the ids, by kind, that may differ: those that the audit log names between
    the two (:func:`graph.history.touched`). Both snapshots are as the reader may see them, so a
    fact that was hidden at one of the two counts as not there then.
    """
    for kind in _KINDS:
        # A tie also comes and goes with the sight of its ends, of which the log has no entry.
        moved = np.setxor1d(before.tables[kind.kind].ids, after.tables[kind.kind].ids)
        ids = {each.decode() if isinstance(each, bytes) else each for each in moved.tolist()}
        for record_id in sorted(ids.union(candidates.get(kind.kind, ()))):
            old, new = _row(before, kind.kind, record_id), _row(after, kind.kind, record_id)
            if old != new:
                yield Difference(kind.kind, record_id, old, new)


def may_differ(before: Snapshot, after: Snapshot) -> dict[str, list[str]]:
    """Return the ids, by kind, of facts in both snapshots that read differently in any field."""
    found = {}
    for kind in _KINDS:
        old, new = before.tables[kind.kind], after.tables[kind.kind]
        _, mine, theirs = np.intersect1d(old.ids, new.ids, return_indices=True)
        differs = np.zeros(len(mine), dtype=np.bool_)
        for name, column in old.columns.items():
            if name not in ENDS:  # the ends are in the id
                differs |= _differs(_values(column, mine), _values(new.columns[name], theirs))
        found[kind.kind] = [old.id_at(row) for row in mine[differs].tolist()]
    return found


def _values(column: Column, rows: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    if isinstance(column, Coded):
        return np.array(column.labels, dtype=object)[column.codes[rows]]
    return column[rows]


def _differs(old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    # What is unknown at both is the same, although NaN is not equal to itself.
    if old.dtype.kind == "f":
        return np.asarray((old != new) & ~(np.isnan(old) & np.isnan(new)))
    if old.dtype.kind == "M":
        return np.asarray((old != new) & ~(np.isnat(old) & np.isnat(new)))
    return np.asarray(old != new, dtype=np.bool_)


def _row(snapshot: Snapshot, kind: str, record_id: str) -> Row | None:
    record = snapshot.record(KINDS[kind], record_id)  # type: ignore[type-var]
    return None if record is None else record.to_row()
