"""Whether a brief can be met at all: CP-SAT over everybody who comes into question.

Costs are left aside, so this is quick for thousands of organisations, where a search for the best
isn't.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.coalitions.candidates import Eligible, promising
from matching.network import Ints, Network

__all__ = ["Answer", "possible"]

_PATIENCE = 4.0  # CP-SAT's own measure of work, about seconds; the same on every machine
_LESS_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """``rows`` are organisations that meet the brief together, None if none were found.

    ``is_proven`` False: the search ended before it could tell.
    """

    rows: Ints | None
    is_proven: bool


def possible(network: Network, found: Eligible, *, quickly: bool = False) -> Answer:
    """Say whether any coalition meets the brief, and which does.

    ``quickly`` asks only the most promising, and not for long: a No then means little.
    """
    brief = found.brief
    rows = promising(network, found) if quickly else np.flatnonzero(found.useful)
    can, leads = found.can[rows], found.leads[rows]
    has_room = brief.max_members * brief.skills_each >= len(brief.needs)
    if not has_room or not can.any(axis=0).all() or not leads.any():
        return Answer(None, is_proven=True)
    from ortools.sat.python import cp_model  # noqa: PLC0415 - only a brief in doubt needs it

    model = cp_model.CpModel()
    is_in = [model.new_bool_var("") for _ in rows]
    by_skill: list[list[cp_model.IntVar]] = [[] for _ in brief.needs]
    for at in range(len(rows)):
        mine = []
        for skill in np.flatnonzero(can[at]).tolist():
            carries = model.new_bool_var("")
            mine.append(carries)
            by_skill[skill].append(carries)
        model.add(sum(mine) <= brief.skills_each * is_in[at])
        may_idle = found.must[rows[at]] or (leads[at] and not brief.lead.is_any)
        if not may_idle:
            model.add_bool_or([*mine, is_in[at].negated()])
        if found.must[rows[at]]:
            model.add_bool_and([is_in[at]])
    for carriers in by_skill:
        model.add_exactly_one(carriers)
    model.add_bool_or([is_in[at] for at in np.flatnonzero(leads).tolist()])
    model.add_linear_constraint(sum(is_in), brief.min_members, brief.max_members)
    barred = sparse.coo_array(network.barred[rows][:, rows])
    for one, other in zip(*(ends.tolist() for ends in barred.coords), strict=True):
        if one < other:
            model.add_bool_or([is_in[one].negated(), is_in[other].negated()])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _LESS_PATIENCE if quickly else _PATIENCE
    status = solver.solve(model)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        chosen = [at for at, variable in enumerate(is_in) if solver.boolean_value(variable)]
        return Answer(rows[chosen], is_proven=True)
    return Answer(None, is_proven=status == cp_model.INFEASIBLE)
