"""From a relaxed round to a whole one: keep, fill, and exchange two pairs for one."""

from __future__ import annotations

import numpy as np

from matching.rounds.flow import Relaxed
from matching.rounds.problem import Chosen, Problem

__all__ = ["improved", "rounded"]


def rounded(problem: Problem, relaxed: Relaxed) -> Chosen:
    """Return the pairs that the relaxation uses whole, and the halves that fit, heaviest first."""
    chosen = np.asarray(relaxed.use == 2)
    room = problem.limit - problem.degrees(chosen)
    lacking = problem.floor - problem.degrees(chosen)
    halves = np.flatnonzero(relaxed.use == 1)
    needed = (lacking[problem.first[halves]] > 0) | (lacking[problem.second[halves]] > 0)
    for pair in halves[np.lexsort((halves, -problem.weight[halves], ~needed))].tolist():
        ends = problem.first[pair], problem.second[pair]
        if room[ends[0]] > 0 and room[ends[1]] > 0:
            chosen[pair] = True
            room[ends[0]] -= 1
            room[ends[1]] -= 1
    return chosen


def improved(problem: Problem, chosen: Chosen) -> Chosen:
    """Return a round that no filling and no exchange of up to two pairs for one betters."""
    from matching.rounds.kernels import improve  # noqa: PLC0415

    count, pairs = len(problem.limit), np.arange(len(problem))
    starts = np.concatenate((problem.first, problem.second))
    others = np.concatenate((problem.second, problem.first))
    order = np.argsort(starts, kind="stable")
    pointers = np.searchsorted(starts[order], np.arange(count + 1))
    mended = chosen.copy()
    degree = problem.degrees(chosen)
    improve(
        (pointers, others[order], np.concatenate((pairs, pairs))[order], problem.weight),
        np.column_stack((problem.first, problem.second)),
        mended,
        (problem.limit - degree, degree, problem.floor),
        problem.bonus,
    )
    return mended
