"""Shortest ways, partners of partners and cuts, compiled: imported only where needed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled
from matching.network import Floats, Ints

__all__ = ["LANES", "betweenness_from", "cuts_of", "holes_of"]

Ends = npt.NDArray[np.int32]

LANES = 8
"""Sources looked from at once: eight numbers fill a line of the processor's cache."""


@compiled
def betweenness_from(starts: Ints, ends: Ends, sources: Ints, sums: Floats, squares: Floats) -> int:
    """Add up, over the sources, what share of the shortest ways from each lead through everybody.

    Adds Σ over t of d(s, v) / d(s, t) · (share of ways s-t by v) to ``sums[v]`` and its square to
    ``squares[v]``, both float64[n]: the recursion of Brandes (2001), with each pair shared out
    between its two ends by distance (Geisberger, Sanders & Schultes 2008), so that a source next
    to v doesn't count for far more than the others. Over all sources that is betweenness.

    A breadth-first search for eight sources at once, level by level; every sum is gathered from
    the partners, so that the eight lanes of a row are read and written together. Returns the
    number of levels of the deepest search.
    """
    count = len(starts) - 1
    depth = np.full((count, LANES), -1, dtype=np.int32)
    ways = np.zeros((count, LANES))
    fringe = np.zeros((count, LANES))
    share = np.zeros((count, LANES))
    stamp = np.full(count, -1, dtype=np.int64)
    listed = np.empty(count * LANES + LANES, dtype=np.int32)
    levels = np.empty(count + 2, dtype=np.int64)
    reached = np.empty(count, dtype=np.int32)
    deepest, time = 0, 0
    for block in range(0, len(sources), LANES):
        size = min(LANES, len(sources) - block)
        depth[:] = -1
        ways[:] = 0
        share[:] = 0
        for lane in range(size):
            source = sources[block + lane]
            depth[source, lane] = 0
            ways[source, lane] = 1
            listed[lane] = source
        levels[0], levels[1] = 0, size
        level = 0
        while levels[level + 1] > levels[level]:
            _hold(listed, levels, level, depth, ways, fringe)
            time += 1
            found = _around(starts, ends, listed, levels, level, stamp, time, reached)
            at = _advance(starts, ends, reached[:found], level, depth, ways, fringe, listed, levels)
            _clear(listed, levels, level, fringe)
            level += 1
            levels[level + 1] = at
        deepest = max(deepest, level)
        for back in range(level - 1, 0, -1):
            _hold_shares(listed, levels, back, depth, ways, share, fringe)
            time += 1
            _gather(starts, ends, listed, levels, back - 1, depth, ways, share, fringe, stamp, time)
            _clear(listed, levels, back, fringe)
        for i in range(count):
            for lane in range(size):
                through = share[i, lane] * depth[i, lane]
                sums[i] += through
                squares[i] += through**2
    return deepest


@compiled
def _hold(
    listed: Ends, levels: Ints, level: int, depth: Ends, ways: Floats, fringe: Floats
) -> None:
    for at in range(levels[level], levels[level + 1]):
        i = listed[at]
        for lane in range(LANES):
            fringe[i, lane] = ways[i, lane] if depth[i, lane] == level else 0.0


@compiled
def _around(
    starts: Ints,
    ends: Ends,
    listed: Ends,
    levels: Ints,
    level: int,
    stamp: Ints,
    time: int,
    reached: Ends,
) -> int:
    """Write down the partners of a level once each, and return how many they are."""
    found = 0
    for at in range(levels[level], levels[level + 1]):
        i = listed[at]
        for edge in range(starts[i], starts[i + 1]):
            j = ends[edge]
            if stamp[j] != time:
                stamp[j] = time
                reached[found] = j
                found += 1
    return found


@compiled
def _advance(
    starts: Ints,
    ends: Ends,
    reached: Ends,
    level: int,
    depth: Ends,
    ways: Floats,
    fringe: Floats,
    listed: Ends,
    levels: Ints,
) -> int:
    """Count the ways that lead one step on; return where the list of the new level ends."""
    at = int(levels[level + 1])
    total = np.empty(LANES)
    for i in reached:
        is_open = False
        for lane in range(LANES):
            is_open |= depth[i, lane] < 0
        if not is_open:
            continue
        total[:] = 0
        for edge in range(starts[i], starts[i + 1]):
            j = ends[edge]
            for lane in range(LANES):
                total[lane] += fringe[j, lane]
        is_new = False
        for lane in range(LANES):
            if depth[i, lane] < 0 and total[lane] > 0:
                depth[i, lane] = level + 1
                ways[i, lane] = total[lane]
                is_new = True
        if is_new:
            listed[at] = i
            at += 1
    return at


