"""The door's desk for meetings: rounds and introductions for the whole network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from graph.access import Action, Viewer, require
from graph.errors import LimitExceeded
from matching import Network, suggest_all
from matching.gaps.rehearsal import TieEffect, tie_effects
from matching.introductions import Introductions, best_introductions
from matching.lists import MatchLists, Ranking
from matching.rounds import MatchingRound, plan_round

__all__ = ["MOST_ORGANISATIONS", "MeetingDesk"]

MOST_ORGANISATIONS = 5_000
"""In a larger network the lists take longer than a page may: there is the prompt for that."""

_TOP = 20


class MeetingDesk:
    """Belongs to one door, and sees the network that it sees.

    What it works out is kept with the network: the questions are few, and each takes seconds.
    For a larger network than a page can plan for it raises LimitExceeded.
    """

    def __init__(self, viewer: Viewer, network: Callable[[], Network]) -> None:
        require(viewer, Action.CURATE)
        self._network_of = network

    @property
    def is_too_large(self) -> bool:
        """Say whether the network has more organisations than a page can plan for."""
        return len(self._network_of()) > MOST_ORGANISATIONS

    def round(self, *, limit: int, floor: int) -> MatchingRound:
        """Return a round in which nobody is in more than ``limit`` pairs."""
        network = self._checked()
        return network.remembered(
            f"web.round.{limit}.{floor}",
            lambda: plan_round(network, self._suggest, limit=limit, floor=floor, top=_TOP),
        )

    def introductions(self, *, count: int, bridge: float) -> Introductions:
        """Return the introductions that would do most for the whole network."""
        network = self._checked()
        return network.remembered(
            f"web.introductions.{count}.{bridge}",
            lambda: best_introductions(
                network,
                MatchLists.from_rankings(network, self._suggest(_TOP, None)),
                count=count,
                bridge=bridge,
            ),
        )

    def effects(self, found: Introductions) -> tuple[TieEffect, ...]:
        """Return what each of these introductions would do by itself."""
        pairs = ((each.first_id, each.second_id) for each in found.introductions)
        return tie_effects(self._checked(), pairs)

    def _checked(self) -> Network:
        network = self._network_of()
        if self.is_too_large:
            raise LimitExceeded(
                "A page can plan for so many organisations only",
                f"{MOST_ORGANISATIONS:,}",
                f"there are {len(network):,}",
                remedy="Use gofar round or gofar introduce at the prompt.",
            )
        return network

    def _suggest(self, k: int, ids: Sequence[str] | None) -> Iterable[Ranking]:
        network = self._network_of()
        if ids is not None:
            return suggest_all(network, k=k, organisation_ids=ids)
        return network.remembered(f"web.lists.{k}", lambda: tuple(suggest_all(network, k=k)))
