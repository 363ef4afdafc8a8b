"""The section on the five conditions."""

from __future__ import annotations

from matching import Network
from matching.gaps.conditions import Conditions, Part, conditions
from reports.part import Part as Written
from reports.part import Sense, compared
from reports.report import (
    Chart,
    ChartKind,
    ColumnKind,
    Figure,
    Section,
    Settings,
)
from reports.sections.conditions import tables
from reports.sections.conditions.definitions import DEFINITIONS
from reports.sections.conditions.headlines import headlines

__all__ = ["five_conditions"]

_SENSES = {
    "signed": Sense.MORE,
    "reporting": Sense.MORE,
    "complementary": Sense.MORE,
    "since-contact": Sense.LESS,
    "in-touch": Sense.MORE,
    "dependency": Sense.LESS,
}


_BOARD = Chart(
    "board",
    ChartKind.BARS,
    "The five conditions at a glance",
    "One bar for each condition that is a share: how many organisations have signed a goal, how "
    "many projects report a shared measure, how many partners complete each other, how many are in "
    "touch, and how far the network depends on its backbone.",
    "board",
    "condition",
    ("share",),
)


def five_conditions(network: Network, before: Network | None, settings: Settings) -> Written:
    """Return the section on the five conditions."""
    found = conditions(network)
    figures = compared(
        _figures(found), () if before is None else _figures(conditions(before)), _SENSES
    )
    every = (
        tables.board(figures, settings),
        tables.goals(found),
        tables.signatures(found, network),
        tables.projects(found, network),
        tables.values(found, network),
        tables.activities(found, network),
        tables.contacts(found, network),
        tables.backbone(found, network),
        tables.backbone_parts(found),
    )
    return Written(
        Section(
            id="conditions",
            title="The five conditions of collective impact",
            lead="Collective impact needs a common agenda, shared measurement, activities that "
            "reinforce each other, continuous communication and a backbone. These numbers say how "
            "far this network has come with each.",
            figures=tuple(figure.id for figure in figures),
            charts=(_BOARD.id,),
            tables=tuple(table.id for table in every),
        ),
        figures=figures,
        charts=(_BOARD,),
        tables=every,
        definitions=DEFINITIONS,
        headlines=headlines(figures),
    )


def _figures(found: Conditions) -> tuple[Figure, ...]:
    days = found.communication.median_days
    return (
        _share("signed", "Organisations that have signed a goal", found.agenda.signed, "signed"),
        _share(
            "reporting",
            "Running projects that report a shared measure",
            found.measurement.reporting,
            "projects",
        ),
        _share(
            "complementary",
            "Partners who complete rather than double each other",
            found.activities.complementary,
            "activities",
        ),
        Figure(
            "since-contact",
            "Days since partners were last in touch, in the middle",
            ColumnKind.NUMBER,
            days,
            "since-contact",
            "contacts",
            of=found.communication.with_contact.count,
            unit="days",
        ),
        _share(
            "in-touch",
            "Partnerships in touch within three months",
            found.communication.recent,
            "contacts",
        ),
        Figure(
            "dependency",
            "Pairs that reach each other only through the backbone",
            ColumnKind.SHARE,
            found.backbone.dependency,
            "dependency",
            "backbone-parts",
            of=found.backbone.with_backbone.reachable.of,
        ),
    )


def _share(figure_id: str, label: str, part: Part, table: str) -> Figure:
    return Figure(figure_id, label, ColumnKind.SHARE, part.share, figure_id, table, of=part.of)
