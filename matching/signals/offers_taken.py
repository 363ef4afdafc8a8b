"""Signal: needs you can meet."""

from __future__ import annotations

from typing import ClassVar

from matching.signals.skills import Exchange
from matching.suggestion import Direction

__all__ = ["OffersTaken"]


class OffersTaken(Exchange):
    """You offer what they need; a skill that few offer counts for more.

    Formula: 1.2 · Σ over offers and needs of level · capacity · urgency · worth: "needs met" seen
    from the other side.
    Unit: log-odds. Source: reciprocal recommendation, RECON (Pizzato et al. 2010).
    """

    name: ClassVar[str] = "offers_taken"
    label: ClassVar[str] = "needs you can meet"
    direction: ClassVar[Direction] = Direction.GIVES
    prior_weight: ClassVar[float] = 1.2
    tie_kind: ClassVar[str] = "offers"
    other_tie_kind: ClassVar[str] = "needs"
    is_offering: ClassVar[bool] = True
