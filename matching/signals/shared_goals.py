"""Signal: goals in common."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Network
from matching.signals.base import SharedThings
from matching.suggestion import Direction

__all__ = ["SharedGoals"]


class SharedGoals(SharedThings):
    """Both have signed up to the same goal of the network; one that few advance counts for more.

    Formula: 0.6 · Σ over shared goals of scarcity · both confidences.
    Unit: log-odds. Source: common agenda (Kania & Kramer 2011); inverse document frequency (Spärck
    Jones 1972).
    """

    name: ClassVar[str] = "shared_goals"
    label: ClassVar[str] = "goals in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.6
    tie_kind: ClassVar[str] = "advances"
    other_tie_kind: ClassVar[str] = "advances"
    thing_kind: ClassVar[str] = "goal"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.goals, network.goals
