"""Maps as pages show them: the picture, and the tables that say the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from matching import Network
from matching.groups import Group, GroupMap
from matching.inferred_ties import InferredTie
from matching.neighbourhood import Neighbourhood, NeighbourTie
from web.door import Door
from web.map.forms import NOT_GIVEN, GroupQuery
from web.wording import in_common, isolated

__all__ = [
    "LINKS_LISTED",
    "CommonRow",
    "Entry",
    "GroupLink",
    "GroupPage",
    "TieRow",
    "choices",
    "common_rows",
    "group_address",
    "group_links",
    "group_page",
    "organisation_address",
    "tie_rows",
]

LINKS_LISTED = 200
PAGE_SIZE = 50
_PAGES_AROUND = 3

_KINDS = {"collaborates_with": "work together", "takes_part_in": "joint project"}


@dataclass(frozen=True, slots=True)
class GroupLink:
    """One line of the table of ties between groups."""

    first: Group
    second: Group
    tie_count: int


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie in words: who, with whom, how, from what source; ``facts`` are its fact ids."""

    first_id: str
    first_name: str
    second_id: str
    second_name: str
    how: str
    sources: str
    is_inferred: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommonRow:
    """All that an organisation has in common with the one in focus, in words."""

    partner_id: str
    partner_name: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation of a group."""

    id: str
    name: str
    partner_count: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page of the organisations of a group; ``links`` are (number, address, is this one)."""

    place_name: str
    theme_name: str
    place: str
    theme: str
    entries: tuple[Entry, ...]
    total: int
    links: tuple[tuple[int, str, bool], ...]
    previous: str
    next: str


def group_address(group: Group) -> str:
    """Return the page of one group."""
    return url_for(
        "map.group", place=group.place_id or NOT_GIVEN, theme=group.theme_id or NOT_GIVEN
    )


def organisation_address(organisation_id: str) -> str:
    """Return the page of the neighbourhood of an organisation: the map goes on from there."""
    return url_for("map.neighbours", organisation=organisation_id)


def group_links(group_map: GroupMap) -> list[GroupLink]:
    """Return the strongest ties between groups, at most :data:`LINKS_LISTED`."""
    groups = group_map.groups
    return [
        GroupLink(groups[tie.first], groups[tie.second], tie.tie_count)
        for tie in group_map.ties[:LINKS_LISTED]
    ]


def group_page(network: Network, query: GroupQuery, members: Sequence[str]) -> GroupPage:
    """Return one page of the organisations in a group; a page past the end is the last one."""
    last = max(1, -(-len(members) // PAGE_SIZE))
    page = min(query.page, last)
    near = range(max(1, page - _PAGES_AROUND), min(last, page + _PAGES_AROUND) + 1)
    return GroupPage(
        place_name=_thing_name(network, query.place, "No place given"),
        theme_name=_thing_name(network, query.theme, "No theme given"),
        place=query.place,
        theme=query.theme,
        entries=tuple(
            Entry(key, network.name_of(key), int(network.degrees[network.index_of(key)]))
            for key in members[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        ),
        total=len(members),
        links=tuple((number, _page_address(query, number), number == page) for number in near),
        previous=_page_address(query, page - 1) if page > 1 else "",
        next=_page_address(query, page + 1) if page < last else "",
    )


def choices(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what a filter offers: ids and names, the unknown under its stand-in."""
    return [(thing_id or NOT_GIVEN, name) for thing_id, name in pairs]


def tie_rows(around: Neighbourhood, door: Door) -> list[TieRow]:
    """Return the ties of a neighbourhood in words, in its order."""
    return [_tie_row(around, tie, door) for tie in around.ties]


def common_rows(ties: Sequence[InferredTie], door: Door) -> list[CommonRow]:
    """Return inferred ties in words, those with one organisation together, in their order."""
    ways: dict[str, list[str]] = {}
    for tie in ties:
        ways.setdefault(tie.partner_id, []).append(in_common(tie))
    return [CommonRow(key, door.name_of(key), tuple(found)) for key, found in ways.items()]


def _thing_name(network: Network, thing_id: str, unknown: str) -> str:
    return unknown if thing_id == NOT_GIVEN else network.name_of(thing_id)


def _page_address(query: GroupQuery, page: int) -> str:
    return url_for("map.group", place=query.place, theme=query.theme, page=page)


def _tie_row(around: Neighbourhood, tie: NeighbourTie, door: Door) -> TieRow:
    first, second = around.nodes[tie.first], around.nodes[tie.second]
    return TieRow(
        first_id=first.organisation_id,
        first_name=first.name,
        second_id=second.organisation_id,
        second_name=second.name,
        how="; ".join(_ways(tie, door)),
        sources="; ".join(tie.sources),
        is_inferred=tie.is_inferred,
        facts=tie.facts,
    )


def _ways(tie: NeighbourTie, door: Door) -> list[str]:
    ways = [_KINDS.get(kind, kind) for kind in tie.kinds if kind != "takes_part_in"]
    projects = [isolated(door.name_of(project)) for project in tie.projects]
    if projects:
        ways.append(f"{_KINDS['takes_part_in']}{'s' * (len(projects) > 1)}: {', '.join(projects)}")
    return ways
