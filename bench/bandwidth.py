"""How fast this machine moves memory: the triad of STREAM (McCalpin 1995)."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from matching.network import Floats

__all__ = ["triad_gigabytes"]

_LENGTH = 10_000_000
_REPEATS = 5


@numba.njit(nogil=True)
def _triad(target: Floats, one: Floats, other: Floats) -> None:
    for at in range(len(target)):
        target[at] = one[at] + 3.0 * other[at]


def triad_gigabytes(threads: int) -> float:
    """Return GB a second that ``threads`` threads together read and write: the best of five."""
    arrays = [[np.ones(_LENGTH // threads) for _ in range(3)] for _ in range(threads)]
    _triad(*(np.ones(8) for _ in range(3)))
    best = np.inf
    with ThreadPoolExecutor(threads) as workers:
        for _ in range(_REPEATS):
            before = time.perf_counter()
            list(workers.map(lambda three: _triad(*three), arrays))
            best = min(best, time.perf_counter() - before)
    moved = sum(array.nbytes for three in arrays for array in three)
    return float(moved / best / 1e9)
