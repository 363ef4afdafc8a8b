"""Needs that somebody near can meet: a partner, or a partner of a partner."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.gaps.capability.sides import supply_of
from matching.gaps.rehearsal.dependence import open_rows
from matching.introductions.distances import open_ties
from matching.network import Ints, Network

__all__ = ["as_ones", "met_nearby", "needs_met_nearby"]

_MOST_WAYS = 20_000_000
"""Ways of two steps looked at together: bounds the memory that a large network takes."""


def as_ones(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return ones in place of weights."""
    return sparse.csr_array(
        (np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def needs_met_nearby(network: Network) -> sparse.csr_array:
    """Return n × skills, ones: :func:`met_nearby` for everybody; worked out once for a network."""
    return network.remembered(
        "rehearsal.met_nearby",
        lambda: met_nearby(
            as_ones(open_ties(network)),
            supply_of(network).matrix,
            open_rows(network, network.needs),
            np.arange(len(network)),
        ),
    )


def met_nearby(
    ties: sparse.csr_array, offers: sparse.csr_array, needs: sparse.csr_array, rows: Ints
) -> sparse.csr_array:
    """Return rows × skills, ones: the needs of ``rows`` with a provider at most two steps away.

    ``ties`` (n × n), ``offers`` and ``needs`` (n × skills) hold ones. An organisation isn't its own
    provider.
    """
    degrees = np.diff(ties.indptr)
    ways = np.cumsum(sparse.csr_array(ties[rows]) @ degrees)
    found = [sparse.csr_array((0, needs.shape[1]))]
    start = 0
    while start < len(rows):
        done = ways[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ways, done + _MOST_WAYS)))
        found.append(_met(ties, offers, needs, rows[start:stop]))
        start = stop
    return sparse.csr_array(sparse.vstack(found, format="csr"))


def _met(
    ties: sparse.csr_array, offers: sparse.csr_array, needs: sparse.csr_array, rows: Ints
) -> sparse.csr_array:
    block = sparse.csr_array(ties[rows])
    near, column = np.unique(block.indices, return_inverse=True)
    to_near = sparse.csr_array((block.data, column, block.indptr), shape=(len(rows), len(near)))
    reached = sparse.csr_array(ties[near] @ offers) + sparse.csr_array(offers[near])
    # Each partner leads back to where one started: that many times one's own offers were counted.
    back = sparse.diags_array(np.diff(block.indptr).astype(np.float64)) @ offers[rows]
    met = sparse.csr_array((to_near @ reached - back).multiply(needs[rows]) > 0.5)
    met.eliminate_zeros()
    return as_ones(met)
