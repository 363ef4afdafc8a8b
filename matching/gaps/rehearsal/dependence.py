"""Who hangs on whom alone: one row for each thing that would be gone if one organisation closed.

Who provides a skill is as in the capability gaps (:mod:`matching.gaps.capability.sides`): whoever
is part of the network and offers it, or a narrower one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.gaps.capability.entries import keys_of
from matching.gaps.capability.sides import supply_of
from matching.leading import running_roles, running_support
from matching.network import Ints, Network

__all__ = [
    "Dependence",
    "Rows",
    "dependence",
    "offer_facts",
    "open_rows",
    "provider_counts",
]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """``things`` (int64[rows, columns], numbers) that ``on`` (int64[rows]) alone keeps up."""

    on: Ints
    things: Ints

    def of(self, organisation: int) -> list[list[int]]:
        """Return the things that hang on one organisation."""
        return self.things[self.on == organisation].tolist()  # type: ignore[no-any-return]

    def counted(self, size: int) -> Ints:
        """Return int64[size]: how many things hang on each organisation."""
        return np.bincount(self.on, minlength=size).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """All such rows of a network; closed organisations keep nothing up and miss nothing.

    ``needs``: (organisation, skill) with one provider besides itself. ``leads``: (project) with one
    lead and somebody else in it; ``projects``: (project) with nobody else in it. ``members``:
    (organisation) with one backbone. ``local``: (place, skill), needed by somebody else who works
    there and offered by one who does.
    """

    needs: Rows
    leads: Rows
    projects: Rows
    members: Rows
    local: Rows


def dependence(network: Network) -> Dependence:
    """Return who hangs on whom alone; worked out once for a network."""
    return network.remembered("rehearsal.dependence", lambda: _dependence(network))


def open_rows(network: Network, matrix: sparse.csr_array) -> sparse.csr_array:
    """Return ones where ``matrix`` (n × columns) has an entry of an organisation that is open."""
    kept = np.repeat(network.is_open, np.diff(matrix.indptr)) & (matrix.data > 0)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[kept]
    return sparse.csr_array((np.ones(len(rows)), (rows, matrix.indices[kept])), shape=matrix.shape)


def offer_facts(network: Network, organisation: int, skill: int) -> tuple[str, ...]:
    """Return ids of the offers by which an organisation provides a skill: of it or a narrower."""
    one = np.array([organisation], dtype=np.int64)
    table = network.snapshot.tables["offers"]
    found = {
        row
        for from_outside in (False, True)
        for row in supply_of(network, from_outside=from_outside).rows(skill, one).tolist()
    }
    return tuple(table.id_at(row) for row in sorted(found) if row >= 0)


def provider_counts(offers: sparse.csr_array) -> Ints:
    """Return int64[columns]: by how many each is offered."""
    return np.bincount(offers.indices, minlength=offers.shape[1]).astype(np.int64)


def _dependence(network: Network) -> Dependence:
    offers, needs = supply_of(network).matrix, open_rows(network, network.needs)
    part, lead = running_roles(network), running_roles(network, leading=True)
    has_one_lead, leader = _only(lead)
    has_one, last = _only(part)
    led = np.flatnonzero(has_one_lead & ~has_one)
    alone = np.flatnonzero(has_one)
    return Dependence(
        needs=_needs(offers, needs),
        leads=Rows(leader[led], led[:, None]),
        projects=Rows(last[alone], alone[:, None]),
        members=_members(network),
        local=_local(network, offers, needs),
    )


def _only(matrix: sparse.csr_array) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Return which columns have one entry, and in which row (anything for the others)."""
    coordinates = sparse.coo_array(matrix)
    count = np.bincount(coordinates.col, minlength=matrix.shape[1])
    row = np.bincount(coordinates.col, weights=coordinates.row, minlength=matrix.shape[1])
    return count == 1, row.astype(np.int64)


def _needs(offers: sparse.csr_array, needs: sparse.csr_array) -> Rows:
    # Of a skill with two providers one may be in need of it: the sum of both less itself is who
    # is left.
    providers = provider_counts(offers)
    total = np.bincount(
        offers.indices, weights=sparse.coo_array(offers).row, minlength=offers.shape[1]
    ).astype(np.int64)
    wanted = sparse.coo_array(needs)
    who, skill = wanted.row.astype(np.int64), wanted.col.astype(np.int64)
    own = _holds(offers, who, skill)
    single = (providers[skill] - own) == 1
    return Rows(
        on=(total[skill] - np.where(own, who, 0))[single],
        things=np.column_stack((who, skill))[single],
    )


def _holds(matrix: sparse.csr_array, rows: Ints, columns: Ints) -> npt.NDArray[np.bool_]:
    return _values(matrix, rows, columns) > 0


def _members(network: Network) -> Rows:
    table = network.snapshot.tables["backbone_of"]
    count = len(network)
    starts, ends = table["from_id"].astype(np.int64), table["to_id"].astype(np.int64)
    counts = running_support(network) & (ends < count)
    counts[counts] &= network.is_open[ends[counts]]
    pairs = np.unique(np.column_stack((starts[counts], ends[counts])), axis=0)
    supported = sparse.csr_array((np.ones(len(pairs)), pairs.T), shape=(count, count))
    has_one, backbone = _only(supported)
    members = np.flatnonzero(has_one)
    return Rows(backbone[members], members[:, None])


def _local(network: Network, offers: sparse.csr_array, needs: sparse.csr_array) -> Rows:
    places = open_rows(network, network.places)
    numbers = sparse.diags_array(np.arange(len(network), dtype=np.float64))
    offered = sparse.csr_array(places.T @ offers)
    provider = sparse.csr_array(places.T @ sparse.csr_array(numbers @ offers))
    needed = sparse.csr_array(places.T @ needs)
    # Number 0 leaves no entry in `provider`, so it is looked up where something is offered.
    single = sparse.coo_array(offered)
    is_single = single.data == 1
    place, skill = single.row[is_single].astype(np.int64), single.col[is_single].astype(np.int64)
    on = _values(provider, place, skill).astype(np.int64)
    others = _values(needed, place, skill) - _holds(needs, on, skill)
    missed = others > 0
    return Rows(on[missed], np.column_stack((place, skill))[missed])


def _values(matrix: sparse.csr_array, rows: Ints, columns: Ints) -> npt.NDArray[np.float64]:
    """Return the values at these places, 0 where nothing is stored."""
    found = sparse.csr_array(matrix)
    found.sort_indices()
    keys = keys_of(found)
    wanted = rows * found.shape[1] + columns
    place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(len(wanted))
    return np.asarray(np.where(keys[place] == wanted, found.data[place], 0.0), dtype=np.float64)
