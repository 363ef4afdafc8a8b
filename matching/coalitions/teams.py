"""What a set of candidates costs as a coalition, exactly, and who answers for which skill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.coalitions.candidates import Candidates

__all__ = ["Team", "assigned", "is_allowed", "team_of"]

_NEVER = 10**9
_FIRST = 10**6
"""More than all skills of a brief can cost together: it draws a skill to each member."""


@dataclass(frozen=True, slots=True)
class Team:
    """A coalition by positions among the candidates, in order; ``carries`` says who answers.

    ``carries[skill]`` is a position among the candidates. ``cost`` in ten-thousandths.
    """

    members: tuple[int, ...]
    carries: tuple[int, ...]
    burden: int
    skills: int
    pairs: int

    @property
    def cost(self) -> int:
        """Return the objective."""
        return self.burden + self.skills + self.pairs


def team_of(candidates: Candidates, members: Sequence[int]) -> Team | None:
    """Return members as a coalition with its best division of work; None if it meets no brief."""
    chosen = tuple(sorted(members))
    if not is_allowed(candidates, chosen):
        return None
    found = assigned(candidates, chosen)
    if found is None:
        return None
    carries, skills = found
    at = np.array(chosen)
    return Team(
        members=chosen,
        carries=carries,
        burden=int(candidates.cost[at].sum()),
        skills=skills,
        pairs=int(candidates.apart[np.ix_(at, at)].sum()) // 2,
    )


def is_allowed(candidates: Candidates, members: tuple[int, ...]) -> bool:
    """Whether size, lead, must-members and pairs that are barred let these be a coalition."""
    brief, at = candidates.brief, np.array(members, dtype=np.int64)
    return bool(
        brief.min_members <= len(members) <= brief.max_members
        and candidates.leads[at].any()
        and candidates.must[at].sum() == candidates.must.sum()
        and not candidates.barred[np.ix_(at, at)].any()
    )


def assigned(
    candidates: Candidates, members: tuple[int, ...]
) -> tuple[tuple[int, ...], int] | None:
    """Return who answers for each skill, cheapest, and what that costs; None if nobody can.

    A member answers for at most ``skills_each`` skills, and for one at least unless it may idle.
    """
    brief = candidates.brief
    if not candidates.can[list(members)].any(axis=0).all():
        return None
    slots = [member for member in members for _ in range(min(brief.skills_each, len(brief.needs)))]
    first = np.array([k == 0 or slots[k - 1] != slots[k] for k in range(len(slots))])
    idle = candidates.may_idle[slots]
    costs = np.where(candidates.can[slots], candidates.skill_cost[slots], _NEVER)
    drawn = costs - np.where(first & ~idle, _FIRST, 0)[:, None]
    rows, columns = linear_sum_assignment(drawn)
    if len(columns) < len(brief.needs) or (costs[rows, columns] >= _NEVER).any():
        return None
    carries = [0] * len(brief.needs)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        carries[column] = slots[row]
    if any(not candidates.may_idle[member] and member not in carries for member in members):
        return None
    return tuple(carries), int(costs[rows, columns].sum())
