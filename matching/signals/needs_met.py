"""Signal: needs they can meet."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Network
from matching.signals.base import SharedThings
from matching.suggestion import Direction

__all__ = ["NeedsMet"]


class NeedsMet(SharedThings):
    """They offer what you need; a skill that few offer counts for more.

    Formula: 1.2 · Σ over skills of urgency · level · scarcity, where urgency and level are 0.75, 1
    or 1.25 and each is multiplied by the confidence of its fact.
    Unit: log-odds. Source: reciprocal recommendation, RECON (Pizzato et al. 2010); scarcity as
    inverse document frequency (Spärck Jones 1972).
    """

    name: ClassVar[str] = "needs_met"
    label: ClassVar[str] = "needs they can meet"
    direction: ClassVar[Direction] = Direction.GETS
    prior_weight: ClassVar[float] = 1.2
    tie_kind: ClassVar[str] = "needs"
    other_tie_kind: ClassVar[str] = "offers"
    thing_kind: ClassVar[str] = "skill"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.needs, network.offers
