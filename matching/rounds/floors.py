"""Who is promised a place in every round: the small and the new, whom lists overlook."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.network import Network

__all__ = ["SMALL_INCOME", "small_or_new"]

SMALL_INCOME = 10_000
"""GBP a year. Below it a charity is "micro" in the bands of the UK Civil Society Almanac (NCVO)."""


def small_or_new(network: Network) -> npt.NDArray[np.bool_]:
    """Return bool[n]: open, and either with a known income below £10,000 or without any partner.

    An unknown income makes nobody small.
    """
    is_small = network.income < SMALL_INCOME
    is_new = np.diff(network.agreed.indptr) == 0
    return np.asarray((is_small | is_new) & network.is_open, dtype=np.bool_)
