"""The rows behind the five conditions."""

from __future__ import annotations

from collections.abc import Sequence

from matching import Network
from matching.gaps.conditions import Conditions, PairKind
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Figure,
    Settings,
    Table,
)

__all__ = [
    "activities",
    "backbone",
    "backbone_parts",
    "board",
    "contacts",
    "goals",
    "projects",
    "signatures",
    "values",
]

_PAIRS = {
    PairKind.COMPLEMENTARY: "complete each other",
    PairKind.DUPLICATING: "double each other",
    PairKind.NEITHER: "neither",
    PairKind.UNKNOWN: "not known",
}


_CONDITIONS = {
    "signed": "Common agenda: have signed a goal",
    "reporting": "Shared measurement: projects that report",
    "complementary": "Reinforcing activities: partners who complete each other",
    "in-touch": "Communication: in touch within three months",
    "dependency": "Backbone: reach each other only through it",
}


def _count_of(figure: Figure) -> int | None:
    if not isinstance(figure.value, float) or not isinstance(figure.of, int):
        return None
    return round(figure.value * figure.of)


def board(figures: Sequence[Figure], settings: Settings) -> Table:
    """Return the conditions that are shares, now and before."""
    return Table(
        "board",
        "The five conditions, now and in the report before",
        (
            Column("condition", "Condition"),
            Column("count", "How many", ColumnKind.COUNT),
            Column("of", "Of", ColumnKind.COUNT),
            Column("share", "Now", ColumnKind.SHARE, made_of=("count", "of")),
            *(() if settings.is_public else (Column("before", "Before", ColumnKind.SHARE),)),
        ),
        tuple(
            (
                _CONDITIONS[figure.id],
                _count_of(figure),
                figure.of,
                figure.value,
                *(() if settings.is_public else (figure.before,)),
            )
            for figure in figures
            if figure.id in _CONDITIONS
        ),
        note="For the backbone, less is better: a network that stands by itself.",
    )


def goals(found: Conditions) -> Table:
    """Return the goals, those with most signatures first."""
    return Table(
        "goals",
        "Goals and who stands behind them",
        (
            Column("goal", "Goal"),
            Column("signed", "Signed by", ColumnKind.COUNT),
            Column("with_role", "of which say what they will do", ColumnKind.COUNT),
            Column("advanced", "Work towards it unsigned", ColumnKind.COUNT),
        ),
        tuple(
            (goal.name, len(goal.signed_by), goal.with_role, len(goal.advanced_by))
            for goal in found.agenda.goals
        ),
    )


