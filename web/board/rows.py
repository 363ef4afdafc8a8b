"""The rows behind the numbers of the board, as tables: for a page and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from matching.gaps.conditions import Conditions, PairKind, SharedWork
from web.board.forms import Condition
from web.wording import NameOf, count

__all__ = ["Column", "Rows", "rows_of"]

Cell = str | int

_KINDS = {
    PairKind.COMPLEMENTARY: "complete each other",
    PairKind.DUPLICATING: "do the same",
    PairKind.NEITHER: "do neither",
    PairKind.UNKNOWN: "have told too little",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``is_id``: it holds the id of what the next column names.

    A page leaves out what is not ``in_page``; a file has it all.
    """

    key: str
    title: str
    is_id: bool = False
    is_number: bool = False
    in_page: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its title, columns and rows, and how many rows there are."""

    title: str
    columns: tuple[Column, ...]
    cells: Iterable[tuple[Cell, ...]]
    total: int


_ORGANISATION = (Column("organisation_id", "", is_id=True), Column("organisation", "Organisation"))
_PAIR = (
    Column("first_id", "", is_id=True),
    Column("first", "Organisation"),
    Column("second_id", "", is_id=True),
    Column("second", "Partner"),
)


def rows_of(found: Conditions, condition: Condition, name_of: NameOf) -> Rows:
    """Return the rows behind one condition; they are made as they are read."""
    make: dict[Condition, Callable[[Conditions, NameOf], Rows]] = {
        Condition.AGENDA: _agenda,
        Condition.MEASUREMENT: _measurement,
        Condition.ACTIVITIES: _activities,
        Condition.COMMUNICATION: _communication,
        Condition.BACKBONE: _backbone,
    }
    return make[condition](found, name_of)


def _named(ids: Iterable[str], name_of: NameOf, *more: Cell) -> Iterator[tuple[Cell, ...]]:
    return ((key, name_of(key), *more) for key in ids)


def _agenda(found: Conditions, name_of: NameOf) -> Rows:
    agenda = found.agenda
    cells = chain(
        _named(agenda.signed_ids, name_of, "has signed a goal"),
        _named(agenda.advancing_ids, name_of, "works towards a goal only"),
        _named(agenda.neither_ids, name_of, "neither"),
    )
    columns = (*_ORGANISATION, Column("standing", "Common agenda"))
    return Rows("Who has signed a goal", columns, cells, agenda.signed.of)


def _measurement(found: Conditions, name_of: NameOf) -> Rows:
    measuring = found.measurement
    cells = chain(
        _named(measuring.by_itself_ids, name_of, "reports by itself"),
        _named(measuring.through_partner_ids, name_of, "reports through a partner"),
        _named(measuring.not_reporting_ids, name_of, "reports no shared measure"),
    )
    columns = (
        Column("project_id", "", is_id=True),
        Column("project", "Project"),
        Column("standing", "Shared measurement"),
    )
    return Rows("Which running projects report", columns, cells, measuring.reporting.of)


def _activities(found: Conditions, name_of: NameOf) -> Rows:
    order = (PairKind.DUPLICATING, PairKind.COMPLEMENTARY, PairKind.NEITHER, PairKind.UNKNOWN)
    pairs = chain.from_iterable(found.activities.pairs(kind) for kind in order)
    cells = (
        (
            pair.first_id,
            name_of(pair.first_id),
            pair.second_id,
            name_of(pair.second_id),
            _KINDS[pair.kind],
            _in_common(pair),
            pair.offers_in_common,
            pair.fewer_offers,
            pair.themes_in_common,
            pair.communities_in_common,
            pair.places_in_common,
            pair.goals_in_common,
            pair.goals_with_other_roles,
        )
        for pair in pairs
    )
    columns = (
        *_PAIR,
        Column("kind", "They"),
        Column("in_common", "In common"),
        *(
            Column(name, "", is_number=True, in_page=False)
            for name in (
                "offers_in_common",
                "fewer_offers",
                "themes_in_common",
                "communities_in_common",
                "places_in_common",
                "goals_in_common",
                "goals_with_other_roles",
            )
        ),
    )
    return Rows("Pairs of partners", columns, cells, found.activities.judged.of)


def _in_common(pair: SharedWork) -> str:
    others = (
        (pair.themes_in_common, "theme", ""),
        (pair.communities_in_common, "community", "communities"),
        (pair.places_in_common, "place", ""),
        (pair.goals_in_common, "goal", ""),
    )
    offers = f"{pair.offers_in_common} of {pair.fewer_offers} {count(pair.fewer_offers, 'offer')}"
    told = [f"{found} {count(found, one, many)}" for found, one, many in others if found]
    return ", ".join((offers, *told))


def _communication(found: Conditions, name_of: NameOf) -> Rows:
    cells = (
        (
            tie.first_id,
            name_of(tie.first_id),
            tie.second_id,
            name_of(tie.second_id),
            tie.last_on.isoformat() if tie.last_on else "none recorded",
            "" if tie.days_since is None else tie.days_since,
        )
        for tie in found.communication.ties()
    )
    columns = (
        *_PAIR,
        Column("last_contact", "Last contact"),
        Column("days_since", "Days since", is_number=True),
    )
    return Rows("When partners were in touch", columns, cells, found.communication.recent.of)


def _backbone(found: Conditions, name_of: NameOf) -> Rows:
    support = found.backbone
    hanging = set(support.hanging_ids)
    # Whoever hangs on a backbone alone may be its partner, and no member.
    ids = sorted(hanging | set(support.supported_ids), key=lambda key: (key not in hanging, key))
    supported = set(support.supported_ids)
    cells = (
        (
            key,
            name_of(key),
            "yes" if key in supported else "no",
            "yes" if key in hanging else "no",
        )
        for key in ids
    )
    columns = (
        *_ORGANISATION,
        Column("supported", "Supported"),
        Column("hangs_on_backbone_alone", "No tie but to the backbone"),
    )
    return Rows("Who is tied to the backbone", columns, cells, len(ids))
