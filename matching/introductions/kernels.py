"""Distances from many landmarks at once, and gains, compiled: imported only where needed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled
from matching.network import Ints

__all__ = ["distances", "gaps"]

Steps = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.uint64]
Ends = npt.NDArray[np.int32]


@compiled
def distances(starts: Ints, ends: Ends, sources: Ints, far: int) -> Steps:
    """Return uint8[n, sources]: steps from each source, ``far`` where more or none.

    A breadth-first search for 64 sources at once, a bit each (Then et al. 2014, MS-BFS).
    """
    count = len(starts) - 1
    found = np.full((count, len(sources)), far, dtype=np.uint8)
    for block in range(0, len(sources), 64):
        size = min(64, len(sources) - block)
        seen = np.zeros(count, dtype=np.uint64)
        fringe = np.zeros(count, dtype=np.uint64)
        for bit in range(size):
            fringe[sources[block + bit]] |= np.uint64(1) << np.uint64(bit)
            found[sources[block + bit], block + bit] = 0
        seen |= fringe
        for depth in range(1, far):
            reached = np.zeros(count, dtype=np.uint64)
            _spread(starts, ends, fringe, reached)
            if not _settle(reached, seen, found, block, size, depth):
                break
            fringe = reached
    return found


@compiled
def _spread(starts: Ints, ends: Ends, fringe: Bits, reached: Bits) -> None:
    for i in range(len(fringe)):
        if fringe[i]:
            for at in range(starts[i], starts[i + 1]):
                reached[ends[at]] |= fringe[i]


@compiled
def _settle(reached: Bits, seen: Bits, found: Steps, block: int, size: int, depth: int) -> bool:
    """Write down who is reached for the first time; say whether anybody is."""
    is_any = False
    for i in range(len(reached)):
        reached[i] &= ~seen[i]
        if reached[i]:
            is_any = True
            seen[i] |= reached[i]
            for bit in range(size):
                if reached[i] >> np.uint64(bit) & np.uint64(1):
                    found[i, block + bit] = depth
    return is_any


@compiled
def gaps(found: Steps, first: Ints, second: Ints) -> Ints:
    """Return int64[pairs]: over the landmarks, the sum of how much nearer a tie would bring one."""
    totals = np.zeros(len(first), dtype=np.int64)
    for pair in range(len(first)):
        one, other = found[first[pair]], found[second[pair]]
        total = np.int64(0)
        for landmark in range(len(one)):
            # As signed numbers: steps are kept in unsigned bytes, whose difference would wrap.
            gap = abs(np.int64(one[landmark]) - np.int64(other[landmark]))
            if gap > 1:
                total += gap - np.int64(1)
        totals[pair] = total
    return totals
