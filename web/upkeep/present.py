"""What waits for an answer, as rows that a person can read and answer one by one or together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from graph.model import Organisation, Relationship
from graph.waiting import Waiting
from web.door import Door
from web.upkeep.forms import ListQuery, Section
from web.wording import (
    basis,
    claim,
    count,
    freshness,
    isolated,
    number,
    source_of,
    sureness,
)

__all__ = ["PAGE_SIZE", "Group", "Page", "Row", "page_of"]

PAGE_SIZE = 50
_PAGES_AROUND = 2
_PROJECTS_NAMED = 3

Maker = Callable[[Door, Waiting, int, int], Sequence["Group"]]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to answer: what is said, and underneath how we know it."""

    id: str
    says: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows about one thing; ``id`` is that of an organisation, or '' where it has no page."""

    id: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: rows from ``first`` to ``last`` of ``total``, and the pages around."""

    groups: tuple[Group, ...]
    first: int
    last: int
    total: int
    number: int
    links: tuple[tuple[int, str, bool] | None, ...]
    previous: str
    next: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all rows."""
        return tuple(row.id for group in self.groups for row in group.rows)


def page_of(query: ListQuery, door: Door) -> Page:
    """Return a page of a list; a page past the end is the last one."""
    if query.section is Section.WORDS:
        return _words(query, door)
    waiting = door.desk.waiting()
    make, total = {
        Section.INFERRED: (_inferred(query), len(door.desk.inferred(query.about))),
        Section.UNCONFIRMED: (_unconfirmed, len(waiting.unconfirmed)),
        Section.REMOVED: (_removed, len(waiting.removed)),
        Section.PLACES: (_unlocated, len(waiting.unlocated)),
    }[query.section]
    return _paged(query, total, lambda start, stop: make(door, waiting, start, stop))


def _paged(query: ListQuery, total: int, make: Callable[[int, int], Sequence[Group]]) -> Page:
    last_page = max(1, -(-total // PAGE_SIZE))
    page = min(query.page, last_page)
    start, stop = (page - 1) * PAGE_SIZE, min(page * PAGE_SIZE, total)
    return Page(
        groups=tuple(make(start, stop)),
        first=start + 1,
        last=stop,
        total=total,
        number=page,
        links=_links(query, page, last_page),
        previous=_address(query, page - 1) if page > 1 else "",
        next=_address(query, page + 1) if page < last_page else "",
    )


def _inferred(query: ListQuery) -> Maker:
    def make(door: Door, waiting: Waiting, start: int, stop: int) -> Sequence[Group]:
        del waiting
        return _grouped(door.desk.ties(door.desk.inferred(query.about), start, stop), door, _why)

    return make


def _unconfirmed(door: Door, waiting: Waiting, start: int, stop: int) -> Sequence[Group]:
    today = door.today()
    return _grouped(
        door.desk.ties(waiting.unconfirmed, start, stop),
        door,
        lambda tie: (
            f"{freshness(tie.provenance.last_confirmed, today)}. From {source_of(tie.provenance)}.",
        ),
    )


def _why(tie: Relationship) -> tuple[str, ...]:
    told = tie.provenance
    rests_on = basis(told)
    return (
        f"{sureness(told.confidence)}{f', from {rests_on}' if rests_on else ''}",
        f"Source: {isolated(told.source)}",
    )


def _grouped(
    ties: Sequence[Relationship],
    door: Door,
    details: Callable[[Relationship], tuple[str, ...]],
) -> list[Group]:
    return [
        Group(
            owner if door.node(Organisation, owner) is not None else "",
            door.name_of(owner),
            tuple(Row(tie.id, claim(tie, door.name_of), details(tie)) for tie in mine),
        )
        for owner, mine in groupby(ties, key=lambda tie: tie.from_id)
    ]


def _removed(door: Door, waiting: Waiting, start: int, stop: int) -> Sequence[Group]:
    rows = waiting.removed[start:stop].tolist()
    return [
        Group(
            organisation.id,
            organisation.name,
            (Row(organisation.id, door.closure(organisation), _leaves(door, row, organisation)),),
        )
        for row, organisation in zip(rows, door.desk.organisations(rows), strict=True)
    ]


def _leaves(door: Door, row: int, organisation: Organisation) -> tuple[str, ...]:
    left = door.desk.left_behind(row)
    lines = [f"Source: {isolated(organisation.provenance.source)}"]
    if left.partnerships:
        ties = count(left.partnerships, "tie")
        lines.append(f"Leaves {number(left.partnerships)} {ties} with other organisations")
    if left.project_ids:
        named = [isolated(door.name_of(key)) for key in left.project_ids[:_PROJECTS_NAMED]]
        more = len(left.project_ids) - len(named)
        rest = f" and {number(more)} more" if more else ""
        lines.append(
            f"Leaves {count(len(named) + more, 'the project', 'the projects')} "
            f"{', '.join(named)}{rest}"
        )
    return tuple(lines)


def _unlocated(door: Door, waiting: Waiting, start: int, stop: int) -> Sequence[Group]:
    found = (door.node(Organisation, key) for key in waiting.unlocated[start:stop])
    return [
        Group(
            organisation.id,
            organisation.name,
            (Row(organisation.id, "No place is known", _hints(organisation)),),
        )
        for organisation in found
        if organisation is not None
    ]


def _hints(organisation: Organisation) -> tuple[str, ...]:
    hints = []
    if organisation.postcode:
        hints.append(f"Postcode {isolated(organisation.postcode)}")
    hints.append(f"Source: {isolated(organisation.provenance.source)}")
    return tuple(hints)


def _words(query: ListQuery, door: Door) -> Page:
    found, read = door.desk.unmapped()
    return _paged(
        query,
        len(found),
        lambda start, stop: [
            Group(
                "",
                word.words,
                (
                    Row(
                        word.words,
                        f"in {number(word.count)} of {number(read)} descriptions",
                        (f"{isolated(', '.join(map(door.name_of, word.examples)))}",),
                    ),
                ),
            )
            for word in found[start:stop]
        ],
    )


def _links(query: ListQuery, page: int, last: int) -> tuple[tuple[int, str, bool] | None, ...]:
    near = {1, last, *range(page - _PAGES_AROUND, page + _PAGES_AROUND + 1)}
    shown = sorted(number for number in near if 1 <= number <= last)
    links: list[tuple[int, str, bool] | None] = []
    for before, number_ in zip((0, *shown), shown, strict=False):
        if number_ - before > 1:
            links.append(None)
        links.append((number_, _address(query, number_), number_ == page))
    return tuple(links)


def _address(query: ListQuery, page: int) -> str:
    return url_for("upkeep.index", section=query.section, about=query.about or None, page=page)
