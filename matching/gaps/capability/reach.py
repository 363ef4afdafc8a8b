"""Who is within reach of whom: near on the map, or two steps away in the network of partners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.introductions.distances import open_ties
from matching.network import Floats, Ints, Network
from matching.signals.nearness import nearness

__all__ = ["near_places", "within_reach", "working_places"]

Bools = npt.NDArray[np.bool_]
_COLUMNS_AT_ONCE = 32
"""Columns made dense together: 32 of 200,000 organisations take 50 MB."""


def within_reach(network: Network, holders: sparse.csr_array, rows: Ints, columns: Ints) -> Bools:
    """Say of each pair (organisation, column) whether another that holds the column is in reach.

    ``holders`` is n × any, ones. In reach is a partner, a partner's partner, and whoever works in
    the same place or a near one (:func:`matching.signals.nearness.nearness`: bordering, close by,
    or one in the other). Nobody is in reach of itself, and closed organisations pass nothing on.
    """
    found = np.zeros(len(rows), dtype=np.bool_)
    order = np.argsort(columns, kind="stable")
    asked, bounds = np.unique(columns[order], return_index=True)
    ends = np.append(bounds, len(order))
    by_column = sparse.csc_array(holders)
    for start in range(0, len(asked), _COLUMNS_AT_ONCE):
        block = asked[start : start + _COLUMNS_AT_ONCE]
        mine = order[ends[start] : ends[start + len(block)]]
        at = np.searchsorted(block, columns[mine])
        held = by_column[:, block].toarray().astype(np.float64)
        found[mine] = _others_in_reach(network, held, rows[mine], at) > 0
    return found


def near_places(network: Network) -> sparse.csr_array:
    """Return places × places: ones for each place itself and those near it."""
    return network.remembered("gaps.near_places", lambda: _near_places(network))


def working_places(network: Network) -> sparse.csr_array:
    """Return organisations × places where open ones work: ones."""
    return network.remembered("gaps.working_places", lambda: _working_places(network))


def _others_in_reach(network: Network, held: Floats, rows: Ints, at: Ints) -> Floats:
    """Return how many ways lead from each organisation to others that hold its column."""
    ties, places, near = _partners(network), working_places(network), near_places(network)
    mine = held[rows, at]
    one_step = ties @ held
    ways = one_step[rows, at]
    # Each partner leads back to oneself: those ways don't count.
    ways += (ties @ one_step)[rows, at] - mine * np.diff(ties.indptr)[rows]
    around = near @ (places.T @ held)
    own = network.remembered("gaps.own_places", lambda: _own_places(network))
    return np.asarray(ways + (places @ around)[rows, at] - mine * own[rows])


def _partners(network: Network) -> sparse.csr_array:
    def made() -> sparse.csr_array:
        ties = open_ties(network)
        ties.data[:] = 1
        return ties

    return network.remembered("gaps.partners", made)


def _near_places(network: Network) -> sparse.csr_array:
    near = sparse.csr_array(nearness(network) + sparse.eye_array(len(network.thing_ids("place"))))
    near.data[:] = 1
    return near


def _working_places(network: Network) -> sparse.csr_array:
    is_open = sparse.diags_array(network.is_open.astype(np.float64))
    places = sparse.csr_array(is_open @ network.places)
    places.eliminate_zeros()
    places.data[:] = 1
    return places


def _own_places(network: Network) -> Floats:
    """Return for each organisation the ways from its places to its places: what leads to itself."""
    places = working_places(network)
    return np.asarray((places @ near_places(network)).multiply(places).sum(axis=1)).ravel()
