"""How much a fact still counts when nobody has confirmed it for long."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from graph.snapshot import Table

__all__ = ["HALF_LIFE_DAYS", "freshness"]

HALF_LIFE_DAYS = 730
"""After two years without confirmation a fact counts half, after four a quarter."""


def freshness(table: Table, as_of: date | None) -> npt.NDArray[np.float64]:
    """Return float64[rows] in (0, 1]: what each fact of a table still weighs on a day.

    Formula: 0.5 ^ (days since last_confirmed / 730), and 1 for a fact confirmed on the day or
    later. Without ``as_of`` all facts weigh 1. Source: exponential forgetting, as in
    half-life weighting of ties (Burt 2000, Decay functions).
    """
    if as_of is None:
        return np.ones(len(table))
    age = (np.datetime64(as_of, "D") - table["last_confirmed"]).astype(np.float64)
    return np.asarray(0.5 ** (np.maximum(age, 0) / HALF_LIFE_DAYS), dtype=np.float64)
