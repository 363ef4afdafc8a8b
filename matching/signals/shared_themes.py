"""Signal: themes in common."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Network
from matching.signals.base import SharedThings
from matching.suggestion import Direction

__all__ = ["SharedThemes"]


class SharedThemes(SharedThings):
    """Both work on the same theme; a theme of few organisations counts for more.

    Formula: 0.4 · Σ over shared themes of scarcity · both confidences.
    Unit: log-odds. Source: inverse document frequency (Spärck Jones 1972); homophily (McPherson,
    Smith-Lovin & Cook 2001).
    """

    name: ClassVar[str] = "shared_themes"
    label: ClassVar[str] = "themes in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.4
    tie_kind: ClassVar[str] = "works_on"
    other_tie_kind: ClassVar[str] = "works_on"
    thing_kind: ClassVar[str] = "theme"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.themes, network.themes
