"""How near organisations are to each other: the shortest path over ties, by trust.

Formula: distance d = min(1, length of the shortest path / 2); an edge is 1.05 - trust long, the
trust being that of :mod:`matching.introductions.trust`. Source: sum of distances as the cost of
communication in a team (Lappas, Liu & Terzi 2009; Kargar & An 2011).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from matching.introductions.trust import trust
from matching.network import Floats, Ints, Network

__all__ = ["FARTHEST", "distances", "lengths"]

FARTHEST = 2.0
"""Paths of this length and more, and no path at all, count as strangers: d = 1."""
_STRETCH = 1.05
_AT_ONCE = 64


def lengths(network: Network) -> sparse.csr_array:
    """Return n × n: how long the edge of each tie is, in [0.05, 1].

    Ties of closed organisations are left out, and those between two that may not be brought
    together: no path goes over them.
    """
    return network.remembered("coalitions.lengths", lambda: _lengths(network))


def distances(network: Network, rows: Ints) -> Floats:
    """Return float64[k, k] in [0, 1]: the distance d of each two of ``rows``, in this order."""
    edges = lengths(network)
    if len(rows) == 0 or edges.nnz == 0:
        return 1 - np.eye(len(rows))
    ordered, back = np.unique(rows, return_inverse=True)
    # A path shorter than 2 has a middle edge, with both its ends within 1 of an end of the path.
    near = csgraph.dijkstra(edges, indices=ordered, min_only=True, limit=FARTHEST / 2)
    kept = np.flatnonzero(np.isfinite(near))
    around = sparse.csr_array(edges[kept][:, kept])
    places = np.searchsorted(kept, ordered)
    balls = csgraph.dijkstra(around, indices=places, limit=FARTHEST / 2)
    found = np.concatenate(
        [
            _met(around, balls[start : start + _AT_ONCE], balls)
            for start in range(0, len(ordered), _AT_ONCE)
        ]
    )
    # Of two roundings of one length, both ways take the same.
    apart = np.minimum(1, np.minimum(found, found.T) / FARTHEST)
    np.fill_diagonal(apart, 0)
    return np.asarray(apart[np.ix_(back, back)])


def _met(edges: sparse.csr_array, starts: Floats, balls: Floats) -> Floats:
    """Return how far it is from each start to the middle of each ball, over one edge between."""
    reached = starts.copy()
    row, node = np.nonzero(np.isfinite(starts))
    counts = np.diff(edges.indptr)[node]
    # All edges out of all balls, without a Python loop.
    shift = np.repeat(edges.indptr[node] - np.cumsum(counts) + counts, counts)
    at = np.arange(counts.sum()) + shift
    flat = np.repeat(row, counts) * starts.shape[1] + edges.indices[at]
    over = np.repeat(starts[row, node], counts) + edges.data[at]
    np.minimum.at(reached.reshape(-1), flat, over)
    by_node = np.ascontiguousarray(reached.T)  # whole rows are gathered far faster than columns
    found = np.empty((len(starts), len(balls)))
    for j, ball in enumerate(balls):
        inside = np.flatnonzero(np.isfinite(ball))
        found[:, j] = (by_node[inside] + ball[inside, None]).min(axis=0)
    return found


def _lengths(network: Network) -> sparse.csr_array:
    open_ones = sparse.diags_array(network.is_open.astype(np.float64))
    tied = sparse.csr_array(network.ties, copy=True)
    tied.data[:] = 1
    tied = sparse.csr_array(open_ones @ tied @ open_ones)
    tied = sparse.csr_array(tied - tied.multiply(network.barred))
    tied.eliminate_zeros()
    made = sparse.csr_array(tied * _STRETCH - trust(network).multiply(tied))
    made.sort_indices()
    return made
