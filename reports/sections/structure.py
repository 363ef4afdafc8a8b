"""How the network hangs together: who is apart, which circles keep to themselves, who bridges."""

from __future__ import annotations

from collections.abc import Sequence

from matching import Network
from matching.gaps.coverage import Naming
from matching.gaps.structure import Role, Silo, Structure
from matching.gaps.structure import structure as found_in
from reports.part import (
    Headline,
    Part,
    Sense,
    compared,
    confidence,
    count,
    direction_of,
    listed,
)
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Figure,
    Finding,
    Section,
    Settings,
    Table,
)
from reports.structure_words import (
    ROLE_NAMES,
    STRUCTURE_DEFINITIONS,
    circles_kept,
    nobody_named,
    said_first,
    structure_lead,
)

__all__ = ["structure"]

_NAMED = 3
_DEFINED = ("isolates", "largest-part", "silos", "roles", "between")


def structure(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on structure."""
    found = found_in(network)
    figures = compared(
        _figures(found),
        () if before is None else _figures(found_in(before)),
        {"isolates": Sense.LESS, "largest-part": Sense.MORE, "silos": Sense.LESS},
    )
    tables = (
        _silos(found.silos, network, settings),
        _roles(found, network, settings),
        _isolates(found, network),
        _members(found, network),
        _between(found, network),
    )
    return Part(
        Section(
            id="structure",
            title="How the network hangs together",
            lead=structure_lead(found),
            paragraphs=said_first(found),
            figures=tuple(figure.id for figure in figures),
            tables=tuple(table.id for table in tables),
        ),
        figures=figures,
        tables=tables,
        definitions=tuple(each for each in STRUCTURE_DEFINITIONS if each.id in _DEFINED),
        headlines=_headlines(found, figures, network, settings),
    )


def _figures(found: Structure) -> tuple[Figure, ...]:
    return (
        Figure(
            "isolates",
            "Organisations without a partner",
            ColumnKind.COUNT,
            len(found.isolate_ids),
            "isolates",
            "isolates",
            of=found.open_count,
        ),
        Figure(
            "largest-part",
            "Organisations in the largest part",
            ColumnKind.SHARE,
            found.largest_part_count / found.open_count if found.open_count else None,
            "largest-part",
            "roles",
            of=found.open_count,
        ),
        Figure(
            "silos",
            "Circles that keep to themselves",
            ColumnKind.COUNT,
            len(found.silos),
            "silos",
            "silos",
        ),
    )


def _silos(silos: Sequence[Silo], network: Network, settings: Settings) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            len(silo.member_ids),
            listed(network.name_of(each.thing_id) for each in silo.places),
            listed(network.name_of(each.thing_id) for each in silo.themes),
            silo.inner_ties,
            silo.outer_ties,
            round(silo.expected_outer_ties, 1),
            *(() if settings.is_public else (_ways(silo, network),)),
        )
        for number, silo in enumerate(silos, start=1)
    ]
    return Table(
        "silos",
        "Circles that keep to themselves",
        (
            Column("number", "Circle", ColumnKind.NUMBER),
            Column("members", "Members", ColumnKind.COUNT),
            Column("places", "Mostly in"),
            Column("themes", "Mostly on"),
            Column("inner", "Ties inside", ColumnKind.COUNT),
            Column("outer", "Ties outside", ColumnKind.COUNT),
            Column("expected", "By chance outside", ColumnKind.NUMBER),
            *(() if settings.is_public else (Column("through", "Joined through"),)),
        ),
        tuple(rows),
    )


def _ways(silo: Silo, network: Network) -> str:
    return listed(network.name_of(way.organisation_id) for way in silo.joined_through)


def _roles(found: Structure, network: Network, settings: Settings) -> Table:
    """Return how many have each role; who they are only where that can be said."""
    is_named = not settings.is_public and found.naming is not Naming.WITHHELD
    columns: tuple[Column, ...] = (
        Column("role", "Role"),
        Column("organisations", "Organisations", ColumnKind.COUNT),
        Column("of", "Of", ColumnKind.COUNT),
    )
    if is_named:
        columns = (*columns, Column("who", "Who"))
    rows: list[tuple[Cell, ...]] = [
        (
            ROLE_NAMES[each.role],
            each.count,
            each.of_count,
            *((listed(map(network.name_of, each.organisation_ids), 5),) if is_named else ()),
        )
        for each in found.roles
    ]
    core = found.core
    # In public without what is neither: all less it and one of them would tell a small other.
    middle = () if settings.is_public else (("Between core and edge", core.middle_count),)
    for words, number in (
        ("In the core", core.core_count),
        *middle,
        ("In the largest part", found.largest_part_count),
    ):
        rows.append((words, number, found.open_count, *(("",) if is_named else ())))
    return Table("roles", "What organisations are to the network", columns, tuple(rows), shown=12)


def _isolates(found: Structure, network: Network) -> Table:
    return Table(
        "isolates",
        "Organisations without a partner",
        (Column("name", "Organisation"), Column("id", "Id", ColumnKind.ORGANISATION)),
        tuple((network.name_of(key), key) for key in found.isolate_ids),
        shown=12,
        is_of_members=True,
    )


def _members(found: Structure, network: Network) -> Table:
    return Table(
        "silo-members",
        "Members of the circles that keep to themselves",
        (
            Column("circle", "Circle", ColumnKind.NUMBER),
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
        ),
        tuple(
            (number, network.name_of(key), key)
            for number, silo in enumerate(found.silos, start=1)
            for key in silo.member_ids
        ),
        shown=0,
        is_of_members=True,
    )


def _between(found: Structure, network: Network) -> Table:
    """Return who stands between others, with the ranks that each may have in truth."""
    ranking = found.most_between
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(each.organisation_id),
            each.organisation_id,
            each.share,
            each.rank,
            each.rank_low,
            each.rank_high,
            each.partner_count,
            round(each.constraint, 3),
            "the backbone itself" if each.is_backbone else "",
        )
        for each in (ranking.rows if ranking else ())
    ]
    return Table(
        "between",
        "Who stands between others",
        (
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("share", "Ways through it", ColumnKind.SHARE),
            Column("rank", "Rank", ColumnKind.NUMBER),
            Column("low", "At best", ColumnKind.NUMBER),
            Column("high", "At worst", ColumnKind.NUMBER),
            Column("partners", "Partners", ColumnKind.COUNT),
            Column("constraint", "Constraint", ColumnKind.NUMBER),
            Column("note", "Note"),
        ),
        tuple(rows),
        note=nobody_named(found) if ranking is None else "",
        is_of_members=True,
    )


def _headlines(
    found: Structure, figures: Sequence[Figure], network: Network, settings: Settings
) -> tuple[Headline, ...]:
    """Offer the closed circles, and who alone joins them to others."""
    if not found.silos:
        return ()
    members = sum(len(silo.member_ids) for silo in found.silos)
    brokers = next(each for each in found.roles if each.role is Role.BROKER)
    joining = {way.organisation_id for silo in found.silos for way in silo.joined_through}
    others = [
        key
        for key in brokers.organisation_ids
        if key in joining and key not in brokers.backbone_ids
    ]
    through = (
        f" {listed(map(network.name_of, others), _NAMED)} "
        f"{'joins' if len(others) == 1 else 'join'} them to the others."
        if others and not settings.is_public
        else ""
    )
    return (
        Headline(
            Finding(
                "silos",
                circles_kept(found),
                f"{count(members, 'organisation')} work mostly with each other.{through}",
                direction_of("silos", figures),
                *confidence(found.coverage.share, _TOLD),
                ("silos",),
            ),
            weight=0.5 + min(0.4, 2 * members / max(found.open_count, 1)),
        ),
    )


_TOLD = "of organisations have told of an offer, a need, a partner or a project."
