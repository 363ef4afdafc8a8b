"""What falls apart when one organisation goes, for each of them at once.

One depth-first search says it (Tarjan 1972, Hopcroft & Tarjan 1973): the part below a partner is
cut off where none of it has a tie to anybody found earlier. O(organisations + ties), instead of a
search for each organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from matching.network import Ints

__all__ = ["Cuts", "cuts"]


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """For each organisation, what is left of its circle without it.

    ``cut_off`` (int64[n]): how many have no way any more to the largest part that is left;
    ``largest`` (int64[n]): how many are in that part; ``isolated`` (int64[n]): how many of its
    partners have no other.
    """

    cut_off: Ints
    largest: Ints
    isolated: Ints


def cuts(ties: sparse.csr_array) -> Cuts:
    """Return the cuts of the network of ``ties`` (n × n, symmetric)."""
    count = ties.shape[0]
    degrees = np.diff(ties.indptr)
    _, label = csgraph.connected_components(ties, directed=False)
    others = np.bincount(label, minlength=1)[label] - 1 if count else np.zeros(0, np.int64)
    apart, biggest = _separated(ties, label.astype(np.int64))
    largest = np.maximum(biggest, others - apart)
    rows = np.repeat(np.arange(count), degrees)
    alone = np.bincount(rows, weights=degrees[ties.indices] == 1, minlength=count)
    return Cuts(
        cut_off=(others - largest).astype(np.int64),
        largest=largest.astype(np.int64),
        isolated=alone.astype(np.int64),
    )


def _separated(ties: sparse.csr_array, label: Ints) -> tuple[Ints, Ints]:
    """Return how many lie in parts below each that hang on it alone, and in the largest of them."""
    count = ties.shape[0]
    order, parent = _searched(ties, label)
    found = np.empty(count + 1, dtype=np.int64)
    found[order] = np.arange(count + 1)
    earliest = found[:count].copy()
    some = np.flatnonzero(np.diff(ties.indptr))
    if len(some):
        near = np.minimum.reduceat(found[ties.indices], ties.indptr[some])
        earliest[some] = np.minimum(earliest[some], near)
    low, place = [*earliest.tolist(), 0], found.tolist()
    size = [1] * (count + 1)
    apart, biggest = [0] * (count + 1), [0] * (count + 1)
    # From the last found to the first: whoever is below has been counted.
    for one in order[:0:-1].tolist():
        above = parent[one]
        if low[one] >= place[above]:
            apart[above] += size[one]
            biggest[above] = max(biggest[above], size[one])
        low[above] = min(low[above], low[one])
        size[above] += size[one]
    return np.array(apart[:count], dtype=np.int64), np.array(biggest[:count], dtype=np.int64)


def _searched(ties: sparse.csr_array, label: Ints) -> tuple[Ints, list[int]]:
    """Search depth first from one more node, number n, that has a way into each circle."""
    count = ties.shape[0]
    _, first = np.unique(label, return_index=True)
    # The rows as they are, and one more below them.
    starts = np.append(ties.indptr.astype(np.int64), ties.nnz + len(first))
    ends = np.concatenate((ties.indices.astype(np.int64), first.astype(np.int64)))
    whole = sparse.csr_array((np.ones(len(ends)), ends, starts), shape=(count + 1, count + 1))
    order, parent = csgraph.depth_first_order(whole, count, directed=True)
    return order.astype(np.int64), parent.tolist()
