"""Baseline: the more partners in common, the better."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["CommonNeighbours"]


class CommonNeighbours(Baseline):
    """Whoever has the most partners in common with it.

    Formula: number of common partners. Source: Newman 2001, Clustering and preferential attachment.
    """

    name: ClassVar[str] = "common_neighbours"
    label: ClassVar[str] = "partners in common"

    def scores(self, network: Network, rows: Ints) -> Floats:
        ties = adjacency(network)
        return np.asarray((ties[rows] @ ties).toarray())
