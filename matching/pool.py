"""Who may be suggested to whom: the one place that rules anybody out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Ints, Network, row_of

__all__ = ["candidate_pool", "may_be_suggested", "ruled_out"]


def candidate_pool(network: Network, i: int, *, include_partners: bool = False) -> Ints:
    """Return int64[pool]: everybody who may be suggested to ``i``, in order of number.

    Left out: ``i`` itself, closed organisations, whoever is barred from being brought together
    with ``i`` and, unless ``include_partners``, whoever ``i`` works with already or has agreed to.
    """
    allowed = network.is_open.copy()
    allowed[i] = False
    allowed[row_of(ruled_out(network, include_partners=include_partners), i)] = False
    return np.flatnonzero(allowed)


def ruled_out(network: Network, *, include_partners: bool) -> sparse.csr_array:
    """Return organisations × organisations: an entry for each open pair that is left out."""
    if include_partners:
        return network.barred
    return network.remembered(
        "pool.ruled_out", lambda: sparse.csr_array(network.barred + network.agreed)
    )


def may_be_suggested(network: Network, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Return bool[pairs]: whether ``ends[p]`` is in the pool of ``starts[p]``, which is open too.

    :func:`candidate_pool` asked for many pairs at once, without existing partners.
    """
    ruled_out = _holds(network, "barred", starts, ends) | _holds(network, "agreed", starts, ends)
    is_open = network.is_open[starts] & network.is_open[ends]
    return np.asarray(is_open & (starts != ends) & ~ruled_out, dtype=np.bool_)


def _holds(network: Network, name: str, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Say of each pair whether one of the network's n × n matrices has an entry for it."""
    keys = network.remembered(f"pool.{name}", lambda: _keys(getattr(network, name)))
    wanted = starts * len(network) + ends
    places = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    return np.asarray(keys[places] == wanted) if len(keys) else np.zeros(len(starts), np.bool_)


def _keys(matrix: sparse.csr_array) -> Ints:
    count = matrix.shape[0]
    rows = np.repeat(np.arange(count, dtype=np.int64), np.diff(matrix.indptr))
    # Rows come in order and columns within them, so the keys are sorted as they stand.
    return rows * count + matrix.indices
