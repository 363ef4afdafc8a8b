"""Mutually reinforcing activities: partners who complete each other, and who do the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.gaps.conditions.part import Flags, Part, links, open_pairs, so_by_then
from matching.network import Ints, Network

__all__ = ["Activities", "PairKind", "SharedWork", "mutually_reinforcing_activities"]

Counts = npt.NDArray[np.int32]

_AT_ONCE = 200_000


class PairKind(IntEnum):
    """What two partners are to each other; the first that fits counts."""

    COMPLEMENTARY = 0
    """They work towards something in common, and each brings what the other lacks."""
    DUPLICATING = 1
    """They do the same, on the same theme, for the same people, in the same place."""
    NEITHER = 2
    UNKNOWN = 3
    """Too little is told of one of them: no offer, and no roles towards a goal in common."""


@dataclass(frozen=True, slots=True)
class SharedWork:
    """Why a pair counts as it does: what the two have in common, as counts."""

    first_id: str
    second_id: str
    kind: PairKind
    offers_in_common: int
    fewer_offers: int
    themes_in_common: int
    communities_in_common: int
    places_in_common: int
    goals_in_common: int
    goals_with_other_roles: int


@dataclass(frozen=True, slots=True)
class Activities:
    """Pairs of open partners by what they are to each other.

    ``complementary`` is of the complementary and duplicating pairs together; ``judged`` counts the
    pairs of which enough is known, of all pairs of partners. :meth:`pairs` gives the rows behind.
    """

    complementary: Part
    judged: Part
    complementary_count: int
    duplicating_count: int
    neither_count: int
    unknown_count: int
    _ids: npt.NDArray[np.object_] = field(repr=False, compare=False)
    _table: npt.NDArray[np.int32] = field(repr=False, compare=False)
    """A row a pair: first, second, kind, and the counts of :class:`SharedWork` in their order."""

    def pairs(self, kind: PairKind) -> Iterator[SharedWork]:
        """Yield the pairs of a kind, in order of ids."""
        for first, second, what, *counts in self._table[self._table[:, 2] == kind].tolist():
            yield SharedWork(self._ids[first], self._ids[second], PairKind(what), *counts)


def mutually_reinforcing_activities(network: Network) -> Activities:
    """Return how many pairs of partners complete each other, and how many double each other.

    Formula: for partners a and b with offers A and B, overlap = |A ∩ B| / min(|A|, |B|).
    Complementary: they share a goal, theme or community, and they have signed the same goal with
    different roles or overlap < 1/2. Duplicating: else, if overlap ≥ 1/2, or they signed a goal in
    the same role, and they share a place, a theme and a community. Below 1/2 each offers something
    that the other doesn't. share = complementary / (complementary + duplicating).
    Example: A = {minibus, kitchen}, B = {kitchen, advice, sport}: overlap 1 / 2, so not different
    enough; both serve older people in Camden with food: duplicating.
    """
    first, second = open_pairs(network)
    counts = np.concatenate(
        [
            _counts(network, first[start : start + _AT_ONCE], second[start : start + _AT_ONCE])
            for start in range(0, len(first), _AT_ONCE)
        ]
        or [np.empty((0, 8), dtype=np.int32)]
    )
    kinds = _kinds(counts)
    tally = np.bincount(kinds, minlength=len(PairKind)).tolist()
    complementary, duplicating, neither, unknown = tally
    return Activities(
        complementary=Part.out_of(complementary, complementary + duplicating),
        judged=Part.out_of(len(kinds) - unknown, len(kinds)),
        complementary_count=complementary,
        duplicating_count=duplicating,
        neither_count=neither,
        unknown_count=unknown,
        _ids=network.snapshot.tables["organisation"].ids,
        _table=np.column_stack(
            (first.astype(np.int32), second.astype(np.int32), kinds, counts[:, :7])
        ),
    )


def _kinds(counts: Counts) -> Counts:
    offers, fewer, themes, communities, places, goals, other_roles, same_roles = counts.T
    is_known = (fewer > 0) | (other_roles > 0) | (same_roles > 0)
    differs = (other_roles > 0) | ((fewer > 0) & (2 * offers < fewer))
    has_common_end = (goals > 0) | (themes > 0) | (communities > 0)
    is_alike = (themes > 0) & (communities > 0) & (places > 0)
    chosen = np.select(
        (~is_known, differs & has_common_end, ~differs & is_alike),
        (PairKind.UNKNOWN, PairKind.COMPLEMENTARY, PairKind.DUPLICATING),
        PairKind.NEITHER,
    )
    return np.asarray(chosen, dtype=np.int32)


def _counts(network: Network, first: Ints, second: Ints) -> Counts:
    """Return int32[pairs, 8]: the counts of :class:`SharedWork`, and goals with one role."""
    told = network.remembered("conditions.work", lambda: _Work.of(network))
    offers = np.diff(told.offers.indptr)
    roles, same = (_common(matrix, first, second) for matrix in (told.roles, told.same_roles))
    return np.column_stack(
        (
            _common(told.offers, first, second),
            np.minimum(offers[first], offers[second]),
            _common(told.themes, first, second),
            _common(told.communities, first, second),
            _common(told.places, first, second),
            _common(told.goals, first, second),
            roles - same,
            same,
        )
    ).astype(np.int32)


def _common(matrix: sparse.csr_array, first: Ints, second: Ints) -> Ints:
    """Return int64[pairs]: how many columns the rows ``first`` and ``second`` have in common."""
    both = matrix[first].multiply(matrix[second])
    return np.diff(sparse.csr_array(both).indptr).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Work:
    """What organisations do, as bool matrices: organisations × things."""

    offers: sparse.csr_array
    themes: sparse.csr_array
    communities: sparse.csr_array
    places: sparse.csr_array
    goals: sparse.csr_array
    """Goals that they have signed or advance."""
    roles: sparse.csr_array
    """Goals that they have signed with a role."""
    same_roles: sparse.csr_array
    """Goals and roles, a column each pair."""

    @classmethod
    def of(cls, network: Network) -> _Work:
        table = network.snapshot.tables["signed"]
        in_time = so_by_then(network, table["signed_on"])
        labels = [" ".join(label.casefold().split()) for label in table["role"].labels]
        names = {name: code for code, name in enumerate(sorted(set(labels)))}
        codes = np.array([names[label] for label in labels], dtype=np.int64)
        said = np.array([bool(label) for label in labels], dtype=np.bool_)
        has_role = in_time & said[table["role"].codes] if labels else in_time
        role = codes[table["role"].codes] if labels else np.empty(0, dtype=np.int64)
        signed = links(network, table, in_time, "goal")
        advances = network.snapshot.tables["advances"]
        advanced = links(network, advances, np.ones(len(advances), dtype=np.bool_), "goal")
        return cls(
            offers=_flags(network.offers),
            themes=_flags(network.themes),
            communities=_flags(network.communities),
            places=_flags(network.places),
            goals=_flags(signed + advanced),
            roles=links(network, table, has_role, "goal"),
            same_roles=_goals_by_role(network, has_role, role, max(1, len(names))),
        )


def _goals_by_role(network: Network, rows: Flags, role: Ints, roles: int) -> sparse.csr_array:
    table = network.snapshot.tables["signed"]
    goal = table["to_id"][rows].astype(np.int64) - network.snapshot.offsets["goal"]
    shape = (len(network), max(1, len(network.snapshot.tables["goal"])) * roles)
    ends = (table["from_id"][rows], goal * roles + role[rows])
    return _flags(sparse.coo_array((np.ones(int(rows.sum()), dtype=np.bool_), ends), shape))


def _flags(matrix: Any) -> sparse.csr_array:
    made: sparse.csr_array = sparse.csr_array(matrix, copy=True)
    made.sum_duplicates()
    made.data = np.ones(made.nnz, dtype=np.bool_)
    return made
