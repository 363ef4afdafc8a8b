"""Steps between organisations, from a few of them to everybody."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Ints, Network

__all__ = ["FAR", "Steps", "open_ties", "steps_from", "with_ties"]

FAR = 16
"""Steps at which counting stops; no way at all counts as this many."""

Steps = npt.NDArray[np.uint8]


def open_ties(network: Network) -> sparse.csr_array:
    """Return the ties (n × n) of organisations that are open: nobody is reached by a closed one."""
    is_open = sparse.diags_array(network.is_open.astype(np.float64))
    ties = sparse.csr_array(is_open @ network.ties @ is_open)
    ties.eliminate_zeros()
    return ties


def with_ties(ties: sparse.csr_array, first: Ints, second: Ints) -> sparse.csr_array:
    """Return ``ties`` and those between ``first`` and ``second``, both ways round."""
    ends = np.concatenate((first, second)), np.concatenate((second, first))
    new = sparse.coo_array((np.ones(len(ends[0])), ends), shape=ties.shape)
    return sparse.csr_array(ties + new.tocsr())


def steps_from(ties: sparse.csr_array, sources: Ints, *, far: int = FAR) -> Steps:
    """Return uint8[n, sources]: the steps from each source, ``far`` where there are as many."""
    from matching.introductions.kernels import distances  # noqa: PLC0415

    found: Steps = distances(
        ties.indptr.astype(np.int64), ties.indices.astype(np.int32), sources.astype(np.int64), far
    )
    return found
