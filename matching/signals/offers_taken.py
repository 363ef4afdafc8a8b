"""Signal: needs you can meet."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Floats, Network
from matching.signals.base import SharedThings, scarcity
from matching.suggestion import Direction

__all__ = ["OffersTaken"]


class OffersTaken(SharedThings):
    """You offer what they need; a skill that few offer counts for more.

    Formula: 1.2 · Σ over skills of level · urgency · scarcity: "needs met"
    seen from the other side.
    Unit: log-odds. Source: reciprocal recommendation, RECON (Pizzato et al. 2010).
    """

    name: ClassVar[str] = "offers_taken"
    label: ClassVar[str] = "needs you can meet"
    direction: ClassVar[Direction] = Direction.GIVES
    prior_weight: ClassVar[float] = 1.2
    tie_kind: ClassVar[str] = "offers"
    other_tie_kind: ClassVar[str] = "needs"
    thing_kind: ClassVar[str] = "skill"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.offers, network.needs

    def rarity(self, network: Network) -> Floats:
        # Scarce is what few offer, also when it is you who offers it.
        return scarcity(network.offers)
