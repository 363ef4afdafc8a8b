"""The best round that can be found, and how far from the best possible it may be."""

from __future__ import annotations

from dataclasses import dataclass

from matching.rounds.exact import MOST_PAIRS, solve_exactly
from matching.rounds.exchange import improved, rounded
from matching.rounds.flow import relax
from matching.rounds.problem import Chosen, Problem

__all__ = ["Solution", "solve"]

_GOOD_ENOUGH = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Pairs that keep limits and floors, and the same without floors, each as bool[pairs].

    ``bound`` is a score that no round which keeps the limits, and the floors as well as this one,
    can exceed.
    """

    chosen: Chosen
    without_floors: Chosen
    bound: float


def solve(problem: Problem) -> Solution:
    """Return the best round found; where floors are kept without effort they cost nothing."""
    free, free_bound = _best(problem.without_floors())
    if not problem.shortfall(free):
        return Solution(free, free, free_bound)
    # Most floors can be kept by a few exchanges; only if that costs much is all solved anew.
    chosen = improved(problem, free)
    bound = free_bound
    if len(problem) <= MOST_PAIRS or problem.total(chosen) < (1 - _GOOD_ENOUGH) * bound:
        chosen, with_floors = _best(problem)
        bound = min(bound, with_floors)
    if problem.total(chosen) > problem.total(free):
        free = chosen
    return Solution(chosen, free, bound)


def _best(problem: Problem) -> tuple[Chosen, float]:
    """Return the best round found, and the bound on the score of all that miss no more floors."""
    relaxed = relax(problem)
    exact = solve_exactly(problem) if 0 < len(problem) <= MOST_PAIRS else None
    if exact is None:
        chosen, value = improved(problem, rounded(problem, relaxed)), relaxed.value
    else:
        # Either bound holds; the solver's own can lie a hair below what it found.
        chosen = exact[0]
        value = max(min(exact[1], relaxed.value), problem.value(chosen))
    return chosen, (value + problem.bonus * problem.shortfall(chosen)) * problem.unit
