"""What both work on: themes and programmes of past undertakings."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.learning.features.base import (
    SOUGHT,
    Block,
    Dense,
    Feature,
    FeatureGroup,
    at,
    onto,
)
from matching.learning.features.walks import recency
from matching.learning.past import Floats32, Ints, Past

__all__ = ["Subjects"]

_DIMENSIONS = 32


class Subjects(FeatureGroup):
    """Themes and programmes of the undertakings that both took part in.

    Source: TF-IDF weighting (Salton & Buckley 1988), latent semantic analysis (Deerwester 1990).
    """

    name: ClassVar[str] = "subjects"
    label: ClassVar[str] = "what both of you work on"
    features: ClassVar[tuple[Feature, ...]] = (
        Feature("themes", "like themes", "cosine of TF-IDF of themes, joint undertakings"),
        Feature("themes_all", "like themes, work alone too", "the same of all undertakings"),
        Feature("themes_near", "related themes", "cosine in 32 dimensions"),
        Feature("active_in", "active in your themes", "ln(1 + Σ share · partners of j there)"),
        Feature("sought_in", "weighty in your themes", "the same over √ of all there"),
        Feature("programme", "active in your programmes", "ln(1 + Σ share · partners of j there)"),
        Feature("programme_recent", "in your programmes", "ln(1 + Σ share · undertakings of j)"),
        Feature("trend", "new partners of organisations on like themes", "ln(Σ cos⁶ · new + 0.01)"),
    )

    def __init__(self, past: Past) -> None:
        fresh = recency(past)
        ends = (fresh * np.maximum(past.sizes - 1, 0)).astype(np.float32)
        weigh = sparse.diags_array(past.rarity.astype(np.float32))
        self._joint = _unit(past.subjects @ weigh)
        self._all = _unit(past.members @ past.themes @ weigh)
        self._share = _unit(past.subjects @ weigh, power=1)
        self._active = _float(past.joint @ sparse.diags_array(ends) @ past.themes)
        totals = np.sqrt(np.maximum(np.asarray(self._active.sum(axis=0)).reshape(-1), 1e-9))
        self._sought = _float(self._active @ sparse.diags_array(1 / totals))
        under = _by_programme(past)
        self._own_programmes = _unit(past.members @ sparse.diags_array(fresh) @ under, power=1)
        self._by_partners = _float(past.joint @ sparse.diags_array(ends) @ under)
        self._by_number = _float(past.joint @ sparse.diags_array(fresh) @ under)
        self._meaning = _dimensions(self._joint)
        earlier = past.before(past.day - 365).ties
        self._new = sparse.csr_array((past.ties - earlier.multiply(past.ties)).T, dtype=np.float32)

    def dense(self, rows: Ints) -> Dense:
        return {SOUGHT: {0: _product(self._active, self._share, rows)}}

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        rows = block.rows
        near = self._meaning @ self._meaning[rows].T
        pairs = (
            (self._sought, self._share),
            (self._by_partners, self._own_programmes),
            (self._by_number, self._own_programmes),
        )
        close = np.maximum(near, 0) ** 6
        close[rows, np.arange(len(rows))] = 0
        return [
            at(_product(self._joint, self._joint, rows), block.pool),
            at(_product(self._all, self._all, rows), block.pool),
            at(near, block.pool),
            np.log1p(at(dense[SOUGHT][0], block.pool)),
            *(np.log1p(at(_product(theirs, mine, rows), block.pool)) for theirs, mine in pairs),
            np.log(at(onto(self._new, close), block.pool) + np.float32(0.01)),
        ]


def _product(theirs: sparse.csr_array, mine: sparse.csr_array, rows: Ints) -> Floats32:
    """Return theirs @ mineᵀ of the rows, n × B."""
    return np.asarray((theirs @ mine[rows].T).toarray(), dtype=np.float32)


def _by_programme(past: Past) -> sparse.csr_array:
    named = np.flatnonzero(past.programmes >= 0)
    shape = (len(past.programmes), int(past.programmes.max(initial=0)) + 1)
    ones = np.ones(len(named), dtype=np.float32)
    return sparse.csr_array((ones, (named, past.programmes[named])), shape=shape)


def _float(matrix: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(sparse.csr_array(matrix).astype(np.float32))


def _unit(matrix: sparse.csr_array, power: int = 2) -> sparse.csr_array:
    """Return rows of length (power 2) or sum (power 1) one."""
    made = _float(matrix)
    norms = np.asarray(made.power(power).sum(axis=1)).reshape(-1) ** (1 / power)
    return _float(sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ made)


def _dimensions(matrix: sparse.csr_array) -> Floats32:
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 - loads sklearn

    wanted = min(_DIMENSIONS, min(matrix.shape) - 1)
    if wanted < 1 or matrix.nnz == 0:
        return np.zeros((matrix.shape[0], 1), dtype=np.float32)
    left, middle, _ = randomized_svd(matrix, wanted, n_iter=4, random_state=0)
    found = left * middle
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-9), dtype=np.float32)
