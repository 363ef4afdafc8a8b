"""Small rounds to the proven optimum, by branch and bound (HiGHS)."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.rounds.problem import Chosen, Problem

__all__ = ["MOST_PAIRS", "solve_exactly"]

MOST_PAIRS = 2_500
"""With more pairs it can take many seconds, and the flow is nearly as good: 0.1 % or less off."""

# A limit on work and not on time: two runs stop at the same place.
_MOST_BRANCHES = 60
_EXACT_TO = 2e-5
_PROVEN = 0


def solve_exactly(problem: Problem) -> tuple[Chosen, float] | None:
    """Return the best round and the bound that proves it, or None where that takes too long.

    Best to 0.002 %, which is more than the draw among equals counts for: proving that a draw came
    out for the best would be work for nothing. The bound is in weights, less missed floors.
    """
    pairs = np.arange(len(problem))
    promised = np.flatnonzero(problem.floor)
    rows = np.concatenate((problem.first, problem.second))
    count = len(problem.limit)
    meets = sparse.csr_array(
        (np.ones(len(rows)), (rows, np.concatenate((pairs, pairs)))), shape=(count, len(pairs))
    )
    # A second kind of variable: by how much an organisation misses its floor.
    missing = sparse.csr_array(
        (np.ones(len(promised)), (np.arange(len(promised)), np.arange(len(promised)))),
        shape=(len(promised), len(promised)),
    )
    none = sparse.csr_array((count, len(promised)))
    limits = LinearConstraint(sparse.hstack((meets, none)).tocsr(), ub=problem.limit)
    floors = LinearConstraint(
        sparse.hstack((meets[promised], missing)).tocsr(), lb=problem.floor[promised]
    )
    # Weights around 1 suit the solver's tolerances.
    scale = float(problem.weight.max(initial=1))
    worth = np.concatenate((-problem.weight, np.full(len(promised), problem.bonus))) / scale
    upper = np.concatenate((np.ones(len(pairs)), problem.floor[promised]))
    found = milp(
        worth,
        integrality=np.concatenate((np.ones(len(pairs)), np.zeros(len(promised)))),
        bounds=Bounds(0, upper),
        constraints=[limits, floors] if len(promised) else [limits],
        options={"node_limit": _MOST_BRANCHES, "mip_rel_gap": _EXACT_TO},
    )
    if found.x is None or found.status != _PROVEN:
        return None
    assert found.mip_dual_bound is not None
    return np.asarray(found.x[: len(pairs)] > 0.5), -float(found.mip_dual_bound) * scale
