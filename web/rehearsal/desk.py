"""Where a viewer tries out what would be: on the network of the door, and on copies of it."""

from __future__ import annotations

from graph.access import Action, require
from graph.errors import LimitExceeded
from graph.model import Provenance
from matching.gaps.coverage import Coverage, Naming, coverage_of
from matching.gaps.rehearsal import (
    Closing,
    ClosingCost,
    ImaginedSteps,
    SinglePoints,
    WhatIf,
    closing_costs,
    if_closed,
    single_points,
    what_if,
)
from web.door import Door
from web.meetings import MOST_ORGANISATIONS

__all__ = ["RehearsalDesk"]

_COSTS = 20
_TOP = 10


class RehearsalDesk:
    """Belongs to one door: all is computed from the network as that viewer sees it."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def points(self) -> SinglePoints:
        """Return the single points of failure."""
        network = self._door.network()
        return network.remembered("web.single_points", lambda: single_points(network))

    def costs(self) -> tuple[ClosingCost, ...]:
        """Return whose closing would cost most; AccessDenied for whoever doesn't plan.

        Nobody where too little has been told to rank anybody: see :meth:`coverage`.
        """
        require(self._door.viewer, Action.PLAN)
        network = self._door.network()
        if self.coverage().naming is Naming.WITHHELD:
            return ()
        return network.remembered("web.closing_costs", lambda: closing_costs(network, limit=_COSTS))

    def coverage(self) -> Coverage:
        """Return for how many organisations anything has been told."""
        return coverage_of(self._door.network())

    def closing(self, organisation_id: str) -> Closing:
        """Return what one closing would cost; partners may ask for their own organisations only."""
        require(self._door.viewer, Action.SEE_SUGGESTIONS, organisation_id)
        return if_closed(self._door.network(), organisation_id)

    @property
    def is_too_large(self) -> bool:
        """Say whether a page can make no copy of this network in time."""
        return len(self._door.network()) > MOST_ORGANISATIONS

    def steps(self) -> ImaginedSteps:
        """Return where the steps of a what-if are gathered; AccessDenied, LimitExceeded."""
        door = self._door
        require(door.viewer, Action.PLAN)
        network = door.network()
        if self.is_too_large:
            raise LimitExceeded(
                "A page can try out changes among so many organisations only",
                f"{MOST_ORGANISATIONS:,}",
                f"there are {len(network):,}",
                remedy="Use gofar what-if at the prompt.",
            )
        day = network.as_of or door.today()
        told = Provenance(
            source="what if", asserted_by=door.viewer.name, first_seen=day, last_confirmed=day
        )
        return ImaginedSteps(network, told)

    def what_if(self, steps: ImaginedSteps) -> WhatIf:
        """Return what the steps would change."""
        require(self._door.viewer, Action.PLAN)
        return what_if(
            self._door.network(),
            added=steps.added,
            removed=steps.removed,
            about=steps.about,
            k=_TOP,
        )
