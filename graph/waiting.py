"""What waits for a person, found in one snapshot: to confirm, to answer, to look into, to place.

Pure functions on arrays. What has been answered before is no part of a snapshot and is given.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.completeness import unlocated
from graph.model import RELATIONSHIP_KINDS, Organisation, Relationship
from graph.snapshot import Snapshot, Table

__all__ = [
    "MONTHS_UNTIL_ASKED",
    "LeftBehind",
    "Ties",
    "Waiting",
    "left_behind",
    "months_before",
    "waiting",
]

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MONTHS_UNTIL_ASKED = 24
"""A tie that nobody has confirmed for this long waits to be."""

# Facts that can go stale, the weightiest for matching first. A grant was made, whatever comes.
_AGEING = (
    "offers",
    "needs",
    "works_on",
    "serves",
    "works_in",
    "based_in",
    "collaborates_with",
    "backbone_of",
    "takes_part_in",
    "advances",
)
_BY_WEIGHT = (
    *_AGEING,
    *(kind.kind for kind in RELATIONSHIP_KINDS if kind.kind not in _AGEING),
)
_CLASS: Mapping[str, type[Relationship]] = {kind.kind: kind for kind in RELATIONSHIP_KINDS}
_LAST_DAYS = ("until", "ends_on")
_LEAVING = ("collaborates_with", "backbone_of", "takes_part_in")


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties in the order in which to look at them: numbers of kinds, the weightiest 0, and rows."""

    kinds: Ints
    rows: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def ends(self, snapshot: Snapshot) -> Ints:
        """Return int64[ties]: positions in ``snapshot.node_ids`` of what the ties end at."""
        found = np.empty(len(self), dtype=np.int64)
        for number, kind in enumerate(_BY_WEIGHT):
            mine = self.kinds == number
            found[mine] = snapshot.tables[kind]["to_id"][self.rows[mine]]
        return found

    def that(self, chosen: Mask) -> Ties:
        """Return the chosen ties, in the same order."""
        return Ties(self.kinds[chosen], self.rows[chosen])

    def records(self, snapshot: Snapshot, start: int, stop: int) -> tuple[Relationship, ...]:
        """Return the ties from one place of the order to another, of the snapshot asked."""
        chosen = zip(self.kinds[start:stop].tolist(), self.rows[start:stop].tolist(), strict=True)
        return tuple(snapshot.record_at(_CLASS[_BY_WEIGHT[kind]], row) for kind, row in chosen)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits. ``removed`` holds rows of the table of organisations, ``unlocated`` ids.

    ``unconfirmed``: told ties not confirmed for long, organisation by organisation, the longest
    waiting first. ``inferred``: the surest first, among equals what weighs most in matching.
    ``removed``: closed and not agreed to, the latest first. ``unlocated``: open, and known neither
    to work nor to have an office anywhere.
    """

    unconfirmed: Ties
    inferred: Ties
    removed: Ints
    unlocated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a closed organisation leaves: ties that still stand and projects that it is in."""

    partnerships: int
    project_ids: tuple[str, ...]


def waiting(
    snapshot: Snapshot,
    today: date,
    *,
    answered: Mapping[str, date] | None = None,
    months: int = MONTHS_UNTIL_ASKED,
) -> Waiting:
    """Return what waits on ``today``.

    ``answered`` gives the day on which somebody agreed that an organisation has closed.
    """
    organisations = snapshot.tables[Organisation.kind]
    is_open = np.isnat(organisations["closed_on"])
    before = np.datetime64(months_before(today, months), "D")
    current = {kind: _current(snapshot, kind, is_open, today) for kind in _BY_WEIGHT}
    return Waiting(
        unconfirmed=_unconfirmed(snapshot, current, before, len(is_open)),
        inferred=_inferred(snapshot, current),
        removed=_removed(organisations, answered or {}),
        unlocated=tuple(unlocated(snapshot)),
    )


