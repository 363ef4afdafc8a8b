"""The relaxed round as a min-cost flow, which is solved exactly and gives a bound.

Every organisation stands on both sides of a bipartite network, so a pair can be used in either
direction or in both. Half the largest flow is the optimum of the relaxation in which a pair may be
chosen by half (Edmonds & Johnson 1970), and no round can do better. Pairs used in both directions
nearly make the round; the few used in one are open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.rounds.problem import Problem

__all__ = ["Relaxed", "relax"]


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """``use`` is int8[pairs] in halves: 0, 1 or 2; ``value`` the weight less missed floors."""

    use: npt.NDArray[np.int8]
    value: float


def relax(problem: Problem) -> Relaxed:
    """Return the optimum of the relaxation."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    count = len(problem.limit)
    if not len(problem):
        return Relaxed(np.zeros(0, dtype=np.int8), 0.0)
    own = np.arange(count)
    promised = np.flatnonzero(problem.floor)
    # What an organisation doesn't use of its limit flows from its one side to its other. Of that,
    # what is below its floor costs twice the bonus, because pairs count twice as well.
    starts = np.concatenate((problem.first, problem.second, own, promised))
    ends = np.concatenate((problem.second, problem.first, own, promised)) + count
    ones = np.ones(2 * len(problem), dtype=np.int64)
    room = np.concatenate((ones, problem.limit - problem.floor, problem.floor[promised]))
    missed = np.full(len(promised), 2 * problem.bonus)
    cost = np.concatenate(
        (-problem.weight, -problem.weight, np.zeros(count, dtype=np.int64), missed)
    )
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        starts.astype(np.int32), ends.astype(np.int32), room, cost
    )
    flow.set_nodes_supplies(
        np.arange(2 * count, dtype=np.int32), np.concatenate((problem.limit, -problem.limit))
    )
    status = flow.solve()
    # Using nothing is always possible, so a flow always exists.
    assert status == flow.OPTIMAL, status
    use = flow.flows(arcs[: 2 * len(problem)]).reshape(2, -1).sum(axis=0)
    return Relaxed(use.astype(np.int8), -flow.optimal_cost() / 2)
