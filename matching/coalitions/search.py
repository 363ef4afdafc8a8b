"""The search tree over who answers for which skill: compiled, and in whole numbers throughout.

At each node one open skill is given to a member with room, or to somebody new. What can still come
is bounded from below: each open skill costs at least its cheapest option, where joining is shared
out over the skills that one could take over, and includes half of what the nearest others cost it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matching.coalitions.question import NEVER, Flags, Ints, Outcome, Question
from matching.engine.compiled import compiled

__all__ = ["probe", "search"]

_SPENT, _COUNT, _LEADS = 0, 1, 2


class State(NamedTuple):
    """Where the search stands; all arrays, changed in place."""

    tally: Ints
    inside: Flags
    blocked: Ints
    overlap: Ints
    spare: Ints
    join: Ints
    covered: Flags
    half: Ints
    price: Ints
    least: Ints
    free: Flags
    share: Ints


class Tree(NamedTuple):
    """The options at each depth, cheapest first, and which of them are tried."""

    options: Ints
    bounds: Ints
    listed: Ints
    tried: Ints
    skill: Ints
    chosen: Ints
    is_new: Flags


def search(question: Question, best: int, most_nodes: int) -> Outcome:
    """Return the best team that costs less than ``best``, depth first, cheapest options first."""
    question = _laid_out(question)
    state = _begun(question)
    members = np.zeros(len(question.cost), dtype=np.bool_)
    if not _is_possible(question, state):
        return Outcome(NEVER, members, NEVER, 0)
    cost, bound, nodes = _search(question, state, _planted(question), members, best, most_nodes, 0)
    return Outcome(int(cost), members, int(bound), int(nodes))


def probe(question: Question) -> Ints:
    """Return int64[m]: what a team with each candidate costs at least, NEVER if there is none."""
    question = _laid_out(question)
    state = _begun(question)
    found = np.full(len(question.cost), NEVER, dtype=np.int64)
    if _is_possible(question, state):
        _probe(question, state, found)
    return found


def _laid_out(question: Question) -> Question:
    """Return the question with every array row by row: another layout would be compiled again."""
    parts: dict[str, Any] = {
        name: np.ascontiguousarray(part)
        for name, part in question._asdict().items()
        if isinstance(part, np.ndarray)
    }
    return question._replace(**parts)


def _begun(question: Question) -> State:
    """Return the state in which the must-members are in, and nobody answers for anything."""
    count, skills = question.can.shape
    must = np.flatnonzero(question.must)
    join = question.cost + question.apart[must].sum(axis=0)
    pairs = question.apart[np.ix_(must, must)].sum() // 2
    spent = question.cost[must].sum() + pairs
    return State(
        tally=np.array([spent, len(must), question.leads[must].sum()], dtype=np.int64),
        inside=question.must.copy(),
        blocked=question.barred[must].sum(axis=0),
        overlap=question.masks[:, must].sum(axis=1),
        spare=np.full(count, question.each, dtype=np.int64),
        join=join,
        covered=np.zeros(skills, dtype=np.bool_),
        half=_nearest(question) // 2,
        price=np.zeros((count, skills), dtype=np.int64),
        least=np.zeros(skills, dtype=np.int64),
        free=np.zeros(count, dtype=np.bool_),
        share=np.zeros(count, dtype=np.int64),
    )


def _nearest(question: Question) -> Ints:
    """Return m × (size + 1): what the r nearest others that are alive cost, in all."""
    count, size = len(question.cost), question.size
    sums = np.zeros((count, size + 1), dtype=np.int64)
    apart = np.where((question.barred > 0) | ~question.alive, NEVER // 64, question.apart)
    np.fill_diagonal(apart, NEVER // 64)
    few = min(size, count)
    nearest = np.sort(np.partition(apart, few - 1, axis=1)[:, :few], axis=1)
    sums[:, 1 : few + 1] = np.cumsum(nearest, axis=1)
    return sums


def _is_possible(question: Question, state: State) -> bool:
    return bool(
        not state.blocked[state.inside].any()
        and (state.overlap <= question.limits).all()
        and state.inside.sum() <= question.size
    )


def _planted(question: Question) -> Tree:
    count, skills = question.can.shape
    depths = skills + question.size + 2
    return Tree(
        options=np.zeros((depths, count), dtype=np.int64),
        bounds=np.zeros((depths, count), dtype=np.int64),
        listed=np.zeros(depths, dtype=np.int64),
        tried=np.zeros(depths, dtype=np.int64),
        skill=np.full(depths, -1, dtype=np.int64),
        chosen=np.full(depths, -1, dtype=np.int64),
        is_new=np.zeros(depths, dtype=np.bool_),
    )


@compiled
def _search(
    question: Question,
    state: State,
    tree: Tree,
    members: Flags,
    best: int,
    most_nodes: int,
    depth: int,
) -> tuple[int, int, int]:
    """Fill ``members``; return the cost of the team, the bound on what was left, and the nodes.

    ``depth`` is 0: given, because a constant would have everything beneath compiled twice.
    """
    cost, bound, nodes = NEVER, NEVER, 0
    is_entered = False
    while depth >= 0:
        if not is_entered:
            is_entered = True
            nodes += 1
            if _branch(question, state, tree, depth, best):
                best = cost = state.tally[_SPENT]
                for i in range(len(members)):
                    members[i] = state.inside[i]
        if tree.tried[depth] < tree.listed[depth] and nodes < most_nodes:
            at = tree.tried[depth]
            tree.tried[depth] += 1
            if tree.bounds[depth, at] < best:
                _go_down(question, state, tree, depth, tree.options[depth, at])
                depth += 1
                is_entered = False
            continue
        for at in range(tree.tried[depth], tree.listed[depth]):
            bound = min(bound, tree.bounds[depth, at])
        depth -= 1
        if depth >= 0:
            _go_up(question, state, tree, depth)
    return cost, bound, nodes


@compiled
def _probe(question: Question, state: State, found: Ints) -> None:
    for i in range(len(question.cost)):
        if question.must[i]:
            found[i] = 0
        elif question.alive[i] and state.blocked[i] == 0 and state.tally[_COUNT] < question.size:
            _toggle(question, state, i)
            _free(question, state)
            total, _ = _bound(question, state)
            found[i] = min(NEVER, state.tally[_SPENT] + total)
            _toggle(question, state, i)


@compiled
def _toggle(question: Question, state: State, i: int) -> None:
    """Take a candidate into the team, or out of it if it is in."""
    sign = -1 if state.inside[i] else 1
    if sign > 0:
        state.tally[_SPENT] += state.join[i]
    state.inside[i] = sign > 0
    state.tally[_COUNT] += sign
    state.tally[_LEADS] += sign * question.leads[i]
    for j in range(len(question.cost)):
        state.join[j] += sign * question.apart[i, j]
        state.blocked[j] += sign * question.barred[i, j]
    for u in range(len(question.limits)):
        state.overlap[u] += sign * question.masks[u, i]
    if sign < 0:
        state.tally[_SPENT] -= state.join[i]


@compiled
def _go_down(question: Question, state: State, tree: Tree, depth: int, i: int) -> None:
    skill = tree.skill[depth]
    tree.chosen[depth] = i
    tree.is_new[depth] = not state.inside[i]
    if tree.is_new[depth]:
        _toggle(question, state, i)
    if skill >= 0:
        state.tally[_SPENT] += question.skill_cost[i, skill]
        state.spare[i] -= 1
        state.covered[skill] = True


@compiled
def _go_up(question: Question, state: State, tree: Tree, depth: int) -> None:
    i, skill = tree.chosen[depth], tree.skill[depth]
    if skill >= 0:
        state.tally[_SPENT] -= question.skill_cost[i, skill]
        state.spare[i] += 1
        state.covered[skill] = False
    if tree.is_new[depth]:
        _toggle(question, state, i)


@compiled
def _free(question: Question, state: State) -> None:
    """Note who could still join."""
    for i in range(len(question.cost)):
        is_free = question.alive[i] and not state.inside[i] and state.blocked[i] == 0
        for u in range(len(question.limits)):
            if question.masks[u, i] and state.overlap[u] >= question.limits[u]:
                is_free = False
        state.free[i] = is_free


@compiled
def _branch(question: Question, state: State, tree: Tree, depth: int, best: int) -> bool:
    """List what can be done next; return whether the team is whole and costs less than ``best``."""
    tree.listed[depth] = tree.tried[depth] = 0
    tree.skill[depth] = -1
    left = question.size - state.tally[_COUNT]
    if left == 0 and state.tally[_LEADS] == 0:
        return False
    _free(question, state)
    if _open_count(state) == 0:
        if left == 0:
            return bool(state.tally[_SPENT] < best)
        # Only who may have nothing to answer for comes now; in order, so that no team comes twice.
        first = tree.chosen[depth - 1] + 1 if depth > 0 and tree.skill[depth - 1] < 0 else 0
        for i in range(first, len(question.cost)):
            if state.free[i] and question.idle[i]:
                _add(tree, depth, i, state.tally[_SPENT] + state.join[i], best)
        return False
    total, skill = _bound(question, state)
    least = state.tally[_SPENT] + total
    if skill < 0 or least >= best:
        return False
    tree.skill[depth] = skill
    for i in range(len(question.cost)):
        is_open = state.spare[i] > 0 if state.inside[i] else left > 0 and state.free[i]
        if question.can[i, skill] and is_open:
            _add(tree, depth, i, least - state.least[skill] + state.price[i, skill], best)
    return False


@compiled
def _add(tree: Tree, depth: int, i: int, bound: int, best: int) -> None:
    """Put an option in its place, the cheapest first, unless it can't lead to less than best."""
    if bound >= best:
        return
    at = tree.listed[depth]
    while at > 0 and tree.bounds[depth, at - 1] > bound:
        tree.bounds[depth, at] = tree.bounds[depth, at - 1]
        tree.options[depth, at] = tree.options[depth, at - 1]
        at -= 1
    tree.bounds[depth, at] = bound
    tree.options[depth, at] = i
    tree.listed[depth] += 1


