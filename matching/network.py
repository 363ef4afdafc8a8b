"""The network as arrays: compiled once from a snapshot, never changed, all that matching works on.

Organisations are numbered 0 … n-1 in order of id. Things (skills, themes, places …) are columns of
sparse matrices, organisations × things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.errors import UnknownOrganisation
from graph.layers import without_inferred
from graph.snapshot import Snapshot, Table
from matching.freshness import freshness

__all__ = ["LARGEST_CONSORTIUM", "Network"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
M = TypeVar("M")

LARGEST_CONSORTIUM = 60
"""Projects with more organisations than this don't make partners of everybody in them."""

_FUNDER_ROLE = "funder"
_LEVEL_STEP = 0.25
_LONG_ROW = 300
_AMPLE_DAYS = 4.0


@dataclass(frozen=True, eq=False)
class Network:
    """An immutable view for matching; shapes: n organisations, and columns by kind of thing.

    ``offers`` and ``needs`` (n × skills) hold a weight around 1 (level and capacity, urgency, and
    confidence); ``goals`` (those that it advances), ``themes``, ``communities``, ``places`` (where
    it works), ``offices`` (where it is based) and ``funders`` hold confidences in (0, 1].
    ``projects`` holds ones; ``ties`` (n × n, symmetric: works together or did, in a collaboration
    or a project of at most 60) holds 1, or less where nobody has confirmed a collaboration for
    long; ``agreed`` has those that are yet to begin too.
    Where a day is given, all but funders, projects and joint projects weigh less the longer
    nobody has confirmed them (:mod:`matching.freshness`).
    """

    snapshot: Snapshot = field(repr=False)
    as_of: date | None
    offers: sparse.csr_array
    needs: sparse.csr_array
    goals: sparse.csr_array
    themes: sparse.csr_array
    communities: sparse.csr_array
    places: sparse.csr_array
    offices: sparse.csr_array
    funders: sparse.csr_array
    projects: sparse.csr_array
    ties: sparse.csr_array
    agreed: sparse.csr_array
    barred: sparse.csr_array
    """n × n, symmetric: 1 where two may not be brought together, for a reason that stays unsaid."""
    income: Floats
    """GBP a year; NaN where unknown."""
    is_open: npt.NDArray[np.bool_]
    """False for an organisation that has closed: it is never suggested."""
    with_inferred: bool = True
    """Whether ties that follow from other facts, such as a funder in common, may be drawn."""

    @classmethod
    def compile(
        cls,
        snapshot: Snapshot,
        *,
        as_of: date | None = None,
        with_inferred: bool = True,
        barred: Iterable[tuple[str, str]] = (),
    ) -> Network:
        """Compile ``snapshot`` for the day ``as_of``; without inferred facts if so wanted.

        ``barred`` are pairs of organisation ids that must not be brought together; ids that the
        snapshot doesn't have are passed over.

        By a day a need may have run out, a tie may not have begun and a fact may have grown old.
        Without ``as_of`` none has: the engine has no clock of its own.
        """
        snapshot = snapshot if with_inferred else without_inferred(snapshot)
        shape = _Shaper(snapshot, as_of)
        begun, agreed = shape.ties()
        needs = snapshot.tables["needs"]
        offers = snapshot.tables["offers"]
        closed_on = snapshot.tables["organisation"]["closed_on"]
        return cls(
            snapshot=snapshot,
            as_of=as_of,
            offers=shape.matrix(
                offers, "skill", _emphasis(offers["level"]) * _room(offers["capacity"])
            ),
            needs=shape.matrix(
                needs, "skill", _emphasis(needs["urgency"]) * _not_past(needs["until"], as_of)
            ),
            goals=shape.matrix(snapshot.tables["advances"], "goal"),
            themes=shape.matrix(snapshot.tables["works_on"], "theme"),
            communities=shape.matrix(snapshot.tables["serves"], "community"),
            places=shape.matrix(snapshot.tables["works_in"], "place"),
            offices=shape.matrix(snapshot.tables["based_in"], "place"),
            funders=shape.funders(),
            projects=shape.projects(),
            ties=begun,
            agreed=agreed,
            barred=shape.barred(barred),
            income=np.asarray(snapshot.tables["organisation"]["income"], dtype=np.float64),
            is_open=_is_open(closed_on, as_of),
            with_inferred=with_inferred,
        )

    def __len__(self) -> int:
        return len(self.is_open)

    @cached_property
    def organisation_ids(self) -> tuple[str, ...]:
        return tuple(self.snapshot.tables["organisation"].ids.tolist())

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.snapshot.tables["organisation"]["name"].tolist())

    @cached_property
    def degrees(self) -> Ints:
        """Return how many partners each organisation has."""
        return np.diff(self.ties.indptr).astype(np.int64)

    @cached_property
    def has_told(self) -> npt.NDArray[np.bool_]:
        """Return whether somebody has told an offer or a need of each organisation."""
        told = np.zeros(len(self), dtype=np.bool_)
        for kind in ("offers", "needs"):
            table = self.snapshot.tables[kind]
            told[table["from_id"][~np.asarray(table["inferred"], dtype=np.bool_)]] = True
        return told

    def thing_ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of a node kind in the order of a matrix's columns."""
        return self.remembered(
            f"{kind}.ids", lambda: tuple(self.snapshot.tables[kind].ids.tolist())
        )

    def index_of(self, organisation_id: str) -> int:
        """Return the number of an organisation; raises UnknownOrganisation."""
        row = self.snapshot.row_of("organisation", organisation_id)
        if row is None:
            raise UnknownOrganisation(organisation_id)
        return row

    def numbers_of(self, organisation_ids: Iterable[str] | None) -> Ints:
        """Return the numbers of these organisations, or of all; raises UnknownOrganisation."""
        if organisation_ids is None:
            return np.arange(len(self))
        found = [self.index_of(organisation_id) for organisation_id in organisation_ids]
        return np.array(found, dtype=np.int64)

    def name_of(self, node_id: str) -> str:
        """Return the name of any node, or its id if it is not in the network."""
        return self.snapshot.name_of(node_id) or node_id

    def partners_of(self, i: int) -> Ints:
        """Return the organisations that ``i`` works with, or has."""
        return row_of(self.ties, i).astype(np.int64)

    def facts(self, kind: str, from_position: int, to_position: int) -> tuple[str, ...]:
        """Return ids of the ties of a kind between two positions of ``snapshot.node_ids``."""
        rows = _rows_between(self._tie_keys(kind), from_position, to_position)
        table = self.snapshot.tables[kind]
        return tuple(table.id_at(row) for row in rows)

    def thing_facts(self, kind: str, i: int, thing_kind: str, column: int) -> tuple[str, ...]:
        """Return ids of the ties from organisation ``i`` to one column of a thing matrix."""
        return self.facts(kind, i, self.snapshot.offsets[thing_kind] + column)

    def tie_facts(self, i: int, j: int) -> tuple[str, ...]:
        """Return ids of the facts that make partners of ``i`` and ``j``; () if they aren't."""
        low, high = sorted((i, j))
        found = list(self.facts("collaborates_with", low, high))
        shared = in_common(row_of(self.projects, i), row_of(self.projects, j))
        for project in shared[self._project_sizes[shared] <= LARGEST_CONSORTIUM].tolist():
            for organisation in (i, j):
                found += self.thing_facts("takes_part_in", organisation, "project", project)
        return tuple(found)

    def remembered(self, key: str, make: Callable[[], M], *, at: int = 0) -> M:
        """Return what ``make`` gave the first time: a place for what signals derive once.

        ``at`` is the version of whatever else it rests on; what was made at another is forgotten.
        """
        cache: dict[str, tuple[int, M]] = self.__dict__.setdefault("_remembered", {})
        known = cache.get(key)
        if known is None or known[0] != at:
            known = cache[key] = (at, make())
        return known[1]

    def remembers(self, key: str) -> bool:
        """Say whether :meth:`remembered` has been asked for ``key``."""
        return key in self.__dict__.get("_remembered", {})

    @cached_property
    def _project_sizes(self) -> Ints:
        return np.bincount(self.projects.indices, minlength=self.projects.shape[1])

    def _tie_keys(self, kind: str) -> Ints:
        table = self.snapshot.tables[kind]
        return self.remembered(f"{kind}.keys", lambda: _keys(table["from_id"], table["to_id"]))


