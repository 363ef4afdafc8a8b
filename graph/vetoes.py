"""Who must not be brought together, as bare pairs: what matching gets to know of a veto.

Read from the whole snapshot, before it is redacted: a veto holds for every audience, though hardly
anybody may know of it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from graph.model import COOL_OFF_DAYS, Introduction, NotWith
from graph.snapshot import Snapshot, Table

__all__ = ["barred_in_past", "barred_pairs"]

Mask = npt.NDArray[np.bool_]


def barred_pairs(snapshot: Snapshot, as_of: date | None) -> frozenset[tuple[str, str]]:
    """Return pairs of organisation ids, the lower first, that may not be brought together.

    Those with a veto from either side that still holds on the day ``as_of``, and those whose
    introduction was declined or lapsed and whose cool-off lasts on that day. Without a day every
    veto holds and every cool-off lasts.
    """
    found: set[tuple[str, str]] = set()
    for kind, holds in ((NotWith.kind, _vetoed), (Introduction.kind, _cooling)):
        table = snapshot.tables[kind]
        rows = np.flatnonzero(holds(table, as_of))
        ends = (snapshot.node_ids[table[end][rows]].tolist() for end in ("from_id", "to_id"))
        found.update((min(pair), max(pair)) for pair in zip(*ends, strict=True))
    return frozenset(found)


def barred_in_past(
    past: Snapshot, as_of: date, now: Snapshot, today: date
) -> frozenset[tuple[str, str]]:
    """Return the pairs for a look at the past: what is vetoed now isn't suggested that way either.

    As :func:`barred_pairs`, by what was known then and by what is known today.
    """
    return barred_pairs(past, as_of) | barred_pairs(now, today)


def _vetoed(table: Table, as_of: date | None) -> Mask:
    if as_of is None:
        return np.ones(len(table), dtype=np.bool_)
    return np.asarray(np.isnat(table["until"]) | (table["until"] >= np.datetime64(as_of, "D")))


def _cooling(table: Table, as_of: date | None) -> Mask:
    state = table["state"]
    days = np.array([COOL_OFF_DAYS.get(label, -1) for label in state.labels], dtype=np.int64)
    cool_off = days[state.codes] if len(days) else np.zeros(0, dtype=np.int64)
    if as_of is None:
        return np.asarray(cool_off >= 0)
    decided = np.where(np.isnat(table["decided_on"]), table["last_confirmed"], table["decided_on"])
    ends = np.where(
        np.isnat(table["again_after"]), decided + np.maximum(cool_off, 0), table["again_after"]
    )
    return np.asarray((cool_off >= 0) & (np.datetime64(as_of, "D") < ends))
