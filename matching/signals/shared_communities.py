"""Signal: communities in common."""

from __future__ import annotations

from typing import ClassVar

from scipy import sparse

from matching.network import Network
from matching.signals.base import SharedThings
from matching.suggestion import Direction

__all__ = ["SharedCommunities"]


class SharedCommunities(SharedThings):
    """Both serve the same community; one that few serve counts for more.

    Formula: 0.5 · Σ over shared communities of scarcity · both confidences.
    Unit: log-odds. Source: inverse document frequency (Spärck Jones 1972); homophily (McPherson,
    Smith-Lovin & Cook 2001).
    """

    name: ClassVar[str] = "shared_communities"
    label: ClassVar[str] = "communities in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.5
    tie_kind: ClassVar[str] = "serves"
    other_tie_kind: ClassVar[str] = "serves"
    thing_kind: ClassVar[str] = "community"

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        return network.communities, network.communities
