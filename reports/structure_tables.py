"""How the network hangs together, as tables: for the prompt and for spreadsheets.

Where no organisations may be named, the tables of those that would be are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from matching.gaps.structure import Share, Silo, Structure
from reports.part import listed
from reports.report import Cell, Column, ColumnKind, Table
from reports.structure_words import ROLE_NAMES

__all__ = ["BACKBONE", "StructureTable", "structure_table"]

NameOf = Callable[[str], str]
Rows = Iterator[tuple[Cell, ...]]

BACKBONE = "the backbone itself"


class StructureTable(StrEnum):
    """What can be listed."""

    ISOLATES = "isolates"
    ISLANDS = "islands"
    CIRCLES = "circles"
    CIRCLE_MEMBERS = "circle-members"
    CIRCLE_GAPS = "circle-gaps"
    ROLES = "roles"
    BETWEEN = "between"
    CUT_POINTS = "cut-points"
    CUT_OFF = "cut-off"
    BRIDGING_TIES = "bridging-ties"
    CORE = "core"


def structure_table(found: Structure, which: StructureTable, name_of: NameOf) -> Table:
    """Return one table; its note says of how many it has the first."""
    title, columns, rows = _TABLES[which]
    cells = tuple(rows(found, name_of))
    of = {
        StructureTable.CIRCLE_GAPS: (len(found.silo_gaps), found.silo_gap_count),
        StructureTable.CUT_POINTS: (len(found.cut_points), found.cut_point_count),
        StructureTable.BRIDGING_TIES: (len(found.bridges), found.bridge_count),
        StructureTable.BETWEEN: _ranked(found),
        StructureTable.CORE: (len(found.core.core_ids), found.core.core_count),
    }.get(which, (0, 0))
    note = f"The first {of[0]:,} of {of[1]:,}." if 0 < of[0] < of[1] else ""
    return Table(which.value, title, columns, cells, note)


def _ranked(found: Structure) -> tuple[int, int]:
    ranking = found.most_between
    return (len(ranking.rows), ranking.ranked_count) if ranking else (0, 0)


def _organisation(key: str, title: str = "Organisation") -> tuple[Column, Column]:
    return Column(key, title), Column(f"{key}_id", "Id", ColumnKind.ORGANISATION)


def _count(key: str, title: str) -> Column:
    return Column(key, title, ColumnKind.COUNT)


def _isolates(found: Structure, name_of: NameOf) -> Rows:
    return ((name_of(key), key) for key in found.isolate_ids)


def _islands(found: Structure, name_of: NameOf) -> Rows:
    for number, island in enumerate(found.islands, start=1):
        yield from ((number, len(island), name_of(key), key) for key in island)


def _circles(found: Structure, name_of: NameOf) -> Rows:
    for number, silo in enumerate(found.silos, start=1):
        yield (
            number,
            len(silo.member_ids),
            _shares(silo.places, name_of),
            _shares(silo.themes, name_of),
            silo.inner_ties,
            silo.outer_ties,
            round(silo.expected_outer_ties, 1),
            silo.outward_share,
            silo.chance_outward_share,
        )


def _shares(shares: Iterable[Share], name_of: NameOf) -> str:
    return listed(f"{name_of(each.thing_id)} ({each.organisation_count:,})" for each in shares)


def _members(found: Structure, name_of: NameOf) -> Rows:
    for number, silo in enumerate(found.silos, start=1):
        yield from ((number, name_of(key), key, *said) for key, *said in _who(silo))


def _who(silo: Silo) -> Iterator[tuple[str, str, int | None]]:
    gates = {way.organisation_id: way.tie_count for way in silo.gatekeepers}
    for key in silo.member_ids:
        yield key, "gatekeeper" if key in gates else "member", gates.get(key)
    yield from ((way.organisation_id, "joins it", way.tie_count) for way in silo.joined_through)


def _gaps(found: Structure, name_of: NameOf) -> Rows:
    for gap in found.silo_gaps:
        circles = (gap.first + 1, gap.second + 1, gap.tie_count)
        if not gap.between_ids:
            yield (*circles, None, None)
        yield from ((*circles, name_of(key), key) for key in gap.between_ids)


def _roles(found: Structure, name_of: NameOf) -> Rows:
    for each in found.roles:
        backbones = frozenset(each.backbone_ids)
        said = (ROLE_NAMES[each.role], each.count, each.of_count)
        if not each.organisation_ids:
            yield (*said, None, None, None)
        yield from (
            (*said, name_of(key), key, BACKBONE if key in backbones else None)
            for key in each.organisation_ids
        )


def _between(found: Structure, name_of: NameOf) -> Rows:
    for each in found.most_between.rows if found.most_between else ():
        yield (
            each.rank,
            each.rank_low,
            each.rank_high,
            name_of(each.organisation_id),
            each.organisation_id,
            each.share,
            round(each.value, 2),
            round(each.standard_error, 2),
            each.partner_count,
            round(each.constraint, 3),
            round(each.effective_size, 2),
            BACKBONE if each.is_backbone else None,
        )


def _cut_points(found: Structure, name_of: NameOf) -> Rows:
    for each in found.cut_points:
        yield (
            name_of(each.organisation_id),
            each.organisation_id,
            each.cut_off_count,
            ", ".join(f"{size}" for size in each.part_sizes),
            BACKBONE if each.is_backbone else None,
        )


def _cut_off(found: Structure, name_of: NameOf) -> Rows:
    for each in found.cut_points:
        start = (name_of(each.organisation_id), each.organisation_id)
        yield from ((*start, name_of(key), key) for key in each.cut_off_ids)


def _bridging_ties(found: Structure, name_of: NameOf) -> Rows:
    for tie in found.bridges:
        ends = (name_of(tie.first_id), tie.first_id, name_of(tie.second_id), tie.second_id)
        yield (*ends, tie.cut_off_count)


def _core(found: Structure, name_of: NameOf) -> Rows:
    return ((name_of(key), key) for key in found.core.core_ids)


_NOTE = Column("note", "Note")
_TABLES: dict[
    StructureTable, tuple[str, tuple[Column, ...], Callable[[Structure, NameOf], Rows]]
] = {
    StructureTable.ISOLATES: (
        "Organisations without a partner",
        _organisation("organisation"),
        _isolates,
    ),
    StructureTable.ISLANDS: (
        "Small groups apart from the largest part",
        (
            Column("group", "Group", ColumnKind.NUMBER),
            _count("members", "Members"),
            *_organisation("organisation"),
        ),
        _islands,
    ),
    StructureTable.CIRCLES: (
        "Circles that keep to themselves",
        (
            Column("circle", "Circle", ColumnKind.NUMBER),
            _count("members", "Members"),
            Column("places", "Mostly in"),
            Column("themes", "Mostly on"),
            _count("inner", "Ties inside"),
            _count("outer", "Ties outside"),
            Column("expected", "By chance outside", ColumnKind.NUMBER),
            Column("outward_share", "Share outside", ColumnKind.SHARE),
            Column("chance_outward_share", "Least by lot", ColumnKind.SHARE),
        ),
        _circles,
    ),
    StructureTable.CIRCLE_MEMBERS: (
        "Who is in each circle, and who joins it to others",
        (
            Column("circle", "Circle", ColumnKind.NUMBER),
            *_organisation("organisation"),
            Column("standing", "It is"),
            _count("ties", "Ties across"),
        ),
        _members,
    ),
    StructureTable.CIRCLE_GAPS: (
        "Circles with no tie or one between them",
        (
            Column("first_circle", "Circle", ColumnKind.NUMBER),
            Column("second_circle", "Other circle", ColumnKind.NUMBER),
            _count("ties", "Ties"),
            *_organisation("between", "Has ties to both"),
        ),
        _gaps,
    ),
    StructureTable.ROLES: (
        "What organisations are to the network",
        (
            Column("role", "Role"),
            _count("organisations", "Organisations"),
            _count("of", "Of"),
            *_organisation("organisation"),
            _NOTE,
        ),
        _roles,
    ),
    StructureTable.BETWEEN: (
        "Who stands between others",
        (
            Column("rank", "Rank", ColumnKind.NUMBER),
            Column("rank_low", "At best", ColumnKind.NUMBER),
            Column("rank_high", "At worst", ColumnKind.NUMBER),
            *_organisation("organisation"),
            Column("share", "Ways through it", ColumnKind.SHARE),
            Column("pairs", "Pairs", ColumnKind.NUMBER),
            Column("error", "± by lot", ColumnKind.NUMBER),
            _count("partners", "Partners"),
            Column("constraint", "Constraint", ColumnKind.NUMBER),
            Column("effective_size", "Effective size", ColumnKind.NUMBER),
            _NOTE,
        ),
        _between,
    ),
    StructureTable.CUT_POINTS: (
        "Without whom others would be cut off",
        (
            *_organisation("organisation"),
            _count("cut_off", "Cut off"),
            Column("parts", "Parts left"),
            _NOTE,
        ),
        _cut_points,
    ),
    StructureTable.CUT_OFF: (
        "Who would be cut off",
        (*_organisation("without", "Without"), *_organisation("organisation", "Cut off")),
        _cut_off,
    ),
    StructureTable.BRIDGING_TIES: (
        "Ties without which others would be cut off",
        (
            *_organisation("first"),
            *_organisation("second", "Partner"),
            _count("cut_off", "Cut off"),
        ),
        _bridging_ties,
    ),
    StructureTable.CORE: ("At the core", _organisation("organisation"), _core),
}
