"""From rows of a table of cells to gaps: who is in need, who could provide, by which facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.capability.gap import Gap, Standing
from matching.gaps.capability.interval import wilson
from matching.gaps.capability.reach import within_reach
from matching.gaps.capability.scope import Dimension
from matching.gaps.capability.table import CellTable
from matching.network import Floats, Ints, Network

__all__ = ["described"]


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """One cell: its needs (places in the demand), who has them, and who offers its one skill."""

    number: int
    needs: Ints
    in_need: Ints
    providers: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Supply:
    """Who in a cell offers what is needed, each once with the best level and the most days."""

    who: Ints
    level: Ints
    days: Floats


def described(network: Network, table: CellTable, picked: Ints) -> tuple[Gap, ...]:
    """Return the gaps of some cells of a table, in the order given."""
    cells = [_cell(table, number) for number in picked.tolist()]
    accessible = _accessible(network, cells)
    return tuple(
        _gap(network, table, cell, found) for cell, found in zip(cells, accessible, strict=True)
    )


def _cell(table: CellTable, number: int) -> _Cell:
    needs = table.mine[table.starts[number] : table.starts[number + 1]]
    in_need = np.unique(table.demand.organisation[needs])
    providers = np.empty(0, dtype=np.int64)
    if "skill" in table.columns:
        offering = table.supply.holders(int(table.columns["skill"][number]))
        providers = offering[_helps_others(offering, in_need)]
    return _Cell(number, needs, in_need, providers)


def _helps_others(organisations: Ints, in_need: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say who could provide: who alone is in need can't for itself."""
    if len(in_need) > 1:
        return np.ones(len(organisations), dtype=np.bool_)
    return np.asarray(organisations != in_need[0])


def _accessible(network: Network, cells: Sequence[_Cell]) -> list[Ints]:
    """Return for each cell which providers somebody in need has in reach."""
    # Reach goes both ways, so the providers are asked whom in need they have in reach.
    in_need, providers = [cell.in_need for cell in cells], [cell.providers for cell in cells]
    ends = (_flat(in_need), _numbers(in_need))
    shape = (len(network), max(len(cells), 1))
    holders = sparse.csr_array((np.ones(len(ends[0])), ends), shape=shape)
    is_near = within_reach(network, holders, _flat(providers), _numbers(providers))
    bounds = np.cumsum([0, *map(len, providers)])
    return [
        found[is_near[start:end]]
        for found, start, end in zip(providers, bounds[:-1], bounds[1:], strict=True)
    ]


def _gap(network: Network, table: CellTable, cell: _Cell, accessible: Ints) -> Gap:
    number, demand = cell.number, table.demand
    things: dict[Dimension, str] = {
        name: network.thing_ids(name)[int(column[number])] for name, column in table.columns.items()
    }
    is_skill = "skill" in things
    supply = _supply(table, cell)
    unmet = cell.needs[~table.is_met[cell.needs]]
    told_in_need, told = int(network.has_told[cell.in_need].sum()), int(table.told[number])
    low, high = wilson(told_in_need, told)
    offers = np.empty(0, dtype=np.int64)
    if is_skill:
        offers = table.supply.rows(int(table.columns["skill"][number]), cell.providers)
    return Gap(
        skill_id=things.get("skill"),
        place_id=things.get("place"),
        theme_id=things.get("theme"),
        community_id=things.get("community"),
        name=", ".join(network.name_of(key) for key in things.values()),
        standing=Standing(int(table.standing[number])),
        needs=len(cell.needs),
        now=int(table.now[number]),
        weight=float(table.weight[number]),
        unmet=int(table.unmet[number]),
        unmet_now=int(table.unmet_now[number]),
        unmet_weight=float(table.unmet_weight[number]),
        providers=len(cell.providers) if is_skill else len(supply.who),
        supply=len(supply.who),
        levels=_levels(supply.level),
        days=float(np.nansum(supply.days)),
        days_unknown=int(np.isnan(supply.days).sum()),
        organisations=int(table.organisations[number]),
        told=told,
        told_in_need=told_in_need,
        share_low=low,
        share_high=high,
        freshness=float(demand.fresh[cell.needs].mean()),
        needed_by=_ids(network, cell.in_need),
        unmet_by=_ids(network, np.unique(demand.organisation[unmet])),
        offered_by=_ids(network, cell.providers),
        in_cell=_ids(network, supply.who) if is_skill else (),
        accessible=_ids(network, accessible),
        need_facts=_facts(network, "needs", demand.row[cell.needs]),
        unmet_facts=_facts(network, "needs", demand.row[unmet]),
        offer_facts=_facts(network, "offers", offers),
    )


def _supply(table: CellTable, cell: _Cell) -> _Supply:
    supply = table.supply
    here = table.theirs[table.their_starts[cell.number] : table.their_starts[cell.number + 1]]
    here = here[_helps_others(supply.organisation[here], cell.in_need)]
    who, at = np.unique(supply.organisation[here], return_inverse=True)
    level, days = np.zeros(len(who), dtype=np.int64), np.full(len(who), np.nan)
    np.maximum.at(level, at, supply.level[here])
    np.fmax.at(days, at, supply.days[here])
    return _Supply(who, level, days)


def _levels(level: Ints) -> tuple[int, int, int]:
    first, second, third = np.bincount(level, minlength=4)[1:4].tolist()
    return first, second, third


def _flat(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])


def _numbers(parts: Sequence[Ints]) -> Ints:
    return np.repeat(np.arange(len(parts)), [len(part) for part in parts])


def _ids(network: Network, rows: Ints) -> tuple[str, ...]:
    return tuple(network.organisation_ids[row] for row in rows.tolist())


def _facts(network: Network, kind: str, rows: Ints) -> tuple[str, ...]:
    table = network.snapshot.tables[kind]
    return tuple(table.id_at(row) for row in rows.tolist() if row >= 0)
