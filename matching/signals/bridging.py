"""Signal: a tie that would join two circles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matching.circles import Circles, circles
from matching.network import Floats, Ints, Network
from matching.signals.base import Formed
from matching.signals.forms import Pairwise
from matching.suggestion import Direction, Evidence

__all__ = ["Bridging"]


@dataclass(frozen=True, slots=True, eq=False)
class _Bridge(Pairwise):
    circles: Circles
    weight: float
    least: float
    most: float

    def pair_points(self, starts: Ints, ends: Ints) -> Floats:
        label, constraint = self.circles.label, self.circles.constraint
        is_bridge = (label[starts] >= 0) & (label[ends] >= 0) & (label[starts] != label[ends])
        mean = (constraint[starts] + constraint[ends]) / 2
        return np.asarray(self.weight * is_bridge * mean, dtype=np.float64)


class Bridging(Formed):
    """You belong to different circles: a tie would join them, the more so if both are closed.

    Formula: 0.1 · the mean of both constraints if both are in a circle and not in the same one,
    else 0. A circle is three or more organisations held together by ties whose ends have a partner
    in common; constraint is how far the partners of one know each other, from 0 to 1.
    Unit: log-odds. Source: structural holes and constraint (Burt 1992); local bridges (Granovetter
    1973).
    """

    name: ClassVar[str] = "bridging"
    label: ClassVar[str] = "a bridge between two circles"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.1
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> _Bridge:
        found = circles(network)
        several = len(np.unique(found.label[found.label >= 0])) > 1
        return _Bridge(found, self.prior_weight, 0.0, self.prior_weight if several else 0.0)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        points = float(self.points(network, i, np.array([j]))[0])
        if points == 0:
            return ()
        facts = [
            fact
            for end in (i, j)
            for partner in network.partners_of(end).tolist()
            for fact in network.tie_facts(end, partner)
        ]
        return (Evidence(points=points, about="", facts=tuple(dict.fromkeys(facts))),)
