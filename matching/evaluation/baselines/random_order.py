"""Baseline: chance."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.evaluation.baselines.base import Baseline
from matching.network import Floats, Ints, Network

__all__ = ["RandomOrder"]


class RandomOrder(Baseline):
    """Everybody in an order drawn by lot.

    Formula: 0 for all, and equal scores are ordered by lot. Source: the least that can be asked.
    """

    name: ClassVar[str] = "random"
    label: ClassVar[str] = "chance"

    def scores(self, network: Network, rows: Ints) -> Floats:
        return np.zeros((len(rows), len(network)))
