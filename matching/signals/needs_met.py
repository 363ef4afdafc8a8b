"""Signal: needs they can meet."""

from __future__ import annotations

from typing import ClassVar

from matching.signals.skills import Exchange
from matching.suggestion import Direction

__all__ = ["NeedsMet"]


class NeedsMet(Exchange):
    """They offer what you need; a skill that few offer counts for more.

    Formula: 1.2 · Σ over needs and offers of urgency · level · capacity · worth. Urgency, level and
    capacity lie between 0.75 and 1.25 (capacity: no day a month to four or more, 1 if unknown);
    worth is the scarcity of a skill that is needed and offered, and 0.1 if what is offered is the
    next broader or narrower one. Each fact counts by its confidence and freshness.
    Unit: log-odds. Source: reciprocal recommendation, RECON (Pizzato et al. 2010); scarcity as
    inverse document frequency (Spärck Jones 1972).
    """

    name: ClassVar[str] = "needs_met"
    label: ClassVar[str] = "needs they can meet"
    direction: ClassVar[Direction] = Direction.GETS
    prior_weight: ClassVar[float] = 1.2
    tie_kind: ClassVar[str] = "needs"
    other_tie_kind: ClassVar[str] = "offers"
    is_offering: ClassVar[bool] = False