def row_of(matrix: sparse.csr_array, i: int) -> npt.NDArray[np.int32]:
    """Return the column numbers of row ``i``: a view, far cheaper than ``matrix[i]``."""
    return matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]]


def in_common(one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]) -> Ints:
    """Return the numbers that two sorted rows have in common, in order."""
    if not len(one) or not len(other):
        return np.empty(0, dtype=np.int64)
    if len(one) + len(other) > _LONG_ROW:
        return np.intersect1d(one, other, assume_unique=True).astype(np.int64)
    # Most rows are short, and for them sets are ten times as fast.
    return np.array(sorted(set(one.tolist()).intersection(other.tolist())), dtype=np.int64)


def _keys(starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]) -> Ints:
    # Ties come sorted by (from, to), so one 64-bit key finds a pair by bisection.
    return (starts.astype(np.int64) << 32) | ends


def _rows_between(keys: Ints, start: int, end: int) -> range:
    key = (start << 32) | end
    low = high = int(keys.searchsorted(np.int64(key)))
    # Few ties share both ends, and a second search would cost more.
    while high < len(keys) and keys[high] == key:
        high += 1
    return range(low, high)


def _emphasis(level: npt.NDArray[np.int64]) -> Floats:
    """Return 0.75, 1 or 1.25 for level (or urgency) 1, 2 or 3."""
    return 1 + _LEVEL_STEP * (level.astype(np.float64) - 2)


