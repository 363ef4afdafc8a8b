"""Every cell in which somebody needs something, in columns: what gaps are picked from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.gaps.capability.cells import Cells, Spread
from matching.gaps.capability.gap import Standing
from matching.gaps.capability.reach import within_reach
from matching.gaps.capability.scope import Dimension, Scope
from matching.gaps.capability.sides import Demand, Supply, demand_of, found_in, supply_of
from matching.network import Floats, Ints, Network

__all__ = ["CellTable", "cell_table"]

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """One row a cell, in order of ``key``; the counts are those of :class:`Gap`.

    ``mine`` are needs (places in ``demand``) in order of their cell, those of cell c from
    ``starts[c]``; ``theirs`` and ``their_starts`` the same of entries of ``supply``. ``is_met`` is
    said of each need of ``demand``.
    """

    cells: Cells
    demand: Demand
    supply: Supply
    counted: Bools
    """bool[needs of demand]: within the scope."""
    is_met: Bools
    key: Ints
    columns: dict[Dimension, Ints]
    mine: Ints
    starts: Ints
    theirs: Ints
    their_starts: Ints
    needs: Ints
    now: Ints
    weight: Floats
    unmet: Ints
    unmet_now: Ints
    unmet_weight: Floats
    organisations: Ints
    told: Ints
    providers: Ints
    """Of one skill: who offers it anywhere; else 0."""
    standing: Ints

    def __len__(self) -> int:
        return len(self.key)


def cell_table(network: Network, by: tuple[Dimension, ...], scope: Scope) -> CellTable:
    """Return all cells in which somebody needs something."""
    cells, demand, supply = Cells(network, by, scope), demand_of(network), supply_of(network)
    counted = cells.counts(demand.organisation, demand.skill)
    is_met = network.remembered(
        "gaps.is_met",
        lambda: within_reach(network, supply.matrix, demand.organisation, demand.skill),
    )
    wanted = np.flatnonzero(counted)
    spread = cells.of_pairs(demand.organisation[wanted], demand.skill[wanted])
    key, mine, starts = _grouped(spread, wanted)
    columns = cells.columns(key)
    cell = np.repeat(np.arange(len(key)), np.diff(starts))

    def total(values: npt.NDArray[np.generic]) -> Floats:
        sums = np.bincount(cell, weights=values[mine].astype(np.float64), minlength=len(key))
        return sums.astype(np.float64)

    def count(values: Bools) -> Ints:
        return total(values).astype(np.int64)

    theirs, their_starts = _supply_in(cells, supply, key)
    unmet = count(~is_met)
    others = _others(demand, supply)[mine]
    providers, standing = _standing(supply, columns.get("skill"), starts, others, unmet)
    organisations, told = _denominators(network, cells, key)
    return CellTable(
        cells=cells,
        demand=demand,
        supply=supply,
        counted=counted,
        is_met=is_met,
        key=key,
        columns=columns,
        mine=mine,
        starts=starts,
        theirs=theirs,
        their_starts=their_starts,
        needs=np.diff(starts),
        now=count(demand.is_now),
        weight=total(demand.weight),
        unmet=unmet,
        unmet_now=count(demand.is_now & ~is_met),
        unmet_weight=total(np.where(is_met, 0.0, demand.weight)),
        organisations=organisations,
        told=told,
        providers=providers,
        standing=standing,
    )


def _grouped(spread: Spread, wanted: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the keys there are, the rows in order of their cell, and where each cell starts."""
    order = np.argsort(spread.key, kind="stable")
    key, first = np.unique(spread.key[order], return_index=True)
    return key, wanted[spread.at[order]], np.append(first, len(order))


def _supply_in(cells: Cells, supply: Supply, key: Ints) -> tuple[Ints, Ints]:
    """Return the entries of the supply that stand in the cells, in order of their cell."""
    wanted = np.flatnonzero(cells.counts(supply.organisation, supply.skill))
    spread = cells.of_pairs(supply.organisation[wanted], supply.skill[wanted])
    at = np.searchsorted(key, spread.key)
    known = np.flatnonzero(np.append(key, -1)[at] == spread.key)
    order = known[np.argsort(at[known], kind="stable")]
    counts = np.bincount(at[order], minlength=len(key))
    return wanted[spread.at[order]], np.concatenate(([0], np.cumsum(counts)))


def _others(demand: Demand, supply: Supply) -> Ints:
    """Return for each need how many others offer the skill, anywhere in the network."""
    all_offering = np.bincount(supply.skill, minlength=supply.matrix.shape[1])
    own = found_in(supply.matrix, demand.organisation, demand.skill)
    return np.asarray(all_offering[demand.skill] - own)


def _standing(
    supply: Supply, skill: Ints | None, starts: Ints, others: Ints, unmet: Ints
) -> tuple[Ints, Ints]:
    """Return how many provide in each cell of one skill, and the :class:`Standing` of each.

    ``others`` has for each need of the cells how many others offer what is needed.
    """
    if len(starts) == 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    most = np.maximum.reduceat(others, starts[:-1])
    providers, is_single = np.zeros_like(most), (most == 1) & (unmet == 0)
    if skill is not None:
        # Who alone is in need doesn't provide for itself; where several are, each can for others.
        all_offering = np.bincount(supply.skill, minlength=supply.matrix.shape[1])[skill]
        providers = most = np.where(np.diff(starts) == 1, most, all_offering)
        is_single = most == 1
    standing = np.full(len(most), Standing.MET, dtype=np.int64)
    standing[unmet > 0] = Standing.OUT_OF_REACH
    standing[is_single] = Standing.ONE
    standing[most == 0] = Standing.NOBODY
    return providers, standing


def _denominators(network: Network, cells: Cells, key: Ints) -> tuple[Ints, Ints]:
    """Return how many open organisations there are in each cell, and how many have told."""
    organisations = np.flatnonzero(cells.in_scope)
    spread = cells.of_organisations(organisations)
    places, counts = np.unique(spread.key, return_counts=True)
    has_told = network.has_told[organisations][spread.at]
    told = np.bincount(np.searchsorted(places, spread.key[has_told]), minlength=len(places))
    at = np.searchsorted(places, cells.without_skill(key))
    return counts[at].astype(np.int64), told[at].astype(np.int64)
