"""What hangs on one organisation, and whose closing would break most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching import Network
from matching.gaps.coverage import Naming, coverage_of
from matching.gaps.rehearsal import ClosingCost, SinglePoints, closing_costs, single_points
from matching.introductions.distances import open_ties
from reports.part import (
    Headline,
    Part,
    Sense,
    compared,
    confidence,
    count,
    direction_between,
    listed,
)
from reports.rehearsal_words import no_ranking
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Definition,
    Figure,
    Finding,
    Section,
    Settings,
    Table,
    Withheld,
)

__all__ = ["fragile"]

_SHOWN = 10
_PUBLIC_LEAD = (
    "Where a skill that others need, or a running project, hangs on one organisation, others are "
    "left without if it closes. Which ones these are stands in the version for coordinators."
)
_DEFINITIONS = (
    Definition(
        "one-lead",
        "Projects with one lead",
        "Projects that are running, have one organisation in the lead and others in them: if the "
        "lead closes, nobody leads.",
        formula="running projects with exactly one lead and at least one other organisation",
    ),
    Definition(
        "closing",
        "If an organisation closed",
        "What would break at once: needs that only it can meet, organisations that it alone joins "
        "to the rest, projects that it alone leads or carries, members that it alone supports. "
        "Worked out as if the organisation were taken out of the network.",
        formula="needs uncovered + organisations left apart + projects left + members without a "
        "backbone",
        example="It alone meets 3 needs and joins 2 organisations to the rest: 5 things break.",
    ),
)


def fragile(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on single points of failure."""
    points, costs = single_points(network), closing_costs(network)
    was = () if before is None else closing_costs(before)
    figures = compared(
        _figures(points, costs, network),
        () if before is None else _figures(single_points(before), was, before),
        dict.fromkeys(("one-lead", "closing"), Sense.LESS),
    )
    why_unranked = no_ranking(coverage_of(network))
    ranked = () if why_unranked else costs
    tables = (
        _skills(points, network),
        _projects(points, network),
        _closings(ranked, network, why_unranked),
    )
    return Part(
        Section(
            id="fragile",
            title="What hangs on one organisation",
            lead=_PUBLIC_LEAD if settings.is_public else _lead(points, costs),
            paragraphs=(why_unranked,) if why_unranked else (),
            figures=tuple(figure.id for figure in figures),
            tables=tuple(table.id for table in tables),
        ),
        figures=figures,
        tables=tables,
        definitions=_DEFINITIONS,
        # In public nobody should read their name as what the network breaks by.
        headlines=()
        if settings.is_public
        else _headlines(ranked, None if before is None else was, network),
    )


def _figures(
    points: SinglePoints, costs: Sequence[ClosingCost], network: Network
) -> tuple[Figure, ...]:
    is_known = coverage_of(network).naming is not Naming.WITHHELD
    return (
        Figure(
            "one-lead",
            "Projects that only one organisation leads",
            ColumnKind.COUNT,
            len(points.projects),
            "one-lead",
            "one-lead",
            of=points.led_project_count,
        ),
        Figure(
            "closing",
            "Organisations whose closing would break something",
            ColumnKind.COUNT,
            len(costs) if is_known else Withheld.UNSURE,
            "closing",
            "closing",
        ),
    )


def _skills(points: SinglePoints, network: Network) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(point.skill_id),
            network.name_of(point.provider_id),
            point.provider_id,
            len(point.needed_by),
            listed(network.name_of(key) for key in point.needed_by),
        )
        for point in points.skills
    ]
    return Table(
        "one-provider",
        "Skills that one organisation offers and others need",
        (
            Column("skill", "Skill"),
            Column("provider", "Offered by"),
            Column("provider_id", "Id", ColumnKind.ORGANISATION),
            Column("needed_by", "Needed by", ColumnKind.COUNT),
            Column("who", "Who needs it"),
        ),
        tuple(rows),
        is_of_members=True,
    )


def _projects(points: SinglePoints, network: Network) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(point.project_id),
            network.name_of(point.lead_id),
            point.lead_id,
            len(point.others),
        )
        for point in points.projects
    ]
    return Table(
        "one-lead",
        "Projects with one lead",
        (
            Column("project", "Project"),
            Column("lead", "Led by"),
            Column("lead_id", "Id", ColumnKind.ORGANISATION),
            Column("others", "Others in it", ColumnKind.COUNT),
        ),
        tuple(rows),
        shown=5,
        is_of_members=True,
    )


def _closings(costs: Sequence[ClosingCost], network: Network, note: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(cost.organisation_id),
            cost.organisation_id,
            cost.broken,
            cost.needs_uncovered,
            cost.left_apart,
            cost.projects_left,
            cost.members_without_backbone,
            cost.ties_lost,
        )
        for cost in costs
    ]
    return Table(
        "closing",
        "What would break if an organisation closed",
        (
            Column("name", "If it closed"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("broken", "Things broken", ColumnKind.COUNT),
            Column("needs", "Needs uncovered", ColumnKind.COUNT),
            Column("apart", "Left apart", ColumnKind.COUNT),
            Column("projects", "Projects left", ColumnKind.COUNT),
            Column("members", "Members without backbone", ColumnKind.COUNT),
            Column("ties", "Partners lost", ColumnKind.COUNT),
        ),
        tuple(rows),
        note=note,
        shown=_SHOWN,
        is_of_members=True,
    )


def _lead(points: SinglePoints, costs: Sequence[ClosingCost]) -> str:
    if not costs:
        return "No organisation is known whose closing would break anything for the others."
    if not points.skills and not points.projects:
        return "No skill that others need and no running project hangs on one organisation alone."
    return (
        f"{count(len(points.skills), 'skill')} that others need and "
        f"{count(len(points.projects), 'running project')} hang on one organisation each. If it "
        "closed, what is listed here would break."
    )


def _headlines(
    costs: Sequence[ClosingCost], before: Sequence[ClosingCost] | None, network: Network
) -> tuple[Headline, ...]:
    """Offer the organisation whose closing would leave most others apart."""
    worst = max(costs, key=lambda cost: cost.left_apart, default=None)
    if worst is None or worst.left_apart < _WORTH_TELLING:
        return ()
    name = network.name_of(worst.organisation_id)
    were = {cost.organisation_id: cost.left_apart for cost in before or ()}
    was = None if before is None else were.get(worst.organisation_id, 0)
    has_partner = float(np.count_nonzero(np.diff(open_ties(network).indptr)))
    return (
        Headline(
            Finding(
                "closing",
                f"{name} alone joins {count(worst.left_apart, 'organisation')} to the rest",
                "If it closed, no way of partners would lead from them to the others.",
                direction_between(was, worst.left_apart, Sense.LESS),
                *confidence(has_partner / max(int(network.is_open.sum()), 1), _TIED),
                ("closing",),
            ),
            weight=0.4 + min(0.5, 3 * worst.left_apart / max(len(network), 1)),
        ),
    )


_WORTH_TELLING = 3
_TIED = "of organisations have a partner that somebody told of."
