"""Rehearsals and what-ifs as rows and lists of names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matching.gaps.rehearsal import Closing, ClosingCost, ImaginedSteps, SinglePoints, WhatIf
from reports.rehearsal_words import gap_change, match_change, step_sentence
from web.wording import isolated

__all__ = [
    "ClosingLists",
    "Losses",
    "Point",
    "cost_rows",
    "losses",
    "points",
    "project_points",
    "sentences",
    "suggestions",
    "what_if_lists",
]

Named = tuple[str, str]
NameOf = Callable[[str], str]

_MOST_SHOWN = 200
_MOST_PARTS = 10


@dataclass(frozen=True, slots=True)
class Losses:
    """One sort of loss: its lines, each as (organisation to link to or "", text), and how many."""

    title: str
    lines: tuple[Named, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Point:
    """What hangs on one organisation: its name, on whom, and who depends on it."""

    name: str
    on: Named
    others: tuple[Named, ...]


ClosingLists = list[Losses]


def points(found: SinglePoints, name_of: NameOf) -> list[Point]:
    """Return the skills with one provider, in the order given."""
    return [
        Point(
            name_of(point.skill_id),
            (point.provider_id, name_of(point.provider_id)),
            _named(point.needed_by, name_of),
        )
        for point in found.skills
    ]


def project_points(found: SinglePoints, name_of: NameOf) -> list[Point]:
    """Return the projects with one lead, in the order given."""
    return [
        Point(
            name_of(point.project_id),
            (point.lead_id, name_of(point.lead_id)),
            _named(point.others, name_of),
        )
        for point in found.projects
    ]


def cost_rows(costs: Iterable[ClosingCost], name_of: NameOf) -> list[tuple[Named, tuple[int, ...]]]:
    """Return the costliest closings: who, and the counts that it is ranked by, their sum last."""
    return [
        (
            (cost.organisation_id, name_of(cost.organisation_id)),
            (
                cost.needs_uncovered,
                cost.left_apart,
                cost.projects_left,
                cost.members_without_backbone,
                cost.broken,
            ),
        )
        for cost in costs
    ]


def losses(found: Closing, name_of: NameOf) -> ClosingLists:
    """Return what a closing costs one by one, without the sorts of which there is none."""
    # A part of one is without any partner, and in that list.
    parts = [part for part in found.cut_off if len(part) > 1][:_MOST_PARTS]
    sorts: tuple[tuple[str, list[Named]], ...] = (
        (
            "Needs that nobody else meets",
            [
                (need.organisation_id, _needs(need.organisation_id, need.skill_id, name_of))
                for need in found.needs_uncovered
            ],
        ),
        (
            "Needs that nobody within two steps meets any more",
            [
                (need.organisation_id, _needs(need.organisation_id, need.skill_id, name_of))
                for need in found.needs_out_of_reach
            ],
        ),
        *(
            (f"Cut off together, part {number}", list(_named(part, name_of)))
            for number, part in enumerate(parts, start=1)
        ),
        ("Left without any partner", list(_named(found.isolated, name_of))),
        ("Projects left without a lead", _texts(found.projects_without_lead, name_of)),
        ("Projects left without anybody", _texts(found.projects_without_anybody, name_of)),
        (
            "Members left without an umbrella body",
            list(_named(found.members_without_backbone, name_of)),
        ),
        (
            "Skills that a place needs and loses",
            [
                ("", f"{isolated(name_of(loss.skill_id))} in {isolated(name_of(loss.place_id))}")
                for loss in found.local_losses
            ],
        ),
        ("Partners that lose it", list(_named(found.ties_lost, name_of))),
    )
    return [
        Losses(title, tuple(lines[:_MOST_SHOWN]), len(lines)) for title, lines in sorts if lines
    ]


def what_if_lists(found: WhatIf, steps: ImaginedSteps) -> ClosingLists:
    """Return gaps and organisations that change, without the sorts of which there is none."""
    name_of = _isolating(steps)
    sorts: tuple[tuple[str, list[Named]], ...] = (
        (
            "Gaps that open or get worse",
            [("", gap_change(gap, name_of)) for gap in found.gaps_opened],
        ),
        (
            "Gaps that close or get better",
            [("", gap_change(gap, name_of)) for gap in found.gaps_closed],
        ),
        ("Get a first partner", list(_named(found.linked, steps.name_of))),
        ("Left without any partner", list(_named(found.isolated, steps.name_of))),
    )
    return [
        Losses(title, tuple(lines[:_MOST_SHOWN]), len(lines)) for title, lines in sorts if lines
    ]


def suggestions(found: WhatIf, steps: ImaginedSteps) -> list[tuple[str, list[str]]]:
    """Return for each organisation that was named how its suggestions change."""
    name_of = _isolating(steps)
    by_name: dict[str, list[str]] = {}
    for change in found.matches:
        by_name.setdefault(change.organisation_id, []).append(match_change(change, name_of))
    return [(steps.name_of(one), lines) for one, lines in by_name.items()]


def sentences(steps: ImaginedSteps) -> list[str]:
    """Return the steps of a what-if as sentences."""
    name_of = _isolating(steps)
    return [
        step_sentence(kind, name_of(who), name_of(other) if other else "")
        for kind, who, other in steps.said
    ]


def _isolating(steps: ImaginedSteps) -> NameOf:
    return lambda node_id: isolated(steps.name_of(node_id))


def _named(ids: Iterable[str], name_of: NameOf) -> tuple[Named, ...]:
    return tuple((one, name_of(one)) for one in ids)


def _texts(ids: Iterable[str], name_of: NameOf) -> list[Named]:
    return [("", name_of(one)) for one in ids]


def _needs(organisation_id: str, skill_id: str, name_of: NameOf) -> str:
    return f"{isolated(name_of(organisation_id))} needs {isolated(name_of(skill_id))}"
