"""Ranking by a learned model: everybody's best partners, and how each came to its score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from matching.learning.candidates import BLOCK, Candidates, Seen
from matching.learning.model import PairModel
from matching.learning.past import Floats32, Ints, Past
from matching.network import Network
from matching.pool import candidate_pool

__all__ = ["candidates_of", "ranked", "top"]

_THREADS = 2


def top(network: Network, model: PairModel, rows: Ints, k: int) -> Ints:
    """Return int64[len(rows), k]: the best partners of each, best first; -1 where none is left."""
    found = [best for best, _ in ranked(network, model, rows, k)]
    return np.concatenate(found) if found else np.empty((0, k), dtype=np.int64)


def ranked(
    network: Network, model: PairModel, rows: Ints, k: int
) -> Iterator[tuple[Ints, Floats32]]:
    """Yield for blocks of ``rows``, in order: partners (B × k, -1 for none) and their scores.

    Only of :func:`matching.pool.candidate_pool`, and with a past; equal scores in order of id.
    """
    candidates = candidates_of(network)
    blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]

    def work(block: Ints) -> tuple[Ints, Floats32]:
        seen = next(candidates.seen(block, _allowed(network, candidates)))
        return _best(model.scores(seen), seen, k)

    with ThreadPoolExecutor(_THREADS) as threads:
        yield from threads.map(work, blocks)


def candidates_of(network: Network) -> Candidates:
    """Return the features of a network's past, made once."""
    return network.remembered("learning.candidates", lambda: Candidates(Past.of(network)))


def _allowed(network: Network, candidates: Candidates) -> Callable[[Ints], npt.NDArray[np.bool_]]:
    known = candidates.past.is_known

    def may(rows: Ints) -> npt.NDArray[np.bool_]:
        found = np.zeros((len(network), len(rows)), dtype=np.bool_)
        for column, row in enumerate(rows.tolist()):
            if network.is_open[row]:
                found[candidate_pool(network, row), column] = True
        return found & known[:, None]

    return may


def _best(scores: Floats32, seen: Seen, k: int) -> tuple[Ints, Floats32]:
    count = min(k, len(scores))
    # The pool is in order of id, so a stable sort leaves equals in it.
    order = np.argsort(-scores, axis=0, kind="stable")[:count]
    values = np.take_along_axis(scores, order, axis=0).T
    partners = np.take_along_axis(seen.block.pool, order, axis=0).T
    found = np.full((len(values), k), -1, dtype=np.int64)
    found[:, :count] = np.where(np.isfinite(values), partners, -1)
    return found, values
