"""Silos: groups with few ties to the rest, and the pairs of them that nothing joins.

A group is a silo where all of these hold:

- at most one in ten of the ends of its members' ties lies outside: a conductance of 0.1 or less
  (Kannan, Vempala & Vetta 2004; of thirteen ways to tell a group, Yang & Leskovec 2015 found it
  among the two best);
- that is at most half of what it is in any group of half to twice its size that the same search
  finds in networks with the same numbers of ties dealt out by lot, for sparse networks have such
  groups by chance (Guimerà, Sales-Pardo & Amaral 2004);
- each member has more ties inside than outside, and the group holds at most half of the ends of
  ties of its connected part: the rest can't be a silo with respect to a few.

The E-I index of Krackhardt & Stern (1988) is (outer - inner) / (outer + inner) of the same counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.structure.closed_groups import (
    Groups,
    dealt_by_lot,
    groups_at,
    resolutions,
)
from matching.gaps.structure.findings import Share, Silo, SiloGap, Way
from matching.gaps.structure.ground import Ground, members_of
from matching.main_things import UNKNOWN, main_things
from matching.network import Floats, Ints

__all__ = ["FoundSilos", "silos_in"]

_MOST_OUTWARD = 0.1
_ENDS_BY_LOT = 400_000
_MOST_LOTS = 20
_BELOW_CHANCE = 0.5
_SHOWN_THINGS = 3
_MOST_BETWEEN = 50
_LARGER = 1.5
"""A group found at a coarser scale takes the place of one that is nearly as large."""


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    rows: Ints
    inner: int
    outer: int
    chance: float | None

    @property
    def outward_share(self) -> float:
        return self.outer / (2 * self.inner + self.outer)


@dataclass(frozen=True, slots=True, eq=False)
class FoundSilos:
    """``label``: int64[rows], the number of each row's silo, -1 for none."""

    ground: Ground
    groups: tuple[_Group, ...]
    label: Ints

    def silos(self, *, is_named: bool) -> tuple[Silo, ...]:
        """Return the silos, largest first; without the names of those at the joints if so asked."""
        return tuple(self._silo(number, is_named) for number in range(len(self.groups)))

    def gaps(self, most: int, *, is_named: bool) -> tuple[tuple[SiloGap, ...], int]:
        """Return pairs with no tie or one between them, the largest first, and how many there are.

        Of two that are joined by nobody at all and two that somebody stands between, the former
        come first.
        """
        count = len(self.groups)
        if count < 2:
            return (), 0
        touching = self._touching()
        direct = self._between_silos(touching)
        sizes = np.array([len(group.rows) for group in self.groups])
        first, second = np.triu_indices(count, k=1)
        ties = direct[first, second]
        sparse_pairs = np.flatnonzero(ties <= 1)
        order = np.lexsort(
            (
                sparse_pairs,
                -(sizes[first] * sizes[second])[sparse_pairs],
                ties[sparse_pairs],
            )
        )
        shown = sparse_pairs[order[:most]]
        outside = touching[self.label < 0] if is_named else touching[:0]
        rows = np.flatnonzero(self.label < 0)
        return tuple(
            SiloGap(
                first=int(first[at]),
                second=int(second[at]),
                tie_count=int(ties[at]),
                between_ids=self._between(outside, rows, int(first[at]), int(second[at])),
            )
            for at in shown.tolist()
        ), len(sparse_pairs)

    def only_ways(self) -> Ints:
        """Return the rows outside that are some silo's only way to anybody else."""
        if not self.groups:
            return np.empty(0, dtype=np.int64)
        outside = self.ground.ties @ self._membership()
        outside = sparse.csc_array(outside.multiply(self._elsewhere()))
        outside.eliminate_zeros()
        lone = np.flatnonzero(np.diff(outside.indptr) == 1)
        return np.unique(outside.indices[outside.indptr[lone]]).astype(np.int64)

    def _membership(self) -> sparse.csr_array:
        rows = np.flatnonzero(self.label >= 0)
        shape = (len(self.ground), len(self.groups))
        return sparse.csr_array((np.ones(len(rows)), (rows, self.label[rows])), shape=shape)

    def _elsewhere(self) -> Floats:
        """Return float64[rows, silos]: 1 where a row isn't in the silo."""
        return np.asarray(self.label[:, None] != np.arange(len(self.groups))[None, :], dtype=float)

    def _touching(self) -> sparse.csr_array:
        """Return rows × silos: how many ties each row has into each silo."""
        return sparse.csr_array(self.ground.ties @ self._membership())

    def _between_silos(self, touching: sparse.csr_array) -> Ints:
        return np.asarray((self._membership().T @ touching).toarray(), dtype=np.int64)

    def _between(
        self, outside: sparse.csr_array, rows: Ints, first: int, second: int
    ) -> tuple[str, ...]:
        if not outside.shape[0]:
            return ()
        columns = outside[:, [first, second]].toarray()
        return self.ground.ids_of(rows[(columns > 0).all(axis=1)])[:_MOST_BETWEEN]

    def _silo(self, number: int, is_named: bool) -> Silo:
        group, ground = self.groups[number], self.ground
        ends = 2 * group.inner + group.outer
        everybody = len(ground.ends)
        inside = self.label == number
        starts = np.repeat(group.rows, ground.degrees[group.rows])
        far = ground.ties[group.rows].indices
        leads_out = ~inside[far]
        found = main_things(ground.network)
        return Silo(
            member_ids=ground.ids_of(group.rows),
            inner_ties=group.inner,
            outer_ties=group.outer,
            expected_outer_ties=ends * (everybody - ends) / max(1, everybody - 1),
            outward_share=group.outward_share,
            chance_outward_share=group.chance,
            gatekeepers=self._ways(starts[leads_out]) if is_named else (),
            joined_through=self._ways(far[leads_out]) if is_named else (),
            places=self._shares(found.place, "place", group.rows),
            themes=self._shares(found.theme, "theme", group.rows),
        )

    def _ways(self, rows: Ints) -> tuple[Way, ...]:
        each, counts = np.unique(rows, return_counts=True)
        found = sorted(
            zip(counts.tolist(), each.tolist(), strict=True),
            key=lambda pair: (-pair[0], self.ground.by_name(pair[1])),
        )
        return tuple(Way(self.ground.id_of(row), count) for count, row in found)

    def _shares(self, column_of: Ints, kind: str, rows: Ints) -> tuple[Share, ...]:
        network = self.ground.network
        columns = column_of[self.ground.number[rows]]
        each, counts = np.unique(columns[columns != UNKNOWN], return_counts=True)
        ids = network.thing_ids(kind)
        found = sorted(
            zip(counts.tolist(), each.tolist(), strict=True),
            key=lambda pair: (-pair[0], network.name_of(ids[pair[1]]), ids[pair[1]]),
        )
        return tuple(Share(ids[column], count) for count, column in found[:_SHOWN_THINGS])


