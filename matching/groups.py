"""The network in groups, place × theme: what the map shows first, because nobody reads a hairball.

Every organisation is in exactly one group (its main place and theme: ``matching/main_things.py``),
so the counts add up to the whole network. What is unknown stays visible: an id of "" is the group
of organisations that name no place, or no theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.main_things import UNKNOWN, main_things
from matching.network import Network

__all__ = ["Group", "GroupMap", "GroupTie", "OtherGroups", "group_map", "group_members"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations with one main place and one main theme; an id of "" means that none is named.

    ``inner_tie_count`` counts ties among them, ``outer_tie_count`` ties to any other organisation.
    """

    place_id: str
    place_name: str
    theme_id: str
    theme_name: str
    organisation_count: int
    inner_tie_count: int
    outer_tie_count: int


@dataclass(frozen=True, slots=True)
class GroupTie:
    """How many ties run between two groups, given by their numbers in ``GroupMap.groups``."""

    first: int
    second: int
    tie_count: int


@dataclass(frozen=True, slots=True)
class OtherGroups:
    """The groups that didn't fit, summed column by column."""

    group_count: int
    organisation_count: int
    inner_tie_count: int
    outer_tie_count: int


@dataclass(frozen=True, slots=True)
class GroupMap:
    """Groups, largest first, the ties between them, and what the figures cover.

    ``groups`` and ``others`` together are what the filter lets through; the counts below them are
    of the whole network. ``ties`` come strongest first.
    """

    groups: tuple[Group, ...]
    ties: tuple[GroupTie, ...]
    others: OtherGroups
    group_count: int
    """How many groups there are without any filter."""
    organisation_count: int
    with_place_count: int
    by_office_count: int
    """How many of those with a place have it from their office only."""
    with_theme_count: int
    tie_count: int
    places: tuple[tuple[str, str], ...]
    """Id and name of every main place, in order of name: what one can filter by."""
    themes: tuple[tuple[str, str], ...]

    @property
    def matching_count(self) -> int:
        """Return how many groups the filter lets through, shown or not."""
        return len(self.groups) + self.others.group_count


def group_map(
    network: Network,
    *,
    place_id: str | None = None,
    theme_id: str | None = None,
    limit: int = 60,
) -> GroupMap:
    """Return the ``limit`` largest groups, and the rest as one sum, so that nothing is lost.

    ``place_id`` and ``theme_id`` filter; None lets all through, "" asks for the unknown.
    """
    found = main_things(network)
    places, themes = network.thing_ids("place"), network.thing_ids("theme")
    pairs, of_organisation, sizes = np.unique(
        np.column_stack((found.place, found.theme)), axis=0, return_inverse=True, return_counts=True
    )
    of_organisation = of_organisation.reshape(-1)
    first, second = _ends(network, of_organisation)
    inside = first == second
    inner = np.bincount(first[inside], minlength=len(pairs))
    outer = np.bincount(np.concatenate((first[~inside], second[~inside])), minlength=len(pairs))
    groups = [
        Group(
            *_named(network, places, place, "No place given"),
            *_named(network, themes, theme, "No theme given"),
            int(sizes[number]),
            int(inner[number]),
            int(outer[number]),
        )
        for number, (place, theme) in enumerate(pairs.tolist())
    ]
    order = sorted(
        (
            number
            for number, group in enumerate(groups)
            if place_id in {None, group.place_id} and theme_id in {None, group.theme_id}
        ),
        key=lambda number: _rank(groups[number]),
    )
    shown, rest = order[:limit], order[limit:]
    return GroupMap(
        groups=tuple(groups[number] for number in shown),
        ties=_between(first[~inside], second[~inside], shown, len(groups)),
        others=_summed([groups[number] for number in rest]),
        group_count=len(groups),
        organisation_count=len(network),
        with_place_count=int((found.place != UNKNOWN).sum()),
        by_office_count=int(found.by_office.sum()),
        with_theme_count=int((found.theme != UNKNOWN).sum()),
        tie_count=len(first),
        places=_choices((group.place_id, group.place_name) for group in groups),
        themes=_choices((group.theme_id, group.theme_name) for group in groups),
    )


def group_members(network: Network, place_id: str, theme_id: str) -> tuple[str, ...]:
    """Return the ids of the organisations in one group, in order of name; "" asks for unknown."""
    found = main_things(network)
    place = _column(network.thing_ids("place"), place_id)
    theme = _column(network.thing_ids("theme"), theme_id)
    if place is None or theme is None:
        return ()
    rows = np.flatnonzero((found.place == place) & (found.theme == theme)).tolist()
    rows.sort(key=lambda row: (network.names[row].casefold(), network.organisation_ids[row]))
    return tuple(network.organisation_ids[row] for row in rows)


def _ends(network: Network, of_organisation: Ints) -> tuple[Ints, Ints]:
    """Return the groups at both ends of each tie, the lower number first."""
    ties = sparse.triu(network.ties, k=1).tocoo()
    starts, ends = of_organisation[ties.row], of_organisation[ties.col]
    return np.minimum(starts, ends), np.maximum(starts, ends)


def _between(first: Ints, second: Ints, shown: list[int], count: int) -> tuple[GroupTie, ...]:
    place_of = np.full(count, UNKNOWN, dtype=np.int64)
    place_of[shown] = np.arange(len(shown))
    starts, ends = place_of[first], place_of[second]
    seen = (starts != UNKNOWN) & (ends != UNKNOWN)
    low, high = np.minimum(starts, ends)[seen], np.maximum(starts, ends)[seen]
    pairs, counts = np.unique(np.column_stack((low, high)), axis=0, return_counts=True)
    ties = [
        GroupTie(low, high, tie_count)
        for (low, high), tie_count in zip(pairs.tolist(), counts.tolist(), strict=True)
    ]
    return tuple(sorted(ties, key=lambda tie: (-tie.tie_count, tie.first, tie.second)))


def _summed(groups: list[Group]) -> OtherGroups:
    return OtherGroups(
        len(groups),
        sum(group.organisation_count for group in groups),
        sum(group.inner_tie_count for group in groups),
        sum(group.outer_tie_count for group in groups),
    )


def _rank(group: Group) -> tuple[int, str, str, str, str]:
    return (
        -group.organisation_count,
        group.place_name,
        group.theme_name,
        group.place_id,
        group.theme_id,
    )


def _named(network: Network, ids: tuple[str, ...], column: int, unknown: str) -> tuple[str, str]:
    return ("", unknown) if column == UNKNOWN else (ids[column], network.name_of(ids[column]))


def _column(ids: tuple[str, ...], thing_id: str) -> int | None:
    if not thing_id:
        return UNKNOWN
    return ids.index(thing_id) if thing_id in ids else None


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(pairs), key=lambda pair: (not pair[0], pair[1], pair[0])))