def _room(days: Floats) -> Floats:
    """Return 0.75 for no days a month, up to 1.25 for four or more, and 1 where unknown."""
    share = np.minimum(1, days.astype(np.float64) / _AMPLE_DAYS)
    return np.asarray(np.where(np.isnan(share), 1, 1 + _LEVEL_STEP * (2 * share - 1)))


def _is_open(closed_on: npt.NDArray[np.datetime64], as_of: date | None) -> npt.NDArray[np.bool_]:
    never = np.isnat(closed_on)
    return never if as_of is None else never | (closed_on > np.datetime64(as_of, "D"))


def _not_past(days: npt.NDArray[np.datetime64], as_of: date | None) -> Floats:
    if as_of is None:
        return np.ones(len(days))
    return (np.isnat(days) | (days >= np.datetime64(as_of, "D"))).astype(np.float64)


class _Shaper:
    """Turns tables of ties into matrices."""

    def __init__(self, snapshot: Snapshot, as_of: date | None) -> None:
        self._snapshot = snapshot
        self._as_of = as_of
        self._count = len(snapshot.tables["organisation"])

    def matrix(self, table: Table, kind: str, weight: Floats | None = None) -> sparse.csr_array:
        """Return organisations × things of ``kind``; two ties to one thing count as the larger."""
        start = self._snapshot.offsets[kind]
        columns = len(self._snapshot.tables[kind])
        values = np.asarray(table["confidence"] * freshness(table, self._as_of), dtype=np.float64)
        values = values if weight is None else values * weight
        # Organisations are the first node kind: their positions are their numbers.
        mine = (table["from_id"] < self._count) & (values > 0)
        return _largest(
            table["from_id"][mine],
            table["to_id"][mine] - start,
            values[mine],
            (self._count, columns),
        )

    def funders(self) -> sparse.csr_array:
        """Return organisations × organisations that fund them."""
        table = self._snapshot.tables["funds"]
        values = np.asarray(table["confidence"], dtype=np.float64)
        return _largest(table["to_id"], table["from_id"], values, (self._count, self._count))

    def projects(self, *, begun: bool = True) -> sparse.csr_array:
        """Return organisations × projects that they take part in other than by funding them."""
        table = self._snapshot.tables["takes_part_in"]
        roles = table["role"]
        paying = np.array(
            [role.casefold() == _FUNDER_ROLE for role in roles.labels], dtype=np.bool_
        )
        doing = ~paying[roles.codes] if len(paying) else np.ones(len(table), dtype=np.bool_)
        if begun:
            doing &= self._has_begun(self._starts_of_roles(table))
        start = self._snapshot.offsets["project"]
        shape = (self._count, len(self._snapshot.tables["project"]))
        ones = np.ones(int(doing.sum()))
        return _largest(table["from_id"][doing], table["to_id"][doing] - start, ones, shape)

    def barred(self, pairs: Iterable[tuple[str, str]]) -> sparse.csr_array:
        """Return the pairs both ways round, as ones."""
        rows = [
            [self._snapshot.row_of("organisation", end) for end in pair]
            for pair in sorted(set(pairs))
        ]
        known = [row for row in rows if None not in row]
        ends = np.array(known, dtype=np.int32).reshape(-1, 2)
        starts, stops = np.concatenate((ends, ends[:, ::-1])).T
        return _largest(starts, stops, np.ones(len(starts)), (self._count, self._count))

    def ties(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Return who works with whom by now, and who has agreed to."""
        starts = (
            self._snapshot.tables["collaborates_with"]["since"],
            self._starts_of_roles(self._snapshot.tables["takes_part_in"]),
        )
        begun = self._ties(begun=True)
        if all(self._has_begun(days).all() for days in starts):
            return begun, begun
        return begun, self._ties(begun=False)

    def _ties(self, *, begun: bool) -> sparse.csr_array:
        """Return told collaborations, and joint projects that aren't huge."""
        projects = self.projects(begun=begun)
        sizes = np.bincount(projects.indices, minlength=projects.shape[1])
        small = projects @ sparse.diags_array((sizes <= LARGEST_CONSORTIUM).astype(np.float64))
        together = sparse.csr_array(small @ small.T)
        together.data[:] = 1
        table = self._snapshot.tables["collaborates_with"]
        told = ~np.asarray(table["inferred"])
        if begun:
            told &= self._has_begun(table["since"])
        starts, ends = table["from_id"][told], table["to_id"][told]
        fresh = freshness(table, self._as_of)[told]
        stated = _largest(starts, ends, fresh, (self._count, self._count))
        tied = sparse.csr_array(together.maximum(stated).maximum(stated.T))
        tied.setdiag(0)
        tied.eliminate_zeros()
        tied.sort_indices()
        return tied

    def _starts_of_roles(self, table: Table) -> npt.NDArray[np.datetime64]:
        """Return when each role began: on its own day, else with its project."""
        project_starts = self._snapshot.tables["project"]["starts_on"]
        inherited = project_starts[table["to_id"] - self._snapshot.offsets["project"]]
        own = table["starts_on"]
        return np.asarray(np.where(np.isnat(own), inherited, own), dtype="datetime64[D]")

    def _has_begun(self, days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
        if self._as_of is None:
            return np.ones(len(days), dtype=np.bool_)
        return np.isnat(days) | (days <= np.datetime64(self._as_of, "D"))


def _largest(
    rows: npt.NDArray[np.int32],
    columns: npt.NDArray[np.int32],
    values: Floats,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """Return a CSR matrix; where an entry is given twice, the larger value stands."""
    order = np.lexsort((-values, columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    made = sparse.csr_array((values[first], (rows[first], columns[first])), shape=shape)
    made.sort_indices()
    return made
