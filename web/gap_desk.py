"""The door's desk for gaps: what is missing, and who could fill it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.access import Action, Viewer, require
from matching import CapabilityGaps, Gap, Network, Scope, capability_gaps, find_fillers
from matching.gaps.capability import EVERYTHING, Fillers

__all__ = ["GapDesk"]

_BY_SKILL = ("skill",)


class GapDesk:
    """Belongs to one door, and sees the network that it sees."""

    def __init__(self, viewer: Viewer, network: Callable[[], Network]) -> None:
        require(viewer, Action.SEE_NETWORK)
        self._viewer = viewer
        self._network_of = network

    def gaps(self, by: Sequence[str] = _BY_SKILL, within: Scope = EVERYTHING) -> CapabilityGaps:
        """Return what is needed and badly met, the worst first."""
        network = self._network_of()
        if tuple(by) == _BY_SKILL and within == EVERYTHING:
            return network.remembered("web.gaps", lambda: capability_gaps(network))
        return capability_gaps(network, by=by, within=within)

    def fillers(self, gap: Gap) -> Fillers:
        """Return who could fill a gap: for those who bring others together."""
        require(self._viewer, Action.PLAN)
        return find_fillers(self._network_of(), gap)

    def has_needs(self) -> bool:
        """Say whether any organisation has told what it needs."""
        return bool(self._network_of().needs.nnz)
