"""What one introduction would do: whom it links, what it joins, which needs it meets.

And by how much it changes the whole. Each effect is that of this tie alone, so it can be checked
by really adding the tie.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from matching.gaps.capability.sides import supply_of
from matching.gaps.rehearsal.dependence import offer_facts, open_rows
from matching.gaps.rehearsal.reach import needs_met_nearby
from matching.gaps.structure.ground import ground_of
from matching.gaps.structure.silos import silos_in
from matching.introductions.distances import open_ties
from matching.introductions.effect import Change
from matching.main_things import UNKNOWN, main_things
from matching.network import Ints, Network, row_of
from matching.pool import may_be_suggested

__all__ = ["JoinedGroups", "MetNeed", "TieEffect", "tie_effects"]


_SEED = 1


@dataclass(frozen=True, slots=True)
class MetNeed:
    """A need of one side that the other meets. ``facts``: the ids of the need and the offer."""

    organisation_id: str
    provider_id: str
    skill_id: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinedGroups:
    """Two groups of one main place and theme each that have no tie yet; "" stands for unknown."""

    places: tuple[str, str]
    themes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class TieEffect:
    """What a tie between ``first_id`` and ``second_id`` would do, as everything else stays.

    ``links``: whichever of the two has no partner yet. ``parts_joined``: the sizes of the two parts
    of the network that no way joins today, None where one does. ``silos_joined``: the sizes of the
    two silos (:mod:`matching.gaps.structure.silos`) that they are in and that have no tie today,
    or None. ``silo_opened``: the size of the silo that one of them is in and the other in none, or
    None. ``groups_joined``: their groups, if those have no tie.

    The changes: ``circles`` (parts between which no way leads), ``without_partner``
    (organisations), ``reached`` (others that an organisation can reach at all, on average),
    ``within_two_steps`` (others that these two reach so, on average) and ``needs_met_nearby``
    (needs with a provider within two steps). Closed organisations count in none of them.
    """

    first_id: str
    second_id: str
    links: tuple[str, ...]
    parts_joined: tuple[int, int] | None
    silos_joined: tuple[int, int] | None
    silo_opened: int | None
    groups_joined: JoinedGroups | None
    needs_met: tuple[MetNeed, ...]
    circles: Change
    without_partner: Change
    reached: Change
    within_two_steps: Change
    needs_met_nearby: Change


def tie_effects(network: Network, pairs: Iterable[tuple[str, str]]) -> tuple[TieEffect, ...]:
    """Return what each tie would do by itself, in the order given.

    Left out is whoever may not be suggested to each other: partners, closed organisations and
    pairs that must not be brought together. Raises UnknownOrganisation.
    """
    ends = [(network.index_of(one), network.index_of(other)) for one, other in pairs]
    first, second = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    allowed = may_be_suggested(network, first, second)
    known = network.remembered("rehearsal.today", lambda: _Today(network))
    return tuple(
        _effect(known, *pair) for pair, is_allowed in zip(ends, allowed, strict=True) if is_allowed
    )


class _Today:
    """What is asked of the network of today for every pair; parts are worked out when needed."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.ties = open_ties(network)
        _, self.part = csgraph.connected_components(self.ties, directed=False)
        self.part_sizes = np.bincount(self.part[network.is_open], minlength=1)
        self.part_count = int((self.part_sizes > 0).sum())
        self.open_count = int(network.is_open.sum())
        has_none = np.diff(self.ties.indptr) == 0
        self.without_partner = int((has_none & network.is_open).sum())
        self.reachable = int((self.part_sizes * (self.part_sizes - 1)).sum())
        # Whoever is known by name only becomes part of the network by its first tie, and then its
        # offers count.
        inside, outside = (supply_of(network, from_outside=each).matrix for each in (False, True))
        self.offers = sparse.csr_array(inside + outside)
        self.needs = open_rows(network, network.needs)
        self.met = needs_met_nearby(network)

    @cached_property
    def silo(self) -> Ints:
        """Return the silo of each, -1 for none."""
        ground = ground_of(self.network, _SEED)
        label = np.full(len(self.network), -1, dtype=np.int64)
        label[ground.number] = silos_in(ground, _SEED).label
        return label

    @cached_property
    def silo_sizes(self) -> Ints:
        return np.bincount(self.silo[self.silo >= 0], minlength=1)

    @cached_property
    def tied_silos(self) -> frozenset[int]:
        return self._tied(self.silo)

    @cached_property
    def group(self) -> Ints:
        """Return the group of each organisation: its main place and theme."""
        found = main_things(self.network)
        _, group = np.unique(
            np.column_stack((found.place, found.theme)), axis=0, return_inverse=True
        )
        return group.reshape(-1).astype(np.int64)

    @cached_property
    def tied_groups(self) -> frozenset[int]:
        return self._tied(self.group)

    def _tied(self, label: Ints) -> frozenset[int]:
        """Return the pairs of labels that a tie joins, each packed into one number."""
        ends = self.ties.tocoo()
        one, other = label[ends.row], label[ends.col]
        apart = (one != other) & (np.minimum(one, other) >= 0)
        return frozenset(np.unique(_packed(one[apart], other[apart])).tolist())

    def near(self, one: int) -> set[int]:
        """Return who is within two steps, oneself left out."""
        partners = row_of(self.ties, one)
        found = set(partners.tolist()).union(*(row_of(self.ties, p).tolist() for p in partners))
        return found - {one}

    def lacks(self, one: int) -> set[int]:
        """Return the skills that one needs and nobody within two steps offers."""
        return set(row_of(self.needs, one).tolist()) - set(row_of(self.met, one).tolist())


