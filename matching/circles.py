"""Circles in the network of partners, and how closed in each organisation is.

Both depend on who works with whom alone, never on names or on chance, and take seconds for two
million ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from matching.network import Floats, Ints, Network

__all__ = ["Circles", "circles"]

_LEAST_MEMBERS = 3
_MOST_STEPS = 20_000_000
"""Two-step ways looked at together: bounds the memory that a large network takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Circles:
    """``label``: int64[n], the number of each organisation's circle, -1 for who is in none.

    A circle is what hangs together by ties whose ends have a partner in common: three or more who
    know each other around a corner. ``constraint``: float64[n] in [0, 1], Burt's (1992) measure of
    how far one's partners know each other: 1 for a closed circle, near 0 for many who don't; 0
    without partners.
    """

    label: Ints
    constraint: Floats


def circles(network: Network) -> Circles:
    """Return the circles of a network; they are kept with it."""
    return network.remembered("circles", lambda: _circles(network.ties))


def _circles(ties: sparse.csr_array) -> Circles:
    count = ties.shape[0]
    degrees = np.diff(ties.indptr)
    pattern = sparse.csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)
    share = 1 / np.maximum(1, degrees)
    through = _through_common(pattern, share)
    # Of each partner: the share of one's ties, and what of the others leads to the same one.
    starts = np.repeat(np.arange(count), degrees)
    invested = ((1 + through) * share[starts]) ** 2
    constraint = np.bincount(starts, weights=invested, minlength=count)
    close = through > 0
    inner = sparse.csr_array(
        sparse.coo_array(
            (np.ones(int(close.sum())), (starts[close], ties.indices[close])), shape=ties.shape
        )
    )
    _, label = csgraph.connected_components(inner, directed=False)
    is_large = np.bincount(label, minlength=1)[label] >= _LEAST_MEMBERS
    return Circles(
        label=np.where(is_large, label, -1).astype(np.int64),
        constraint=np.minimum(1, constraint),
    )


def _through_common(pattern: sparse.csr_array, share: Floats) -> Floats:
    """Return float64[ties]: the sum over the common partners of both ends of 1 / their partners."""
    weighted = sparse.csr_array(pattern.multiply(share[:, None]))
    steps = np.cumsum(pattern @ np.diff(pattern.indptr))
    found, start = [np.zeros(0)], 0
    while start < pattern.shape[0]:
        done = steps[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(steps, done + _MOST_STEPS)))
        block = pattern[start:stop]
        around = sparse.csr_array((block @ weighted).multiply(block))
        # An entry of the block without a common partner is not stored: put back as 0.
        found.append(_values_at(around, block))
        start = stop
    return np.concatenate(found)


def _values_at(values: sparse.csr_array, places: sparse.csr_array) -> Floats:
    """Return the value at each stored entry of ``places``, in order; ``values`` has no others."""
    # Adding 1 at each place keeps those that are 0, and leaves both sorted alike.
    whole = sparse.csr_array(values + places)
    whole.sort_indices()
    return np.asarray(whole.data - 1, dtype=np.float64)