def signatures(found: Conditions, network: Network) -> Table:
    """Return every organisation, with whether it has signed a goal."""
    agenda = found.agenda
    rows = [
        (network.name_of(key), key, words)
        for ids, words in (
            (agenda.signed_ids, "has signed a goal"),
            (agenda.advancing_ids, "works towards one, unsigned"),
            (agenda.neither_ids, "neither"),
        )
        for key in ids
    ]
    return Table(
        "signed",
        "Who has signed a goal",
        (
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("standing", "Standing"),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def projects(found: Conditions, network: Network) -> Table:
    """Return every running project, with whether it reports a shared measure."""
    measurement = found.measurement
    rows = [
        (network.name_of(key), words, key)
        for ids, words in (
            (measurement.by_itself_ids, "reports itself"),
            (measurement.through_partner_ids, "reports through a partner"),
            (measurement.not_reporting_ids, "does not report"),
        )
        for key in ids
    ]
    return Table(
        "projects",
        "Running projects, and whether they report a shared measure",
        (Column("name", "Project"), Column("standing", "Standing"), Column("id", "Id")),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def values(found: Conditions, network: Network) -> Table:
    """Return every value of every measure."""
    rows: list[tuple[Cell, ...]] = [
        (
            measure.name,
            network.name_of(value.reporter_id),
            value.on.isoformat(),
            value.value,
            measure.unit,
        )
        for measure in found.measurement.measures
        for value in measure.values
    ]
    return Table(
        "values",
        "Every value that was reported",
        (
            Column("measure", "Measure"),
            Column("reporter", "Reported by"),
            Column("on", "For", ColumnKind.DAY),
            Column("value", "Value", ColumnKind.NUMBER),
            Column("unit", "Unit"),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def activities(found: Conditions, network: Network) -> Table:
    """Return every pair of partners, with what they are to each other."""
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(pair.first_id),
            pair.first_id,
            network.name_of(pair.second_id),
            pair.second_id,
            words,
            pair.offers_in_common,
            pair.themes_in_common,
            pair.communities_in_common,
            pair.places_in_common,
        )
        for kind, words in _PAIRS.items()
        for pair in found.activities.pairs(kind)
    ]
    return Table(
        "activities",
        "Every pair of partners, and what they are to each other",
        (
            Column("first", "Organisation"),
            Column("first_id", "Id", ColumnKind.ORGANISATION),
            Column("second", "Partner"),
            Column("second_id", "Id of the partner", ColumnKind.ORGANISATION),
            Column("what", "They"),
            Column("offers", "Offers in common", ColumnKind.NUMBER),
            Column("themes", "Themes", ColumnKind.NUMBER),
            Column("communities", "Communities", ColumnKind.NUMBER),
            Column("places", "Places", ColumnKind.NUMBER),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def contacts(found: Conditions, network: Network) -> Table:
    """Return every partnership, with the day of its last contact."""
    return Table(
        "contacts",
        "Every partnership, and when its two were last in touch",
        (
            Column("first", "Organisation"),
            Column("first_id", "Id", ColumnKind.ORGANISATION),
            Column("second", "Partner"),
            Column("second_id", "Id of the partner", ColumnKind.ORGANISATION),
            Column("last_on", "Last contact", ColumnKind.DAY),
            Column("days", "Days ago", ColumnKind.NUMBER),
        ),
        tuple(
            (
                network.name_of(tie.first_id),
                tie.first_id,
                network.name_of(tie.second_id),
                tie.second_id,
                tie.last_on.isoformat() if tie.last_on else None,
                tie.days_since,
            )
            for tie in found.communication.ties()
        ),
        note="Those without any recorded contact come first, then the longest silent.",
        shown=0,
        is_of_members=True,
    )


def backbone(found: Conditions, network: Network) -> Table:
    """Return all but the backbone, those first that have no other tie."""
    support = found.backbone
    hanging, supported = set(support.hanging_ids), set(support.supported_ids)
    others = [
        key
        for key, is_open in zip(network.organisation_ids, network.is_open.tolist(), strict=True)
        if is_open and key not in support.backbone_ids
    ]
    others.sort(key=lambda key: (key not in hanging, network.name_of(key).casefold(), key))
    return Table(
        "backbone",
        "Who hangs on the backbone",
        (
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("supported", "Supported by the backbone"),
            Column("hanging", "Has no other tie"),
        ),
        tuple(
            (
                network.name_of(key),
                key,
                "yes" if key in supported else "no",
                "yes" if key in hanging else "no",
            )
            for key in others
        ),
        is_of_members=True,
    )


def backbone_parts(found: Conditions) -> Table:
    """Return into which parts the others fall with the backbone and without, if there is one."""
    support = found.backbone
    known = (support.with_backbone, support.without_backbone) if support.backbone_ids else ()
    both = [dict(each.pieces) for each in known]
    return Table(
        "backbone-parts",
        "Parts whose organisations reach each other, with the backbone and without it",
        (
            Column("size", "Organisations in the part", ColumnKind.NUMBER),
            Column("with_backbone", "Parts with the backbone", ColumnKind.COUNT),
            Column("without_backbone", "Parts without it", ColumnKind.COUNT),
        ),
        tuple(
            (size, *(parts.get(size, 0) for parts in both))
            for size in sorted({size for parts in both for size in parts}, reverse=True)
        ),
        note="The backbone itself is in none. A part of 6 holds 6 × 5 ÷ 2 = 15 pairs.",
        is_of_members=True,
    )
