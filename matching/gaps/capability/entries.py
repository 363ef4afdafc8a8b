"""Entries of sparse matrices in flat arrays."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.network import Ints

__all__ = ["entries_of", "keys_of"]


def entries_of(matrix: sparse.csr_array, rows: Ints) -> tuple[Ints, Ints]:
    """Return for each entry of each of ``rows`` the place in ``rows``, and the column."""
    counts = np.diff(matrix.indptr)[rows]
    at = np.repeat(np.arange(len(rows)), counts)
    offsets = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    return at, matrix.indices[matrix.indptr[rows][at] + offsets].astype(np.int64)


def keys_of(matrix: sparse.csr_array) -> Ints:
    """Return row · columns + column of each entry, in order if the columns of each row are."""
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return rows * matrix.shape[1] + matrix.indices