@compiled
def _hold_shares(
    listed: Ends,
    levels: Ints,
    level: int,
    depth: Ends,
    ways: Floats,
    share: Floats,
    fringe: Floats,
) -> None:
    for at in range(levels[level], levels[level + 1]):
        i = listed[at]
        for lane in range(LANES):
            if depth[i, lane] == level:
                fringe[i, lane] = (1.0 / level + share[i, lane]) / ways[i, lane]
            else:
                fringe[i, lane] = 0.0


@compiled
def _gather(
    starts: Ints,
    ends: Ends,
    listed: Ends,
    levels: Ints,
    level: int,
    depth: Ends,
    ways: Floats,
    share: Floats,
    fringe: Floats,
    stamp: Ints,
    time: int,
) -> None:
    """Give those of a level their shares of the ways that lead through them one step on."""
    total = np.empty(LANES)
    for at in range(levels[level], levels[level + 1]):
        i = listed[at]
        if stamp[i] == time:
            # Two sources that are one organisation list it twice.
            continue
        stamp[i] = time
        total[:] = 0
        for edge in range(starts[i], starts[i + 1]):
            j = ends[edge]
            for lane in range(LANES):
                total[lane] += fringe[j, lane]
        for lane in range(LANES):
            if depth[i, lane] == level:
                share[i, lane] = ways[i, lane] * total[lane]


@compiled
def _clear(listed: Ends, levels: Ints, level: int, fringe: Floats) -> None:
    for at in range(levels[level], levels[level + 1]):
        fringe[listed[at]] = 0


@compiled
def holes_of(starts: Ints, ends: Ends, first: int, stop: int) -> Floats:
    """Return float64[stop - first, 2]: Burt's constraint and effective size; NaN without partners.

    Every tie weighs 1. Constraint of i = Σ over partners j (1/d_i + Σ over common partners q
    1/(d_i d_q))², effective size = d_i - (partners of partners that are partners) / d_i.
    """
    count = len(starts) - 1
    found = np.empty((stop - first, 2))
    marked = np.full(count, -1, dtype=np.int64)
    for i in range(first, stop):
        degree = starts[i + 1] - starts[i]
        if degree == 0:
            found[i - first] = np.nan
            continue
        for edge in range(starts[i], starts[i + 1]):
            marked[ends[edge]] = i
        constraint, closed = 0.0, 0
        for edge in range(starts[i], starts[i + 1]):
            j = ends[edge]
            indirect = 0.0
            for other in range(starts[j], starts[j + 1]):
                q = ends[other]
                if marked[q] == i:
                    closed += 1
                    indirect += 1.0 / (starts[q + 1] - starts[q])
            constraint += ((1.0 + indirect) / degree) ** 2
        found[i - first, 0] = constraint
        found[i - first, 1] = degree - closed / degree
    return found


@compiled
def cuts_of(starts: Ints, ends: Ends) -> tuple[Ints, Ints, Ints, Ints]:
    """Search depth first, and return what can be read from it of cuts (Hopcroft & Tarjan 1973).

    ``order``: int64[n], organisations in the order of the search; ``parent``: int64[n], from whom
    each was reached, -1 for the first of its component; ``below``: int64[n], how many were reached
    through each, itself included: they stand next to each other in the order; ``lowest``: int64[n],
    the earliest place in the order that a tie leads to from any of those.
    """
    count = len(starts) - 1
    order, place = np.empty(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    parent, below = np.full(count, -1, dtype=np.int64), np.ones(count, dtype=np.int64)
    lowest, edge = np.empty(count, dtype=np.int64), starts[:-1].copy()
    at = 0
    for root in range(count):
        if place[root] >= 0:
            continue
        place[root] = lowest[root] = at
        order[at] = root
        at += 1
        i = root
        while i >= 0:
            if edge[i] < starts[i + 1]:
                j = ends[edge[i]]
                edge[i] += 1
                if place[j] < 0:
                    parent[j] = i
                    place[j] = lowest[j] = at
                    order[at] = j
                    at += 1
                    i = j
                elif j != parent[i]:
                    lowest[i] = min(lowest[i], place[j])
            else:
                up = parent[i]
                if up >= 0:
                    below[up] += below[i]
                    lowest[up] = min(lowest[up], lowest[i])
                i = up
    return order, parent, below, lowest
