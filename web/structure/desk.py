"""Where a viewer asks how the network hangs together, as the door shows it to that viewer."""

from __future__ import annotations

from graph.errors import LimitExceeded
from matching.gaps.structure import Structure, structure
from web.door import Door

__all__ = ["MOST_ORGANISATIONS", "StructureDesk"]

MOST_ORGANISATIONS = 20_000
"""In a larger network it takes longer than a page may: there is the prompt for that."""


class StructureDesk:
    """Belongs to one door: all is computed from the network as that viewer sees it."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @property
    def is_too_large(self) -> bool:
        """Say whether the network has more organisations than a page can go through in time."""
        return len(self._door.network()) > MOST_ORGANISATIONS

    def found(self) -> Structure:
        """Return how the network hangs together; AccessDenied, LimitExceeded."""
        network = self._door.network()
        if self.is_too_large:
            raise LimitExceeded(
                "A page can go through so many organisations only",
                f"{MOST_ORGANISATIONS:,}",
                f"there are {len(network):,}",
                remedy="Use gofar structure at the prompt.",
            )
        return structure(network)