def silos_in(ground: Ground, seed: int) -> FoundSilos:
    """Return the silos of a network; the same for the same network and seed, whatever its ids."""
    rng = np.random.default_rng(seed)
    taken: list[_Group] = []
    for resolution in resolutions(len(ground.ends)):
        groups = groups_at(ground.ties, resolution)
        closed = _closed(ground, groups)
        if not len(closed):
            continue
        chance = _chance(ground, resolution, rng)
        for number, rows in zip(
            closed.tolist(), members_of(groups.label, closed.tolist()), strict=True
        ):
            by_lot = chance(int(groups.sizes[number]))
            if by_lot is None or groups.outward_share[number] <= _BELOW_CHANCE * by_lot:
                inner, outer = int(groups.inner[number]), int(groups.outer[number])
                _take(taken, _Group(rows, inner, outer, by_lot))
    taken.sort(key=lambda group: (-len(group.rows), group.outward_share, group.rows[0]))
    label = np.full(len(ground), -1, dtype=np.int64)
    for number, group in enumerate(taken):
        label[group.rows] = number
    return FoundSilos(ground, tuple(taken), label)


def _closed(ground: Ground, groups: Groups) -> Ints:
    """Return the groups that keep to themselves, and are no more than half of their part."""
    first = np.zeros(len(groups.sizes), dtype=np.int64)
    member = groups.label >= 0
    first[groups.label[member]] = np.flatnonzero(member)
    whole = ground.component_ends[ground.component[first]]
    return np.flatnonzero(
        (groups.outer > 0) & (groups.outward_share <= _MOST_OUTWARD) & (2 * groups.ends <= whole)
    )


def _chance(
    ground: Ground, resolution: float, rng: np.random.Generator
) -> Callable[[int], float | None]:
    """Return a function from a size to the smallest outward share that chance brings about."""
    lots = min(_MOST_LOTS, max(1, _ENDS_BY_LOT // max(1, len(ground.ends))))
    found = [groups_at(dealt_by_lot(ground.ties, rng), resolution) for _ in range(lots)]
    joined = [groups.outer > 0 for groups in found]
    sizes = np.concatenate([groups.sizes[kept] for groups, kept in zip(found, joined, strict=True)])
    shares = np.concatenate(
        [groups.outward_share[kept] for groups, kept in zip(found, joined, strict=True)]
    )

    def smallest(size: int) -> float | None:
        alike = shares[(2 * sizes >= size) & (sizes <= 2 * size)]
        return float(alike.min()) if len(alike) else None

    return smallest


def _take(taken: list[_Group], group: _Group) -> None:
    """Add a group to those found at finer scales, unless it is made of them."""
    shared = [at for at, other in enumerate(taken) if np.isin(group.rows, other.rows).any()]
    if not shared:
        taken.append(group)
    elif len(shared) == 1:
        other = taken[shared[0]]
        is_alike = len(group.rows) <= _LARGER * len(other.rows)
        if is_alike and group.outward_share < other.outward_share:
            taken[shared[0]] = group
