"""Whose closing would cost most: all organisations counted at once, without closing each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.gaps.rehearsal.cuts import cuts
from matching.gaps.rehearsal.dependence import dependence
from matching.introductions.distances import open_ties
from matching.network import Ints, Network

__all__ = ["ClosingCost", "closing_costs"]


@dataclass(frozen=True, slots=True)
class ClosingCost:
    """How much would break if an organisation closed; see :class:`Closing` for what each is.

    ``left_apart`` counts whoever is cut off or left without any partner.
    """

    organisation_id: str
    needs_uncovered: int
    left_apart: int
    projects_left: int
    members_without_backbone: int
    local_losses: int
    ties_lost: int

    @property
    def broken(self) -> int:
        """Return what it is ranked by: needs, organisations, projects and members, added up.

        Local losses and ties are shown beside it: a local loss is mostly a need counted again, and
        a lost tie alone leaves everybody with others.
        """
        return (
            self.needs_uncovered
            + self.left_apart
            + self.projects_left
            + self.members_without_backbone
        )


def closing_costs(network: Network, *, limit: int | None = None) -> tuple[ClosingCost, ...]:
    """Return the open organisations whose closing would break anything, the costliest first.

    Equals stand by lost ties, then by id. Cost: one depth-first search and a count by skill,
    O(organisations + ties + offers + needs).
    """
    count = len(network)
    hangs, ties = dependence(network), open_ties(network)
    fall = cuts(ties)
    counts = {
        "needs_uncovered": hangs.needs.counted(count),
        # Where only single organisations are left, one of them is the largest part.
        "left_apart": fall.cut_off + ((fall.largest == 1) & (fall.isolated > 0)),
        "projects_left": hangs.leads.counted(count) + hangs.projects.counted(count),
        "members_without_backbone": hangs.members.counted(count),
        "local_losses": hangs.local.counted(count),
        "ties_lost": np.diff(ties.indptr).astype(np.int64),
    }
    return tuple(
        ClosingCost(
            organisation_id=network.organisation_ids[row],
            **{name: int(values[row]) for name, values in counts.items()},
        )
        for row in _ranked(counts)[:limit].tolist()
    )


def _ranked(counts: dict[str, Ints]) -> Ints:
    broken = sum(
        counts[name]
        for name in ("needs_uncovered", "left_apart", "projects_left", "members_without_backbone")
    )
    assert not isinstance(broken, int)
    order = np.lexsort((np.arange(len(broken)), -counts["ties_lost"], -broken))
    return order[broken[order] > 0]
