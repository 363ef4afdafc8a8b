"""How evenly attention is spread: how often each organisation is put before somebody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.network import Ints

__all__ = ["Exposure", "exposure", "gini"]


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """How often each organisation is proposed. The figures leave closed organisations out.

    ``counts`` is int64[n]. ``gini`` is 0 where all are proposed equally often and nears 1 where a
    few get everything (Gini 1912). ``never_share`` in [0, 1] is the share never proposed, and
    ``largest`` is how often the most wanted one is.
    """

    counts: Ints
    gini: float
    never_share: float
    largest: int


def exposure(counts: Ints, is_counted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Exposure:
    """Return the figures for ``counts``; only organisations with ``is_counted`` enter them."""
    seen = counts[is_counted]
    if not len(seen):
        return Exposure(counts, 0.0, 0.0, 0)
    return Exposure(counts, gini(seen), float((seen == 0).mean()), int(seen.max()))


def gini(counts: Ints) -> float:
    """Return the Gini coefficient of ``counts``, 0 where there is nothing to share.

    Formula: Σ (2r - n - 1) · x_r / (n · Σ x) over the counts in rising order, r = 1 … n.
    """
    total = int(counts.sum())
    if not total:
        return 0.0
    size = len(counts)
    rising = np.sort(counts).astype(np.float64)
    return float(((2 * np.arange(1, size + 1) - size - 1) * rising).sum() / (size * total))
