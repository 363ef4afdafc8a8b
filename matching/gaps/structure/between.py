"""Betweenness: on how many shortest ways between others an organisation lies.

Freeman (1977), by the algorithm of Brandes (2001): exact in small networks; in large ones from
some organisations drawn by lot (Brandes & Pich 2007), each pair shared out between its ends by
distance (Geisberger, Sanders & Schultes 2008), with the standard error that this brings.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from matching.network import Floats, Ints

__all__ = ["Betweenness", "between", "holes", "source_count"]

Ends = npt.NDArray[np.int32]

_WORK = 400_000_000
_FEWEST_SOURCES = 256
_BLOCK = 32
_ROWS = 20_000
_DIGITS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Betweenness:
    """How many pairs of others each is between.

    ``value``, ``error``: float64[rows], the pairs, and the standard error; ``sources`` of those
    with partners were looked from. The errors are 0 where that is all of them.
    ``parts``: float64[parts, rows], what blocks of sources each brought; none where exact.
    """

    value: Floats
    error: Floats
    sources: int
    is_exact: bool
    parts: Floats


def source_count(connected: int, end_count: int) -> int:
    """Return from how many to look: as many as 400 million steps allow, and 256 at the least."""
    return min(connected, max(_FEWEST_SOURCES, _WORK // max(1, end_count)))


def between(ties: sparse.csr_array, sources: Ints) -> Betweenness:
    """Return how many pairs of others each row is between, seen from ``sources``.

    ``sources`` are rows with partners, drawn by lot; all of them give the exact figures, those of
    ``networkx.betweenness_centrality(normalized=False)``.
    """
    from numba import get_num_threads  # noqa: PLC0415

    count = ties.shape[0]
    connected = int((np.diff(ties.indptr) > 0).sum())
    if not connected:
        nothing = np.zeros(count)
        return Betweenness(nothing, nothing, 0, is_exact=True, parts=np.empty((0, count)))
    # Neighbours in the network become neighbours in memory: half the time is waiting for it.
    order = csgraph.reverse_cuthill_mckee(sparse.csr_matrix(ties), symmetric_mode=True)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    near = sparse.csr_array(ties[order][:, order])
    near.sort_indices()
    blocks = [place[sources[at : at + _BLOCK]] for at in range(0, len(sources), _BLOCK)]
    total = len(sources)
    is_exact = total == connected
    sums, squares, parts = np.zeros(count), np.zeros(count), []
    starts, ends = near.indptr.astype(np.int64), near.indices.astype(np.int32)
    with ThreadPoolExecutor(get_num_threads()) as threads:
        # Added up in the order of the blocks, so that more processors change no digit.
        for one, other in threads.map(lambda block: _looked(starts, ends, block), blocks):
            sums += one
            squares += other
            if not is_exact:
                parts.append(one[place])
    scale = connected / max(1, total)
    variance = np.maximum(0, squares - sums**2 / max(1, total)) / max(1, total - 1)
    missing = max(0.0, 1 - total / max(1, connected))
    error = connected * np.sqrt(variance / max(1, total) * missing)
    return Betweenness(
        value=_rounded(sums[place] * scale),
        error=error[place],
        sources=total,
        is_exact=is_exact,
        parts=np.array(parts).reshape(-1, count),
    )


def holes(ties: sparse.csr_array) -> Floats:
    """Return float64[rows, 2]: Burt's (1992) constraint and effective size; NaN without partners.

    Every tie weighs 1, as in ``networkx.constraint`` and ``networkx.effective_size``.
    """
    from numba import get_num_threads  # noqa: PLC0415

    from matching.gaps.structure.kernels import holes_of  # noqa: PLC0415

    count = ties.shape[0]
    starts, ends = ties.indptr.astype(np.int64), ties.indices.astype(np.int32)
    bounds = [*range(0, count, _ROWS), count]
    with ThreadPoolExecutor(get_num_threads()) as threads:
        found = list(threads.map(lambda pair: holes_of(starts, ends, *pair), pairwise(bounds)))
    return np.concatenate(found) if found else np.empty((0, 2))


def _looked(starts: Ints, ends: Ends, sources: Ints) -> tuple[Floats, Floats]:
    from matching.gaps.structure.kernels import betweenness_from  # noqa: PLC0415

    sums, squares = np.zeros(len(starts) - 1), np.zeros(len(starts) - 1)
    betweenness_from(starts, ends, sources, sums, squares)
    return sums, squares


def _rounded(values: Floats) -> Floats:
    """Round to nine digits: equals stay equal, whatever order they were added up in."""
    size = np.floor(np.log10(np.where(values > 0, values, 1.0)))
    scale = 10.0 ** (_DIGITS - size)
    return np.asarray(np.round(values * scale) / scale)
