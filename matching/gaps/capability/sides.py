"""The two sides of the market in flat arrays: who needs which skill, who offers it to others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.freshness import freshness
from matching.gaps.capability.entries import entries_of, keys_of
from matching.hierarchy import above, parents_of
from matching.network import Floats, Ints, Network

__all__ = ["Demand", "Supply", "demand_of", "found_in", "inside", "supply_of"]

Bools = npt.NDArray[np.bool_]
_NOW = 3


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Needs of open organisations that have not run out; one entry a need, in order of both ends.

    ``weight`` is urgency (0.75 to 1.25) times confidence and freshness; ``fresh`` the freshness
    alone. ``row`` is the need's row in its table, -1 where there is none.
    """

    organisation: Ints
    skill: Ints
    weight: Floats
    fresh: Floats
    is_now: Bools
    row: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Who offers a skill or a narrower one; one entry an organisation and skill, in that order.

    ``level`` and ``days`` (a month, NaN where unknown) are the best of their offers of it.
    ``matrix`` is organisations × skills, ones. ``facts`` has the rows of the offers behind it, in
    order of skill and organisation; ``own`` the offers as they stand, each for its own skill alone.
    """

    organisation: Ints
    skill: Ints
    level: Ints
    days: Floats
    matrix: sparse.csr_array
    facts: tuple[Ints, Ints, Ints]
    """Skill, organisation and row in the table of offers."""
    own: tuple[Ints, Ints, Ints]

    def holders(self, skill: int) -> Ints:
        """Return who offers a skill or a narrower one, each once."""
        skills, holders, _ = self.facts
        start, end = np.searchsorted(skills, [skill, skill + 1])
        return np.unique(holders[start:end])

    def rows(self, skill: int, organisations: Ints) -> Ints:
        """Return the rows of the offers that these organisations make of a skill."""
        skills, holders, rows = self.facts
        start, end = np.searchsorted(skills, [skill, skill + 1])
        return np.unique(rows[start:end][np.isin(holders[start:end], organisations)])


def inside(network: Network) -> Bools:
    """Return bool[n]: who is part of the network: has a partner, or has told an offer or a need.

    All others are known by name only, from a register for instance.
    """
    return network.is_open & (network.has_told | (np.diff(network.agreed.indptr) > 0))


def demand_of(network: Network) -> Demand:
    """Return the needs of a network; they are kept with it."""
    return network.remembered("gaps.demand", lambda: _demand(network))


def supply_of(network: Network, *, from_outside: bool = False) -> Supply:
    """Return what those inside the network offer, or those outside; kept with the network."""
    who = network.is_open & ~inside(network) if from_outside else inside(network)
    key = f"gaps.supply.{'outside' if from_outside else 'inside'}"
    return network.remembered(key, lambda: _supply(network, who))


def found_in(matrix: sparse.csr_array, rows: Ints, columns: Ints) -> Bools:
    """Say of each pair whether the matrix has an entry there; its columns have to be in order."""
    keys = keys_of(matrix)
    wanted = rows * matrix.shape[1] + columns
    places = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    return np.asarray(keys[places] == wanted) if len(keys) else np.zeros(len(rows), np.bool_)


def _demand(network: Network) -> Demand:
    needs = network.needs
    holder = np.repeat(np.arange(len(network)), np.diff(needs.indptr))
    kept = network.is_open[holder]
    organisation, skill = holder[kept], needs.indices[kept].astype(np.int64)
    table = network.snapshot.tables["needs"]
    row = _table_rows(network, "needs", organisation, skill)
    known = row >= 0
    fresh, is_now = np.ones(len(row)), np.zeros(len(row), dtype=np.bool_)
    fresh[known] = freshness(table, network.as_of)[row[known]]
    is_now[known] = table["urgency"][row[known]] == _NOW
    return Demand(organisation, skill, needs.data[kept], fresh, is_now, row)


def _supply(network: Network, who: Bools) -> Supply:
    offers = network.offers
    holder = np.repeat(np.arange(len(network)), np.diff(offers.indptr))
    kept = who[holder]
    organisation, skill = holder[kept], offers.indices[kept].astype(np.int64)
    row = _table_rows(network, "offers", organisation, skill)
    own = (skill, organisation, row)
    # An offer of a narrower skill is one of each broader skill too.
    closure = _broader(network)
    at, met = entries_of(closure, skill)
    organisation, row = organisation[at], row[at]
    order = np.lexsort((row, organisation, met))
    facts = (met[order], organisation[order], row[order])
    level, days = _terms(network, row)
    return Supply(
        *_best(len(network), closure.shape[1], organisation, met, level, days), facts, own
    )


def _terms(network: Network, row: Ints) -> tuple[Ints, Floats]:
    table = network.snapshot.tables["offers"]
    level, days = np.ones(len(row), dtype=np.int64), np.full(len(row), np.nan)
    known = row >= 0
    level[known] = table["level"][row[known]]
    days[known] = table["capacity"][row[known]]
    return level, days


def _best(
    count: int, skills: int, organisation: Ints, skill: Ints, level: Ints, days: Floats
) -> tuple[Ints, Ints, Ints, Floats, sparse.csr_array]:
    keys, place = np.unique(organisation * max(skills, 1) + skill, return_inverse=True)
    best, most = np.zeros(len(keys), dtype=np.int64), np.full(len(keys), np.nan)
    np.maximum.at(best, place, level)
    np.fmax.at(most, place, days)
    holder, held = keys // max(skills, 1), keys % max(skills, 1)
    starts = np.concatenate(([0], np.cumsum(np.bincount(holder, minlength=count))))
    matrix = sparse.csr_array((np.ones(len(keys)), held, starts), shape=(count, skills))
    return holder, held, best, most, matrix


def _broader(network: Network) -> sparse.csr_array:
    """Return skills × skills: ones for a skill itself and for each broader one."""
    ids, parents = network.thing_ids("skill"), parents_of(network, "skill")
    numbers = {key: number for number, key in enumerate(ids)}
    columns = [
        sorted({number, *(numbers[up] for up in above(key, parents) if up in numbers)})
        for number, key in enumerate(ids)
    ]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for found in columns for column in found], dtype=np.int64)
    return sparse.csr_array((np.ones(len(flat)), flat, starts), shape=(len(ids), len(ids)))


def _table_rows(network: Network, kind: str, organisations: Ints, skills: Ints) -> Ints:
    """Return the row of each tie in its table, -1 where there is none."""
    table = network.snapshot.tables[kind]
    keys = (table["from_id"].astype(np.int64) << 32) | table["to_id"]
    wanted = (organisations << 32) | (skills + network.snapshot.offsets["skill"])
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, places, -1).astype(np.int64)