def left_behind(snapshot: Snapshot, row: int, today: date) -> LeftBehind:
    """Return what the organisation in ``row`` is still tied to on ``today``."""
    partnerships = 0
    projects: list[str] = []
    for kind in _LEAVING:
        table = snapshot.tables[kind]
        starts, ends = table["from_id"], table["to_id"]
        mine = np.flatnonzero((starts == row) | (ends == row))
        told = mine[_lasting(table.take(mine), today) & ~table["inferred"][mine]]
        if kind == "takes_part_in":
            projects += [str(snapshot.node_ids[end]) for end in ends[told].tolist()]
        else:
            partnerships += len(told)
    return LeftBehind(partnerships, tuple(dict.fromkeys(projects)))


def months_before(day: date, months: int) -> date:
    """Return the same day that many months ago, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _current(snapshot: Snapshot, kind: str, is_open: Mask, today: date) -> Mask:
    """Say which ties of a kind still stand, between organisations that are open."""
    table = snapshot.tables[kind]
    found = _lasting(table, today)
    count = len(is_open)
    open_node = np.ones(len(snapshot.node_ids), dtype=np.bool_)
    open_node[:count] = is_open
    open_node[_ended_projects(snapshot, today)] = False
    found &= open_node[table["from_id"]]
    found &= open_node[table["to_id"]]
    return found


def _lasting(table: Table, today: date) -> Mask:
    found = np.ones(len(table), dtype=np.bool_)
    for name in _LAST_DAYS:
        if name in table.columns:
            days = table[name]
            found &= np.isnat(days) | (days >= np.datetime64(today, "D"))
    return found


def _ended_projects(snapshot: Snapshot, today: date) -> Ints:
    return (
        np.flatnonzero(~_lasting(snapshot.tables["project"], today)) + snapshot.offsets["project"]
    )


def _unconfirmed(snapshot: Snapshot, current: Mapping[str, Mask], before: Any, count: int) -> Ties:
    kinds, rows, who, days = [], [], [], []
    for place, kind in enumerate(_AGEING):
        table = snapshot.tables[kind]
        asked = ~table["inferred"] & (table["last_confirmed"] < before) & current[kind]
        mine = np.flatnonzero(asked & (table["from_id"] < count))
        kinds.append(np.full(len(mine), place))
        rows.append(mine)
        who.append(table["from_id"][mine])
        days.append(table["last_confirmed"][mine].astype(np.int64))
    owner, day = np.concatenate(who), np.concatenate(days)
    kind_of, row_of = np.concatenate(kinds), np.concatenate(rows)
    oldest = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(oldest, owner, day)
    order = np.lexsort((row_of, kind_of, day, owner, oldest[owner]))
    return Ties(kind_of[order], row_of[order])


def _inferred(snapshot: Snapshot, current: Mapping[str, Mask]) -> Ties:
    kinds, rows, sure = [], [], []
    for place, kind in enumerate(_BY_WEIGHT):
        table = snapshot.tables[kind]
        mine = np.flatnonzero(table["inferred"] & current[kind])
        kinds.append(np.full(len(mine), place))
        rows.append(mine)
        sure.append(table["confidence"][mine])
    kind_of, row_of = np.concatenate(kinds), np.concatenate(rows)
    # Two places: nobody tells 0.914 from 0.91, but whether it is a skill matters.
    order = np.lexsort((row_of, kind_of, -np.round(np.concatenate(sure), 2)))
    return Ties(kind_of[order], row_of[order])


def _removed(organisations: Table, answered: Mapping[str, date]) -> Ints:
    closed_on = organisations["closed_on"]
    closed = [
        row
        for row in np.flatnonzero(~np.isnat(closed_on)).tolist()
        if not _is_agreed(answered.get(str(organisations.ids[row])), closed_on[row])
    ]
    rows = np.array(closed, dtype=np.int64)
    order = np.lexsort((rows, -closed_on[rows].astype(np.int64)))
    return rows[order]


def _is_agreed(on: date | None, closed_on: Any) -> bool:
    return on is not None and bool(np.datetime64(on, "D") >= closed_on)
