"""Small random networks with every kind of fact, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from graph.model import (
    Advances,
    BasedIn,
    Collaboration,
    Community,
    Fact,
    Funding,
    Goal,
    Introduction,
    IntroductionState,
    Need,
    Offer,
    Organisation,
    Place,
    Project,
    Relationship,
    Serves,
    Skill,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from matching.testing.worlds import TOLD

__all__ = ["random_world"]

_WORDS = ("choir", "kitchen", "advice", "garden", "theatre", "bikes", "homework", "boxing")
_THINGS = (Theme, Community, Goal)


def random_world(seed: int, *, size: int = 6) -> tuple[Fact, ...]:
    """Return nodes and ties of a random network; nobody needs what it offers."""
    dice = random.Random(seed)
    ids = [f"org-{number}" for number in range(size)]
    nodes: list[Fact] = [
        Organisation(
            id=one,
            name=f"Body {number}",
            description=" ".join(dice.sample(_WORDS, 3)) if dice.random() < 0.7 else "",
            income=dice.choice((None, 0.0, 10.0 ** dice.randrange(3, 8))),
            closed_on=date(2025, 1, 1) if dice.random() < 0.05 else None,
            provenance=TOLD,
        )
        for number, one in enumerate(ids)
    ]
    skills = [f"cap-{number}" for number in range(5)]
    nodes += [
        Skill(id=key, name=key, parent_id=dice.choice(["", *skills[:number]]), provenance=TOLD)
        for number, key in enumerate(skills)
    ]
    nodes += [
        kind(id=f"{kind.kind}-{number}", name=str(number), provenance=TOLD)
        for kind in _THINGS
        for number in range(3)
    ]
    nodes += [
        Place(
            id=f"place-{number}",
            name=str(number),
            latitude=dice.choice((None, 52 + dice.random())),
            longitude=-1.0,
            provenance=TOLD,
        )
        for number in range(4)
    ]
    nodes += [Project(id=f"project-{number}", name="works", provenance=TOLD) for number in range(3)]
    return (*nodes, *_ties(dice, ids, skills))


def _ties(dice: random.Random, ids: list[str], skills: list[str]) -> list[Relationship]:
    ties: dict[str, Relationship] = {}

    def tie(made: Relationship) -> None:
        if dice.random() < 0.2:
            guessed = replace(TOLD, inferred=True, confidence=round(dice.uniform(0.2, 1), 2))
            made = replace(made, provenance=guessed)
        ties[made.id] = made

    for one in ids:
        for skill in skills:
            throw = dice.random()
            if throw < 0.3:
                days = dice.choice((None, 0.0, 2.0, 9.0))
                level = dice.randrange(1, 4)
                tie(Offer(from_id=one, to_id=skill, level=level, capacity=days, provenance=TOLD))
            elif throw < 0.6:
                urgency = dice.randrange(1, 4)
                tie(Need(from_id=one, to_id=skill, urgency=urgency, provenance=TOLD))
        for made, kind, count, share in (
            (WorksOn, "theme", 3, 0.4),
            (Serves, "community", 3, 0.4),
            (Advances, "goal", 3, 0.2),
            (WorksIn, "place", 4, 0.4),
            (BasedIn, "place", 4, 0.2),
        ):
            for number in range(count):
                if dice.random() < share:
                    tie(made(from_id=one, to_id=f"{kind}-{number}", provenance=TOLD))
        for number in range(3):
            if dice.random() < 0.2:
                role = dice.choice(("", "lead", "partner", "funder"))
                project = f"project-{number}"
                tie(TakesPartIn(from_id=one, to_id=project, role=role, provenance=TOLD))
        for other in ids:
            if other == one:
                continue
            if dice.random() < 0.15:
                tie(Collaboration(from_id=one, to_id=other, provenance=TOLD))
            if dice.random() < 0.1:
                tie(Funding(from_id=one, to_id=other, provenance=TOLD))
            if dice.random() < 0.1:
                state = dice.choice(tuple(IntroductionState))
                tie(Introduction(from_id=one, to_id=other, state=state, provenance=TOLD))
    return list(ties.values())
