"""Nearness in the network: how many short ways lead from one organisation to another."""

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
    near_zero,
    of_candidates,
    of_organisations,
    onto,
)
from matching.learning.past import Floats32, Ints, Past, counted, normalised

__all__ = ["HALF_LIFE_DAYS", "Walks", "recency"]

HALF_LIFE_DAYS = 365
_DIMENSIONS = 64
_LEAST = 1e-3
_RESTARTS = {"far": 0.85, "near": 0.5}


class Walks(FeatureGroup):
    """Ways through the network of who has worked with whom.

    N = D^-½ A D^-½ of three networks: A itself (ones), Newman's, in which an undertaking of s
    counts 1/(s-1), and a recent one, in which it halves with each year; and of organisations with
    their undertakings and themes as go-betweens. Source: local path and random-walk indices of
    link prediction (Lü & Zhou 2011), paths of length three (Kovács et al. 2019), collaboration
    weights (Newman 2001), personalised PageRank (Page et al. 1999).
    """

    name: ClassVar[str] = "network"
    label: ClassVar[str] = "the way between you through past partners"
    features: ClassVar[tuple[Feature, ...]] = (
        *(
            Feature(f"ties_{steps}", f"ways of {steps} ties", f"ln(D^½ N^{steps} D^½ + 0.001)")
            for steps in (2, 3, 4, 5)
        ),
        *(
            Feature(
                f"joint_{steps}",
                f"ways of {steps} ties, small undertakings weigh more",
                f"ln(D^½ N^{steps} D^½ + 0.001), Newman's weights",
            )
            for steps in (2, 3, 4)
        ),
        *(
            Feature(
                f"recent_{steps}",
                f"ways of {steps} ties, recent ones weigh more",
                f"ln(D^½ N^{steps} D^½ + 0.001), halved with each year",
            )
            for steps in (2, 3)
        ),
        *(
            Feature(
                f"between_{steps}",
                f"ways of {steps} undertakings or themes",
                f"ln(D^½ (B Bᵀ)^{steps} D^½ + 0.001), B of undertakings and themes",
            )
            for steps in (1, 2, 3)
        ),
        Feature("rank_far", "personalised PageRank", "ln(Σ 0.85^k P^k + 1e-6), k ≤ 5"),
        Feature("rank_near", "personalised PageRank, near", "ln(Σ 0.5^k P^k + 1e-6), k ≤ 5"),
        Feature("rank_joint", "the same, small undertakings weigh more", "k ≤ 4, 0.7"),
        Feature("rank_recent", "the same, recent ones weigh more", "k ≤ 3, 0.85"),
        Feature("common", "partners in common", "ln(1 + common partners)"),
        Feature("adamic_adar", "partners in common with few partners", "ln(1 + Adamic-Adar)"),
        Feature("position", "like position in the network", "ln of U S Uᵀ, 64 dimensions of N"),
        Feature("position_raw", "like position, near the centre", "U S² Uᵀ"),
    )

    def __init__(self, past: Past) -> None:
        fresh = recency(past)
        weights = {
            "ties": past.ties,
            "joint": counted(past.joint, (1 / np.maximum(past.sizes - 1, 1)).astype(np.float32)),
            "recent": counted(past.joint, fresh),
        }
        self._nets = {name: normalised(matrix) for name, matrix in weights.items()}
        self._plain = past.ties
        degrees = np.diff(past.ties.indptr)
        self._closeness = sparse.csr_array(
            past.ties @ sparse.diags_array((1 / np.log(np.maximum(degrees, 2))).astype(np.float32))
        )
        self._between, self._roots = _with_themes(past, np.maximum(fresh, 0.05))
        self._between_t = sparse.csr_array(self._between.T)
        self._left, self._middle = _positions(self._nets["ties"][0])

    def dense(self, rows: Ints) -> Dense:
        found = {
            "ties": self._hops("ties", rows, 5),
            "joint": self._hops("joint", rows, 4),
            "recent": self._hops("recent", rows, 3),
            "between": self._through(rows),
        }
        found[SOUGHT] = {
            0: self._raw("ties", rows, found["ties"][4]),
            1: self._raw("joint", rows, found["joint"][3]),
            2: found["between"][2],
        }
        return found

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        rows = block.rows
        found = [
            near_zero(self._raw_at(name, dense[name][steps], block), _LEAST)
            for name, wanted in (("ties", (2, 3, 4, 5)), ("joint", (2, 3, 4)), ("recent", (2, 3)))
            for steps in wanted
        ]
        between = dense["between"]
        found += [near_zero(at(between[steps], block.pool), _LEAST) for steps in (1, 2, 3)]
        for name, kept in (("ties", 0.85), ("ties", 0.5), ("joint", 0.7), ("recent", 0.85)):
            found.append(self._rank(name, dense[name], kept, block))
        mine = _dense(self._plain, rows)
        found.append(np.log1p(at(onto(self._plain, mine), block.pool)))
        found.append(np.log1p(at(onto(self._closeness, mine), block.pool)))
        alike = self._left @ (self._left[rows] / self._middle).T
        found.append(
            near_zero(np.maximum(at(np.asarray(alike, dtype=np.float32), block.pool), 0), 1e-5)
        )
        found.append(at(self._left @ self._left[rows].T, block.pool))
        return found

    def _hops(self, name: str, rows: Ints, count: int) -> dict[int, Floats32]:
        """Return N^k of the rows as n × B, for k = 1 … count."""
        matrix = self._nets[name][0]
        found = {1: _dense(matrix, rows)}
        for step in range(2, count + 1):
            found[step] = onto(matrix, found[step - 1])
        return found

    def _raw(self, name: str, rows: Ints, hop: Floats32) -> Floats32:
        roots = self._nets[name][1]
        return np.asarray(hop * roots[:, None] * roots[rows][None, :], dtype=np.float32)

    def _raw_at(self, name: str, hop: Floats32, block: Block) -> Floats32:
        roots = self._nets[name][1]
        scale = of_candidates(roots, block) * of_organisations(roots, block)
        return at(hop, block.pool) * scale

    def _rank(self, name: str, hops: dict[int, Floats32], kept: float, block: Block) -> Floats32:
        """Return ln of the truncated PageRank: P^k = D^-½ N^k D^½, so no step is walked twice."""
        roots = self._nets[name][1]
        total = np.zeros(block.pool.shape, dtype=np.float32)
        for step, hop in hops.items():
            total += np.float32(kept**step) * at(hop, block.pool)
        mine = np.maximum(of_organisations(roots, block), 1e-6)
        share = np.asarray(total * of_candidates(roots, block) / mine, dtype=np.float32)
        return near_zero(share, 1e-6)

    def _through(self, rows: Ints) -> dict[int, Floats32]:
        hop = _dense(self._between, rows)
        found = {}
        scale = self._roots[:, None] * self._roots[rows][None, :]
        for step in (1, 2, 3):
            hop = onto(self._between, hop if step == 1 else onto(self._between_t, hop))
            found[step] = np.asarray(hop * scale, dtype=np.float32)
        return found


