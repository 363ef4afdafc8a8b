"""Who may be suggested to whom: the one place that rules anybody out."""

from __future__ import annotations

import numpy as np

from matching.network import Ints, Network, row_of

__all__ = ["candidate_pool"]


def candidate_pool(network: Network, i: int, *, include_partners: bool = False) -> Ints:
    """Return int64[pool]: everybody who may be suggested to ``i``, in order of number.

    Left out: ``i`` itself, closed organisations, whoever is barred from being brought together
    with ``i`` and, unless ``include_partners``, whoever ``i`` works with already or has agreed to.
    """
    allowed = network.is_open.copy()
    allowed[i] = False
    allowed[row_of(network.barred, i)] = False
    if not include_partners:
        allowed[row_of(network.agreed, i)] = False
    return np.flatnonzero(allowed)
