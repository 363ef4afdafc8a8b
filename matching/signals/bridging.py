"""Signal: a tie that would join two circles."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.circles import circles
from matching.network import Network
from matching.signals.base import Formed
from matching.signals.forms import Bridge
from matching.suggestion import Direction, Evidence

__all__ = ["Bridging"]

_SHOWN_TIES = 20


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

    def make_form(self, network: Network) -> Bridge:
        found = circles(network)
        return Bridge(found.constraint, found.label, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        form = self.form(network)
        assert isinstance(form, Bridge)
        if form.labels[i] == form.labels[j] or min(form.labels[i], form.labels[j]) < 0:
            return ()
        points = float(self.points(network, i, np.array([j]))[0])
        if points == 0:
            return ()
        # Without all ties of one end there is no circle to bridge; of a hub's some tell enough.
        fewer, more = sorted((i, j), key=lambda end: len(network.partners_of(end)))
        some = max(_SHOWN_TIES, len(network.partners_of(fewer)))
        facts = [
            fact
            for end, shown in ((fewer, None), (more, some))
            for partner in network.partners_of(end)[:shown].tolist()
            for fact in network.tie_facts(end, partner)
        ]
        return (Evidence(points=points, about="", facts=tuple(dict.fromkeys(facts))),)
