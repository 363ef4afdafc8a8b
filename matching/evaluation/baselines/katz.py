"""Baseline: all ways from one to the other, short ones above all."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["Katz"]

_BETA = 0.001
_STEPS = 4


class Katz(Baseline):
    """Whoever can be reached over the most ways of up to four steps.

    Formula: Σ 0.001^l · (number of walks of l steps), l = 1 to 4. Source: Katz 1953, A new status
    index derived from sociometric analysis.
    """

    name: ClassVar[str] = "katz"
    label: ClassVar[str] = "Katz"

    def scores(self, network: Network, rows: Ints) -> Floats:
        ties = adjacency(network)
        walks = np.ascontiguousarray(ties[rows].toarray().T)  # n × rows: products run along rows
        total = _BETA * walks
        for step in range(2, _STEPS + 1):
            walks = ties @ walks
            total += _BETA**step * walks
        return np.asarray(total.T)
