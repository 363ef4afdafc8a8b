"""Baseline: what flows over partners in common."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["ResourceAllocation"]


class ResourceAllocation(Baseline):
    """Whoever has partners in common with it, where those with many partners hardly count.

    Formula: Σ 1 / partners of z over common partners z. Source: Zhou, Lü & Zhang
    2009, Predicting missing links via local information.
    """

    name: ClassVar[str] = "resource_allocation"
    label: ClassVar[str] = "resource allocation"

    def scores(self, network: Network, rows: Ints) -> Floats:
        ties = adjacency(network)
        weights = 1 / np.maximum(network.degrees, 1)
        return np.asarray((ties[rows] @ sparse.diags_array(weights) @ ties).toarray())
