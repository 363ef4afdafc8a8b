"""Finding capability gaps: all cells, and the bad ones in order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.gaps.capability.describing import described
from matching.gaps.capability.gap import CapabilityGaps, Standing
from matching.gaps.capability.scope import EVERYTHING, Scope, dimensions
from matching.gaps.capability.table import CellTable, cell_table
from matching.network import Ints, Network

__all__ = ["capability_gaps"]

_ROUNDED = 9
"""Decimals of weights that order gaps: sums in another order differ beyond them."""


def capability_gaps(
    network: Network,
    *,
    by: Sequence[str] = ("skill",),
    within: Scope = EVERYTHING,
    limit: int | None = None,
    with_met: bool = False,
) -> CapabilityGaps:
    """Return what is needed and badly met, by any of skill, place, theme and community.

    Order: the unmet needs, added up by urgency; how many of them are urgent; the standing, the
    worst first; all needs, added up by urgency; the ids of place, theme, community and skill.
    ``limit`` keeps the first few; ``with_met`` takes in cells where every need is met. Raises
    ValueError for an unknown dimension.

    A need is met if another organisation offers the skill, or a narrower one, and is in reach
    (:func:`matching.gaps.capability.reach.within_reach`). Offers count of those who are part of the
    network (:func:`matching.gaps.capability.sides.inside`). Closed organisations count nowhere.
    Who may not be brought together isn't looked at: no count could else be shown to anybody.
    """
    named = dimensions(by)
    table = cell_table(network, named, within)
    shown = _ranked(table, with_met=with_met)
    picked = shown if limit is None else shown[:limit]
    counted, demand = table.counted, table.demand
    placed = np.zeros(len(counted), dtype=np.bool_)
    placed[table.mine] = True
    return CapabilityGaps(
        by=named,
        within=within,
        gaps=described(network, table, picked),
        found=len(shown),
        cells=len(table),
        needs=int(counted.sum()),
        unmet=int((counted & ~table.is_met).sum()),
        left_out=int((counted & ~placed).sum()),
        organisations=int(table.cells.in_scope.sum()),
        told=int((table.cells.in_scope & network.has_told).sum()),
        in_need=len(np.unique(demand.organisation[counted])),
    )


def _ranked(table: CellTable, *, with_met: bool) -> Ints:
    order = np.lexsort(
        (
            table.key,
            -table.weight.round(_ROUNDED),
            table.standing,
            -table.unmet_now,
            -table.unmet_weight.round(_ROUNDED),
        )
    )
    return order if with_met else order[table.standing[order] < Standing.MET]
