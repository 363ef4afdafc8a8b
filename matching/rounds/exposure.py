"""How evenly attention is spread: how often each organisation is put before somebody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.metrics import gini_of
from matching.network import Ints

__all__ = ["Exposure", "exposure"]


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
    return Exposure(counts, gini_of(seen), float((seen == 0).mean()), int(seen.max()))