def _packed(one: Ints, other: Ints) -> Ints:
    return (np.minimum(one, other) << 32) | np.maximum(one, other)


def _effect(known: _Today, one: int, other: int) -> TieEffect:
    ids = known.network.organisation_ids
    sizes = int(known.part_sizes[known.part[one]]), int(known.part_sizes[known.part[other]])
    is_apart = known.part[one] != known.part[other]
    links = [end for end in (one, other) if not len(row_of(known.ties, end))]
    gained = 2 * sizes[0] * sizes[1] if is_apart else 0
    near = [known.near(end) for end in (one, other)]
    around = [{end, *row_of(known.ties, end).tolist()} for end in (one, other)]
    then = [(near[0] | around[1]) - {one}, (near[1] | around[0]) - {other}]
    met = known.met.nnz
    return TieEffect(
        first_id=ids[one],
        second_id=ids[other],
        links=tuple(ids[end] for end in links),
        parts_joined=sizes if is_apart else None,
        silos_joined=_silos_joined(known, one, other),
        silo_opened=_silo_opened(known, one, other),
        groups_joined=_groups_joined(known, one, other),
        needs_met=(*_met_needs(known, one, other), *_met_needs(known, other, one)),
        circles=Change(known.part_count, known.part_count - int(is_apart)),
        without_partner=Change(known.without_partner, known.without_partner - len(links)),
        reached=Change(
            known.reachable / known.open_count, (known.reachable + gained) / known.open_count
        ),
        within_two_steps=Change(*(sum(map(len, sets)) / 2 for sets in (near, then))),
        needs_met_nearby=Change(met, met + _newly_met(known, one, other, around)),
    )


def _met_needs(known: _Today, one: int, provider: int) -> list[MetNeed]:
    network = known.network
    ids, skills = network.organisation_ids, network.thing_ids("skill")
    both = set(row_of(known.needs, one).tolist()) & set(row_of(known.offers, provider).tolist())
    return [
        MetNeed(
            organisation_id=ids[one],
            provider_id=ids[provider],
            skill_id=skills[skill],
            facts=(
                *network.thing_facts("needs", one, "skill", skill),
                *offer_facts(network, provider, skill),
            ),
        )
        for skill in sorted(both)
    ]


def _newly_met(known: _Today, one: int, other: int, around: list[set[int]]) -> int:
    """Return how many needs get a provider within two steps.

    The two come within two steps of each other's partners, and those of the two.
    """
    reach = {one: around[1], other: around[0]}
    for end, far in ((one, other), (other, one)):
        for partner in row_of(known.ties, end).tolist():
            reach[partner] = reach.get(partner, set()) | {far}
    total = 0
    for who, providers in reach.items():
        lacking = known.lacks(who)
        if lacking:
            offered = {
                skill
                for provider in providers - {who}
                for skill in row_of(known.offers, provider).tolist()
            }
            total += len(lacking & offered)
    return total


def _silos_joined(known: _Today, one: int, other: int) -> tuple[int, int] | None:
    pair = known.silo[one], known.silo[other]
    if min(pair) < 0 or pair[0] == pair[1] or int(_packed(*pair)) in known.tied_silos:
        return None
    return int(known.silo_sizes[pair[0]]), int(known.silo_sizes[pair[1]])


def _silo_opened(known: _Today, one: int, other: int) -> int | None:
    pair = sorted((int(known.silo[one]), int(known.silo[other])))
    return int(known.silo_sizes[pair[1]]) if pair[0] < 0 <= pair[1] else None


def _groups_joined(known: _Today, one: int, other: int) -> JoinedGroups | None:
    pair = known.group[one], known.group[other]
    if pair[0] == pair[1] or int(_packed(*pair)) in known.tied_groups:
        return None
    found = main_things(known.network)
    places, themes = (
        tuple(_id(known.network, kind, int(column[end])) for end in (one, other))
        for kind, column in (("place", found.place), ("theme", found.theme))
    )
    return JoinedGroups(places=(places[0], places[1]), themes=(themes[0], themes[1]))


def _id(network: Network, kind: str, column: int) -> str:
    return "" if column == UNKNOWN else network.thing_ids(kind)[column]