@compiled
def _bound(question: Question, state: State) -> tuple[int, int]:
    """Return what the open skills cost at least, NEVER if they can't be met, and the next skill.

    That is the one with the fewest options, and of these the one whose best stands out most.
    ``state.price`` and ``state.least`` then hold the cost of each option and of the cheapest.
    """
    left = question.size - state.tally[_COUNT]
    _share(question, state, left)
    if _room(question, state, left) < _open_count(state):
        return NEVER, -1
    total, next_skill, fewest, widest = 0, -1, len(question.cost) + 1, -1
    for s in range(len(state.covered)):
        if state.covered[s]:
            continue
        options, first, second = _options(question, state, left, s)
        if options == 0:
            return NEVER, -1
        state.least[s] = first
        total += first
        if options < fewest or (options == fewest and second - first > widest):
            next_skill, fewest, widest = s, options, second - first
    return total, next_skill


@compiled
def _options(question: Question, state: State, left: int, s: int) -> tuple[int, int, int]:
    """Return how many could answer for a skill, and what the cheapest two cost at least."""
    options, first, second = 0, NEVER, NEVER
    for i in range(len(question.cost)):
        if not question.can[i, s]:
            continue
        price = question.skill_cost[i, s]
        if state.inside[i]:
            if state.spare[i] == 0:
                continue
        elif state.share[i] == 0:
            continue
        else:
            price += (state.join[i] + state.half[i, left - 1]) // state.share[i]
        state.price[i, s] = price
        options += 1
        if price < first:
            first, second = price, first
        elif price < second:
            second = price
    return options, first, second


@compiled
def _room(question: Question, state: State, left: int) -> int:
    """Return for how many skills the members and those to come can answer."""
    room = question.each * left
    for i in range(len(question.cost)):
        if state.inside[i]:
            room += state.spare[i]
    return room


@compiled
def _share(question: Question, state: State, left: int) -> None:
    """Note how many open skills each could take over by joining, 0 if it can't join."""
    for i in range(len(question.cost)):
        share = 0
        if left > 0 and state.free[i]:
            for s in range(len(state.covered)):
                if question.can[i, s] and not state.covered[s]:
                    share += 1
        state.share[i] = min(share, question.each)


@compiled
def _open_count(state: State) -> int:
    count = 0
    for is_covered in state.covered:
        if not is_covered:
            count += 1
    return count
