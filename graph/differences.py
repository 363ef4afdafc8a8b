"""What has changed between two states of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.model import KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Row
from graph.snapshot import Snapshot

__all__ = ["Difference", "differences"]

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


def _row(snapshot: Snapshot, kind: str, record_id: str) -> Row | None:
    record = snapshot.record(KINDS[kind], record_id)  # type: ignore[type-var]
    return None if record is None else record.to_row()
