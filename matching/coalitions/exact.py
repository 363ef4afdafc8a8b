"""The best coalition by branch and bound, with a bound on what any other could cost.

Sizes are searched one by one, because the cost of pairs hangs on them. Before each search everybody
is left out with whom no team could cost less than the best one known, as often as that helps.
Nothing here looks at a clock: the effort is counted in nodes, so that the answer is the same on
every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matching.coalitions.candidates import Candidates
from matching.coalitions.greedy import greedy
from matching.coalitions.question import NEVER, Question
from matching.coalitions.teams import Team, team_of

__all__ = ["EFFORT", "Solved", "Unlike", "solve"]

EFFORT = 300_000_000
"""Candidates × skills looked at before a search gives up: about a second."""
_MOST_WAYS = 60

Unlike = tuple[frozenset[int], int]
"""An earlier team, and how many of its members must be gone."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What a search found: the best team, if any, and the least that any other could cost.

    ``is_proven``: no team costs less, or, without a team, there is none among the candidates.
    """

    team: Team | None
    bound: int
    is_proven: bool

    @property
    def gap(self) -> float:
        """Return how much more than the best possible the team costs at most, as a share."""
        if self.team is None or self.is_proven:
            return 0.0
        return (self.team.cost - self.bound) / max(self.bound, 1)


def solve(candidates: Candidates, *, unlike: Sequence[Unlike] = (), effort: int = EFFORT) -> Solved:
    """Return the best team that is unlike the earlier ones."""
    from matching.coalitions.search import search  # noqa: PLC0415 - numba takes its time to load

    team = _first(candidates, unlike)
    best = NEVER if team is None else team.cost
    left = max(1, effort // max(1, candidates.can.size))
    bounds = []
    for _, asked in sorted(_questions(candidates, unlike, best), key=lambda each: each[0]):
        least, question = _narrowed(asked, best)
        if not question.alive.any():
            continue
        if left <= 0:
            bounds.append(least)
            continue
        outcome = search(question, best, left)
        left -= outcome.nodes
        bounds.append(int(outcome.bound))
        if outcome.cost < best:
            team = team_of(candidates, np.flatnonzero(outcome.members).tolist())
            assert team is not None
            best = team.cost
    bound = min([best, *bounds])
    return Solved(team, bound, is_proven=bound >= best)


def _first(candidates: Candidates, unlike: Sequence[Unlike]) -> Team | None:
    """Return a team to begin with: greedy's, or the best of greedy's without earlier members."""
    banned = [frozenset[int]()]
    for earlier, gone in unlike:
        removable = sorted(member for member in earlier if not candidates.must[member])
        ways = [frozenset(way) for way in combinations(removable, gone)]
        banned = [before | way for before in banned for way in ways][:_MOST_WAYS]
    found = [greedy(candidates, without=way) for way in banned]
    return min((team for team in found if team), key=lambda team: team.cost, default=None)


def _questions(
    candidates: Candidates, unlike: Sequence[Unlike], best: int
) -> list[tuple[int, Question]]:
    """Return a question for each size, with the least that a team of the size could cost."""
    brief, count = candidates.brief, len(candidates)
    masks = np.zeros((len(unlike), count), dtype=np.int64)
    for row, (earlier, _) in enumerate(unlike):
        masks[row, list(earlier)] = 1
    asked = []
    for size in range(brief.min_members, min(brief.max_members, count) + 1):
        question = Question(
            can=candidates.can,
            skill_cost=candidates.skill_cost,
            cost=candidates.cost,
            apart=candidates.apart,
            barred=candidates.barred.astype(np.int64),
            must=candidates.must,
            leads=candidates.leads.astype(np.int64),
            idle=candidates.may_idle,
            each=brief.skills_each,
            size=size,
            alive=np.ones(count, dtype=np.bool_),
            masks=masks,
            limits=np.array([len(earlier) - gone for earlier, gone in unlike], dtype=np.int64),
        )
        least, question = _narrowed(question, best)
        if question.alive.any():
            asked.append((least, question))
    return asked


def _narrowed(question: Question, best: int) -> tuple[int, Question]:
    """Return the question without those with whom no team costs less than ``best``."""
    from matching.coalitions.search import probe  # noqa: PLC0415 - as above

    while question.alive.any():
        least = probe(question)
        alive = question.alive & (least < best)
        if not (alive & ~question.must).any() and question.must.sum() < question.size:
            alive[:] = False
        if alive.sum() == question.alive.sum():
            has_all = question.must.sum() == question.size
            free = alive & ~question.must
            return 0 if has_all else int(least[free].min(initial=best)), question
        question = question._replace(alive=alive)
    return best, question
