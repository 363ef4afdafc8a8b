"""Baseline: partners in common, the rarer the better."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["AdamicAdar"]


class AdamicAdar(Baseline):
    """Whoever has partners in common with it, where those with few partners say more.

    Formula: Σ 1 / ln(partners of z) over common partners z. Source: Adamic & Adar
    2003, Friends and neighbors on the web.
    """

    name: ClassVar[str] = "adamic_adar"
    label: ClassVar[str] = "Adamic–Adar"

    def scores(self, network: Network, rows: Ints) -> Floats:
        ties = adjacency(network)
        weights = 1 / np.log(np.maximum(network.degrees, 2))
        return np.asarray((ties[rows] @ sparse.diags_array(weights) @ ties).toarray())
