"""Signal: places in common."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Floats, Network
from matching.signals.base import SharedThings, scarcity
from matching.suggestion import Direction

__all__ = ["SharedPlaces"]

_WORTH_ANYWHERE = 0.4


class SharedPlaces(SharedThings):
    """Both are active in the same place, wherever their offices are.

    Formula: 0.6 · Σ over shared places of (0.4 + 0.6 · scarcity) · both confidences: being near
    helps even in a place where everybody works.
    Unit: log-odds. Source: inverse document frequency (Spärck Jones 1972); propinquity (Festinger,
    Schachter & Back 1950).
    """

    name: ClassVar[str] = "shared_places"
    label: ClassVar[str] = "places in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.6
    tie_kind: ClassVar[str] = "works_in"
    other_tie_kind: ClassVar[str] = "works_in"
    thing_kind: ClassVar[str] = "place"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.places, network.places

    def rarity(self, network: Network) -> Floats:
        return _WORTH_ANYWHERE + (1 - _WORTH_ANYWHERE) * scarcity(network.places)
