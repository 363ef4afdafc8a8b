"""Small rounds to the proven optimum, by branch and bound (HiGHS)."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.rounds.problem import Chosen, Problem

__all__ = ["MOST_PAIRS", "solve_exactly"]

MOST_PAIRS = 6_000
"""With more pairs than this it would take seconds, and the flow is as good as exact."""

# A limit on work and not on time: two runs stop at the same place.
_MOST_BRANCHES = 200
_PROVEN = 0


def solve_exactly(problem: Problem) -> Chosen | None:
    """Return the best round of all, or None where proving it would take too long."""
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
        options={"node_limit": _MOST_BRANCHES, "mip_rel_gap": 0},
    )
    if found.x is None or found.status != _PROVEN:
        return None
    return np.asarray(found.x[: len(pairs)] > 0.5)
