"""Ranking by a learned model: everybody's best partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from matching.learning.candidates import BLOCK, Candidates, Seen
from matching.learning.kept import kept_points
from matching.learning.model import PairModel
from matching.learning.past import Floats32, Ints, Past
from matching.network import Network
from matching.pool import candidate_pool

__all__ = ["Ranked", "rank_block", "suggest_all_learned", "top"]

_THREADS = 2
Ranked = tuple[Seen, Floats32, Ints]
"""A block, its scores (P × B; -inf: no candidate) and the places of the best (k × B)."""


def top(network: Network, model: PairModel, rows: Ints, k: int) -> Ints:
    """Return int64[len(rows), k]: the best partners of each, best first; -1 where none is left."""
    found = np.full((len(rows), k), -1, dtype=np.int64)
    start = 0
    for partners, scores in _lists(network, model, rows, k):
        part = found[start : start + len(partners), : partners.shape[1]]
        part[:] = np.where(np.isfinite(scores), partners, -1)
        start += len(partners)
    return found


def suggest_all_learned(
    network: Network,
    model: PairModel,
    *,
    k: int = 10,
    organisation_ids: Iterable[str] | None = None,
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield (organisation id, [(partner id, log-odds), …]), as ``suggest_all`` does by priors.

    Raises UnknownOrganisation before anything is computed.
    """
    rows = network.numbers_of(organisation_ids)
    ids = network.organisation_ids
    start = 0
    for partners, scores in _lists(network, model, rows, k):
        for row, found, worth in zip(
            rows[start : start + len(partners)].tolist(),
            partners.tolist(),
            scores.tolist(),
            strict=True,
        ):
            yield (
                ids[row],
                [
                    (ids[partner], score)
                    for partner, score in zip(found, worth, strict=True)
                    if np.isfinite(score)
                ],
            )
        start += len(partners)


def rank_block(network: Network, model: PairModel, rows: Ints, k: int) -> Ranked:
    """Rank for a few organisations; only of the pool, and equal scores in order of id."""
    candidates = _candidates(network)
    also = kept_points(network, rows)
    known = candidates.past.is_known[:, None]
    may = _may(network, rows) & (known if also is None else known | (also > 0))
    seen = candidates.seen(rows, may, also)
    scores = model.scores(seen)
    if also is not None:
        scores = scores + np.take_along_axis(also, seen.block.pool, axis=0)
    # The pool is in order of id, so a stable sort leaves equals in it.
    return seen, scores, np.argsort(-scores, axis=0, kind="stable")[:k]


def _lists(
    network: Network, model: PairModel, rows: Ints, k: int
) -> Iterator[tuple[Ints, Floats32]]:
    """Yield B × k' partners and their scores, block by block in order."""
    blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    _candidates(network)

    def work(block: Ints) -> tuple[Ints, Floats32]:
        seen, scores, best = rank_block(network, model, block, k)
        return (
            np.take_along_axis(seen.block.pool, best, axis=0).T,
            np.take_along_axis(scores, best, axis=0).T,
        )

    with ThreadPoolExecutor(_THREADS) as threads:
        yield from threads.map(work, blocks)


def _candidates(network: Network) -> Candidates:
    return network.remembered("learning.candidates", lambda: Candidates(Past.of(network)))


def _may(network: Network, rows: Ints) -> npt.NDArray[np.bool_]:
    found = np.zeros((len(network), len(rows)), dtype=np.bool_)
    for column, row in enumerate(rows.tolist()):
        if network.is_open[row]:
            found[candidate_pool(network, row), column] = True
    return found
