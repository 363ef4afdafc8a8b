"""Baseline: hidden factors behind who works with whom."""

from __future__ import annotations

import warnings
from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["AlternatingLeastSquares"]

_FACTORS = 64
_SEED = 0
Factors = tuple[Floats, Floats]


class AlternatingLeastSquares(Baseline):
    """Whoever's hidden factors, 64 of them, fit best; fitted to who works with whom.

    Formula: x · y, the vectors that fit the ties best by weighted least squares. Source: Hu, Koren
    & Volinsky 2008, Collaborative filtering for implicit feedback datasets, in the library
    ``implicit`` with its own settings.
    """

    name: ClassVar[str] = "als"
    label: ClassVar[str] = "ALS"

    def scores(self, network: Network, rows: Ints) -> Floats:
        mine, theirs = network.remembered("baselines.factors", lambda: _fitted(network))
        return np.asarray(mine[rows] @ theirs.T)


def _fitted(network: Network) -> Factors:
    # Loaded on first use: every other command would pay for it.
    from implicit.cpu.als import AlternatingLeastSquares as Model  # noqa: PLC0415

    ties = sparse.csr_matrix(adjacency(network).astype(np.float32))  # all that it takes
    if ties.nnz == 0:
        nothing = np.zeros((len(network), 1))
        return nothing, nothing
    with warnings.catch_warnings():
        # It would like one thread of BLAS for speed; the result is the same.
        warnings.simplefilter("ignore", RuntimeWarning)
        model = Model(factors=_FACTORS, random_state=_SEED)
        model.fit(ties, show_progress=False)
    # In single precision a sum would depend on how many rows are asked for.
    return model.user_factors.astype(np.float64), model.item_factors.astype(np.float64)
