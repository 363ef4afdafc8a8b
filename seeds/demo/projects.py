"""Projects of the fictional network, and the goals and measures that they serve."""

from __future__ import annotations

from datetime import date, timedelta

from graph.model import (
    Advances,
    Goal,
    Measure,
    Project,
    Requires,
    Serves,
    TakesPartIn,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import places
from seeds.demo.activities import ACTIVITIES
from seeds.demo.draft import TODAY, Draft, Sketch
from seeds.demo.names import slug
from seeds.demo.truths import Truths

__all__ = ["agree_goals", "start_projects"]

_ROLES = ("partner", "partner", "partner", "referral partner", "adviser", "evaluator")
_PROJECTS_PER_SILO = 8
_PROJECTS_IN_ALL = 60
_PUBLIC = Visibility.PUBLIC

# Goal, what it means, and for each measure its name and unit; activities that advance the goal.
_GOALS = (
    (
        "No Londoner goes hungry",
        "Everybody can get good food with dignity, close to home.",
        (("Households with enough to eat", "% of households asked"),),
        ("food", "advice", "homeless", "faith", "green"),
    ),
    (
        "Nobody is alone who doesn’t want to be",
        "Older and isolated people have somebody to turn to.",
        (("People who see somebody weekly", "% of people asked"),),
        ("older", "transport", "digital", "carers", "minds"),
    ),
    (
        "Young people are safe and heard",
        "Young people have a place to go and a say in what happens there.",
        (
            ("Young people in regular activities", "people"),
            ("Young people on decision-making panels", "people"),
        ),
        ("youth", "sport", "arts", "families", "abuse"),
    ),
    (
        "Newcomers belong",
        "People who have come to London find work, friends and their rights.",
        (("Newcomers who can manage a day in English", "% of learners"),),
        ("refugees", "equality", "work", "health"),
    ),
    (
        "Small groups are strong",
        "Groups with little money have sound books, full boards and fair grants.",
        (("Small groups with six months’ reserves", "% of members"),),
        ("support", "centre", "disability", "recovery"),
    ),
)


def start_projects(draft: Draft, added: tuple[str, ...], truths: Truths) -> dict[str, list[str]]:
    """Add 60 projects with their partners; return which of them each organisation leads."""
    leads: dict[str, list[str]] = {}
    for silo in truths.silos:
        for number in range(_PROJECTS_PER_SILO):
            team = draft.rng.sample(silo, draft.rng.choice((2, 3, 4)))
            if number == 0:
                team.append(truths.broker)
            _start(draft, team, leads)
    planted = [organisation for pair in truths.pairs for organisation in pair]
    for organisation in planted:
        if draft.rng.random() < 0.5:
            _start(draft, [organisation], leads)
    while sum(map(len, leads.values())) < _PROJECTS_IN_ALL:
        lead = draft.rng.choice(added)
        known = sorted(draft.partners[lead] & set(added))
        team = draft.rng.sample(known, min(len(known), draft.rng.choice((1, 2, 2, 3))))
        _start(draft, [lead, *team], leads)
    return leads


def _start(draft: Draft, team: list[str], leads: dict[str, list[str]]) -> None:
    lead = draft.organisations[team[0]]
    work, rng = ACTIVITIES[lead.activity], draft.rng
    borough = places().term(lead.borough).label
    number = sum(map(len, leads.values())) + 1
    name = f"{rng.choice(work.projects)}, {borough}"
    starts_on = TODAY - timedelta(days=rng.randrange(-150, 1300))
    ends_on = starts_on + timedelta(days=30 * rng.choice((6, 12, 12, 18, 24, 36)))
    project = Project(
        id=f"demo-project-{number:02}-{slug(name)}",
        name=name,
        description=f"{lead.name} {rng.choice(work.deeds)}, with those who live nearby.",
        programme=rng.choice(("", "", "Stronger Together")),
        starts_on=starts_on,
        ends_on=ends_on,
        provenance=draft.told(lead.name, visibility=_PUBLIC),
    )
    draft.add(project)
    leads.setdefault(lead.id, []).append(project.id)
    for place, organisation in enumerate(team):
        role = "lead" if place == 0 else rng.choice(_ROLES)
        _take_part(draft, organisation, project.id, role, starts_on, ends_on)
    _describe(draft, project.id, lead)


def _take_part(
    draft: Draft, organisation: str, project: str, role: str, starts_on: date, ends_on: date
) -> None:
    joins_on = starts_on + timedelta(days=0 if role == "lead" else draft.rng.randrange(120))
    told = draft.told(visibility=_PUBLIC)
    draft.add(
        TakesPartIn(
            from_id=organisation,
            to_id=project,
            role=role,
            starts_on=joins_on,
            ends_on=ends_on,
            provenance=told,
        )
    )


def _describe(draft: Draft, project: str, lead: Sketch) -> None:
    work, rng = ACTIVITIES[lead.activity], draft.rng
    ends = (
        (WorksIn, lead.borough),
        (WorksOn, f"theme-{work.themes[0]}"),
        (Serves, f"com-{rng.choice(work.communities)}"),
        (Requires, f"cap-{rng.choice(work.offers)}"),
        (Requires, f"cap-{rng.choice(('monitoring-evaluation', 'project-management', 'events'))}"),
    )
    for kind, end in ends:
        told = draft.told(lead.name, visibility=_PUBLIC)
        draft.add(kind(from_id=project, to_id=end, provenance=told))


def agree_goals(draft: Draft, truths: Truths, leads: dict[str, list[str]]) -> None:
    """Add five goals with six measures, and say which organisations and projects advance them."""
    for name, meaning, measures, activities in _GOALS:
        goal = Goal(
            id=f"demo-goal-{slug(name)}",
            name=name,
            description=meaning,
            due_on=date(draft.rng.randrange(2028, 2032), 3, 31),
            provenance=draft.told(visibility=_PUBLIC),
        )
        draft.add(goal)
        for measure, unit in measures:
            made = Measure(
                id=f"demo-measure-{slug(measure)}",
                name=measure,
                unit=unit,
                provenance=draft.told(visibility=_PUBLIC),
            )
            draft.add(made)
            _advance(draft, made.id, goal.id)
        for sketch in draft.organisations.values():
            is_free = sketch.id not in truths.isolates
            if is_free and sketch.activity in activities and draft.rng.random() < 0.4:
                _advance(draft, sketch.id, goal.id)
        for lead, projects in leads.items():
            if draft.organisations[lead].activity in activities:
                _advance(draft, projects[0], goal.id)


def _advance(draft: Draft, start: str, goal: str) -> None:
    told = draft.told(visibility=_PUBLIC)
    draft.add(Advances(from_id=start, to_id=goal, provenance=told))
