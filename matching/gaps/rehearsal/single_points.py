"""Single points of failure: skills with one provider, projects with one lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.gaps.capability.sides import supply_of
from matching.gaps.rehearsal.dependence import (
    dependence,
    offer_facts,
    open_rows,
    provider_counts,
)
from matching.leading import running_roles
from matching.network import Ints, Network

__all__ = ["ProjectPoint", "SinglePoints", "SkillPoint", "single_points"]


@dataclass(frozen=True, slots=True)
class SkillPoint:
    """A skill that one organisation offers and others need.

    ``facts`` are the ids of the offer and of the needs behind it.
    """

    skill_id: str
    provider_id: str
    needed_by: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectPoint:
    """A project that goes on, with one lead and others in it. ``facts``: the lead's part in it."""

    project_id: str
    lead_id: str
    others: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinglePoints:
    """What hangs on one organisation, that which most depend on first, and of how much.

    ``needed_skill_count``: skills that somebody needs and anybody offers. ``led_project_count``:
    projects that go on and have a lead.
    """

    skills: tuple[SkillPoint, ...]
    projects: tuple[ProjectPoint, ...]
    needed_skill_count: int
    led_project_count: int


def single_points(network: Network) -> SinglePoints:
    """Return the single points of failure. Closed organisations count in nothing."""
    needs = open_rows(network, network.needs)
    providers = provider_counts(supply_of(network).matrix)
    leads = running_roles(network, leading=True)
    seekers = provider_counts(needs)
    skills, projects = _skill_points(network, providers, seekers), _project_points(network)
    return SinglePoints(
        skills=tuple(sorted(skills, key=lambda point: (-len(point.needed_by), point.skill_id))),
        projects=tuple(sorted(projects, key=lambda point: (-len(point.others), point.project_id))),
        needed_skill_count=int(((providers > 0) & (seekers > 0)).sum()),
        led_project_count=len(np.unique(leads.indices)),
    )


def _skill_points(network: Network, providers: Ints, seekers: Ints) -> list[SkillPoint]:
    rows = dependence(network).needs
    ids, skills = network.organisation_ids, network.thing_ids("skill")
    needed: dict[tuple[int, int], list[int]] = {}
    for on, (who, skill) in zip(rows.on.tolist(), rows.things.tolist(), strict=True):
        # Of two providers one may lack the skill too: it has one other, and others have two. If it
        # is alone in lacking it, the skill hangs on that other, as in the capability gaps.
        if providers[skill] == 1 or seekers[skill] == 1:
            needed.setdefault((skill, on), []).append(who)
    return [
        SkillPoint(
            skill_id=skills[skill],
            provider_id=ids[on],
            needed_by=tuple(ids[one] for one in who),
            facts=(
                *offer_facts(network, on, skill),
                *(
                    fact
                    for one in who
                    for fact in network.thing_facts("needs", one, "skill", skill)
                ),
            ),
        )
        for (skill, on), who in needed.items()
    ]


def _project_points(network: Network) -> list[ProjectPoint]:
    rows = dependence(network).leads
    part = running_roles(network).tocsc()
    ids, projects = network.organisation_ids, network.thing_ids("project")
    return [
        ProjectPoint(
            project_id=projects[project],
            lead_id=ids[lead],
            others=tuple(
                ids[one]
                for one in sorted(part.indices[part.indptr[project] : part.indptr[project + 1]])
                if one != lead
            ),
            facts=network.thing_facts("takes_part_in", lead, "project", project),
        )
        for lead, (project,) in zip(rows.on.tolist(), rows.things.tolist(), strict=True)
    ]
