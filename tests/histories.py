"""Small made-up histories of who worked with whom, for tests of evaluation and learning."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from builders import TOLD, organisation
from graph.model import Fact, Project, TakesPartIn, Theme, WorksOn

CUTOFF = date(2020, 1, 1)


def project(
    key: str, members: Sequence[str], starts_on: date | None, **values: object
) -> list[Fact]:
    """A project with its members, each a partner unless given as ``name:role``."""
    node = {"id": f"project-{key}", "name": key, "starts_on": starts_on, "provenance": TOLD}
    made: list[Fact] = [Project(**{**node, **values})]  # type: ignore[arg-type]
    for member in members:
        name, _, role = member.partition(":")
        made.append(
            TakesPartIn(from_id=f"org-{name}", to_id=f"project-{key}", role=role, provenance=TOLD)
        )
    return made


def about(key: str, *themes: str) -> list[Fact]:
    """Themes, and a project that works on them."""
    made: list[Fact] = []
    for theme in themes:
        made.append(Theme(id=f"theme-{theme}", name=theme, provenance=TOLD))
        made.append(WorksOn(from_id=f"project-{key}", to_id=f"theme-{theme}", provenance=TOLD))
    return made


def random_history(seed: int, bodies: int = 30, projects: int = 40) -> list[Fact]:
    """Organisations in circles of six that mostly keep to themselves, projects over four years."""
    draw = random.Random(seed)
    names = [f"{number:03d}" for number in range(bodies)]
    words = ("choir", "garden", "bikes", "food", "advice", "sport")
    made: list[Fact] = [organisation(name, name=f"Body {name}") for name in names]
    for number in range(projects):
        circle = draw.randrange(bodies // 6)
        near = names[6 * circle : 6 * circle + 6]
        members = draw.sample(near, 3) + ([draw.choice(names)] if number % 3 == 0 else [])
        day = CUTOFF + timedelta(days=draw.randrange(-1000, 460))
        title = f"{words[circle % len(words)]} {draw.choice(words)}"
        key = f"{number:03d}"
        made += project(key, list(dict.fromkeys(members)), day, name=title)
        made += about(key, words[circle % len(words)])
    return made
