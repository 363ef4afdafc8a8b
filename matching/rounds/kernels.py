"""Local search on a round, compiled: imported only where a round is mended, for its start-up."""

from __future__ import annotations

import numpy as np

from matching.engine.compiled import compiled
from matching.network import Ints
from matching.rounds.problem import Chosen

__all__ = ["improve"]

Round = tuple[Ints, Ints, Ints, Ints]
"""Where each organisation's pairs start, who the others are, the pairs' numbers, and weights."""
State = tuple[Ints, Ints, Ints]
"""Of each organisation: room left, pairs that it is in, floor."""
Move = tuple[int, int, int, int]
"""Gain, pair in, pair out, second pair in; -1 for none."""

_UNKNOWN = -2


@compiled
def _joining(x: int, more: int, state: State, bonus: int) -> int:
    """Return the bonus for one more pair of ``x`` after ``more``, or -1 where it has no room."""
    room, degree, floor = state
    if room[x] <= more:
        return -1
    return bonus if degree[x] + more < floor[x] else 0


@compiled
def _other_end(edge: int, x: int, ends: Ints) -> int:
    return int(ends[edge, 0] if ends[edge, 1] == x else ends[edge, 1])


@compiled
def _spare(
    v: int, a: int, rounds: Round, chosen: Chosen, state: State, bonus: int
) -> tuple[int, int]:
    """Return the best pair of ``v`` that could be added, ``a`` being in one more by then."""
    starts, others, edges, weight = rounds
    best, best_edge = 0, -1
    for at in range(starts[v], starts[v + 1]):
        b, edge = others[at], edges[at]
        joining = _joining(b, 1 if b == a else 0, state, bonus)
        if joining >= 0 and not chosen[edge] and weight[edge] + joining > best:
            best, best_edge = weight[edge] + joining, edge
    return best, best_edge


@compiled
def _best_instead(
    v: int,
    a: int,
    rounds: Round,
    ends: Ints,
    chosen: Chosen,
    state: State,
    bonus: int,
    remembered: Ints,
) -> tuple[int, int]:
    """Return what ``v`` makes of losing a pair: nothing, or the best pair that it has to spare.

    The last answer is looked up where it still holds: hardly any changes from move to move.
    """
    edge = remembered[v]
    if edge >= 0:
        b = _other_end(edge, v, ends)
        joining = _joining(b, 1 if b == a else 0, state, bonus)
        if joining < 0 or chosen[edge]:
            edge = _UNKNOWN
        worth = rounds[3][edge] + joining
    if edge == _UNKNOWN:
        worth, edge = _spare(v, a, rounds, chosen, state, bonus)
        remembered[v] = edge
    _, degree, floor = state
    loss = bonus if degree[v] <= floor[v] else 0
    if edge < 0 or worth <= -loss:
        return -loss, -1
    return worth, edge


@compiled
def _best_move(
    a: int,
    rounds: Round,
    ends: Ints,
    chosen: Chosen,
    state: State,
    bonus: int,
    remembered: Ints,
) -> Move:
    """Return the best way to give ``a`` one more pair, of no gain where there is none."""
    starts, others, edges, weight = rounds
    wanted = _joining(a, 0, state, bonus)
    move = (0, -1, -1, -1)
    for at in range(starts[a], starts[a + 1]):
        u, edge = others[at], edges[at]
        if chosen[edge]:
            continue
        joining = _joining(u, 0, state, bonus)
        if joining >= 0:
            gain = weight[edge] + wanted + joining
            if gain > move[0]:
                move = (gain, edge, -1, -1)
            continue
        for place in range(starts[u], starts[u + 1]):
            v, dropped = others[place], edges[place]
            if not chosen[dropped]:
                continue
            instead, second = _best_instead(v, a, rounds, ends, chosen, state, bonus, remembered)
            gain = weight[edge] + wanted - weight[dropped] + instead
            if gain > move[0]:
                move = (gain, edge, dropped, second)
    return move


@compiled
def _switch(edge: int, ends: Ints, chosen: Chosen, state: State) -> None:
    room, degree, _ = state
    change = -1 if chosen[edge] else 1
    for end in ends[edge]:
        degree[end] += change
        room[end] -= change
    chosen[edge] = not chosen[edge]


@compiled
def improve(rounds: Round, ends: Ints, chosen: Chosen, state: State, bonus: int) -> None:
    """Mend ``chosen`` in place until no move helps: fill, one for one, and two for one.

    ``ends`` is int64[pairs, 2]. Each move raises the value of the round, so it comes to an end.
    """
    remembered = np.empty(len(state[0]), dtype=np.int64)
    has_moved = True
    while has_moved:
        has_moved = False
        remembered[:] = _UNKNOWN
        for a in range(len(state[0])):
            while state[0][a] > 0:
                move = _best_move(a, rounds, ends, chosen, state, bonus, remembered)
                if move[0] <= 0:
                    break
                for edge in move[1:]:
                    if edge >= 0:
                        _switch(edge, ends, chosen, state)
                has_moved = True