def recency(past: Past) -> Floats32:
    """Return float32[m]: ½ to the power of the years since each undertaking began."""
    return np.asarray(0.5 ** (past.ages / HALF_LIFE_DAYS), dtype=np.float32)


def _dense(matrix: sparse.csr_array, rows: Ints) -> Floats32:
    """Return the rows of a matrix as its columns × B."""
    return np.ascontiguousarray(matrix[rows].toarray().T, dtype=np.float32)


def _with_themes(past: Past, fresh: Floats32) -> tuple[sparse.csr_array, Floats32]:
    """Return B = D^-½ [members, themes] C^-½ and D^½: organisations × go-betweens."""
    held = past.joint @ sparse.diags_array(np.sqrt(fresh))
    on = past.subjects @ sparse.diags_array((0.3 * past.rarity).astype(np.float32))
    joined = sparse.csr_array(sparse.hstack((held, on)), dtype=np.float32)
    roots = [np.sqrt(np.asarray(joined.sum(axis=axis)).reshape(-1)) for axis in (1, 0)]
    inverse = [np.divide(1, r, out=np.zeros_like(r), where=r > 0) for r in roots]
    scaled = sparse.diags_array(inverse[0]) @ joined @ sparse.diags_array(inverse[1])
    return sparse.csr_array(scaled, dtype=np.float32), roots[0].astype(np.float32)


def _positions(matrix: sparse.csr_array) -> tuple[Floats32, Floats32]:
    """Return U S (n × d) and S (d) of the strongest dimensions of N."""
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 - loads sklearn

    wanted = min(_DIMENSIONS, matrix.shape[0] - 1)
    if wanted < 1 or matrix.nnz == 0:
        return np.zeros((matrix.shape[0], 1), np.float32), np.ones(1, np.float32)
    left, middle, _ = randomized_svd(matrix, wanted, n_iter=4, random_state=0)
    middle = np.maximum(middle, 1e-6)
    return (left * middle).astype(np.float32), middle.astype(np.float32)
