"""Signal: sizes that complement each other."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.network import Network
from matching.signals.base import Formed
from matching.signals.forms import Gap
from matching.suggestion import Direction, Evidence

__all__ = ["SizeBalance"]


class SizeBalance(Formed):
    """One is larger, one smaller: capacity on one side, closeness to people on the other.

    Formula: 0.2 · min(1, |log10(1 + income) - log10(1 + their income)| / 2);
    0 if either is unknown.
    Unit: log-odds. Source: complementary resources in alliances (Harrison et al. 2001).
    """

    name: ClassVar[str] = "size_balance"
    label: ClassVar[str] = "sizes that complement each other"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.2
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> Gap:
        return Gap(np.log10(1 + network.income), scale=self.prior_weight, width=2)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        points = float(self.points(network, i, np.array([j]))[0])
        if points == 0:
            return ()
        pair = (network.organisation_ids[i], network.organisation_ids[j])
        return (Evidence(points=points, about="", facts=pair),)
