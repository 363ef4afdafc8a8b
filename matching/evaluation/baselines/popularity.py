"""Baseline: whoever has most partners."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.evaluation.baselines.base import Baseline
from matching.network import Floats, Ints, Network

__all__ = ["Popularity"]


class Popularity(Baseline):
    """The same for everybody: who has worked with the most organisations.

    Formula: number of partners. Source: preferential attachment (Barabási & Albert 1999).
    """

    name: ClassVar[str] = "popularity"
    label: ClassVar[str] = "popularity"

    def scores(self, network: Network, rows: Ints) -> Floats:
        return np.tile(network.degrees.astype(np.float64), (len(rows), 1))
