"""Signal: a partner of yours knows a partner of theirs."""

from __future__ import annotations

from typing import ClassVar

from matching.network import Network, in_common, row_of
from matching.signals.base import Formed
from matching.signals.forms import ThreeSteps
from matching.suggestion import Direction, Evidence

__all__ = ["ShortPath"]


class ShortPath(Formed):
    """No partner in common, but three steps away: a partner of yours works with one of theirs.

    Formula: 0.15 if the shortest path in the collaboration network has three steps, else 0 (two
    steps are "partners in common"). In a dense network three steps reach nearly everybody, so they
    alone are no reason to suggest anybody.
    Unit: log-odds. Source: local path methods of link prediction (Liben-Nowell & Kleinberg 2007).
    """

    name: ClassVar[str] = "short_path"
    label: ClassVar[str] = "a short way through the network"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.15
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> ThreeSteps:
        return ThreeSteps(network.ties, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        ties = network.ties
        mine, theirs = row_of(ties, i), row_of(ties, j)
        if i == j or j in mine or len(in_common(mine, theirs)):
            return ()
        # Every first step of such a path is named: without all of them there would be none.
        steps, found = set(mine.tolist()), set[int]()
        starts, ends = ties.indptr[theirs].tolist(), ties.indptr[theirs + 1].tolist()
        for start, end in zip(starts, ends, strict=True):
            found |= steps.intersection(ties.indices[start:end].tolist())
        first_steps = sorted(found)
        if not first_steps:
            return ()
        facts = [fact for z in first_steps for fact in network.tie_facts(i, z)]
        return (
            Evidence(
                points=self.prior_weight,
                about=network.organisation_ids[first_steps[0]],
                facts=tuple(dict.fromkeys(facts)),
                count=len(first_steps),
            ),
        )
