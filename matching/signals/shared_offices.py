"""Signal: offices in the same place."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Network
from matching.signals.base import SharedThings
from matching.suggestion import Direction

__all__ = ["SharedOffices"]


class SharedOffices(SharedThings):
    """Both have an office in the same place: near enough to meet, whoever they work for.

    Formula: 0.25 · Σ over shared office places of scarcity · both confidences.
    Unit: log-odds. Source: propinquity (Festinger, Schachter & Back 1950).
    """

    name: ClassVar[str] = "shared_offices"
    label: ClassVar[str] = "offices in the same place"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.25
    tie_kind: ClassVar[str] = "based_in"
    other_tie_kind: ClassVar[str] = "based_in"
    thing_kind: ClassVar[str] = "place"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.offices, network.offices
