"""How sure a mean is: percentile bootstrap over the organisations that were asked for.

Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap. Organisations of one consortium
are not independent of each other, so the intervals are somewhat narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.network import Floats

__all__ = ["RESAMPLES", "Difference", "Interval", "Resamples"]

RESAMPLES = 2_000
_BOUNDS = (2.5, 97.5)
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds of its 95 % interval, to six decimal places."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a mean lies above another of the same organisations.

    ``percent`` is in percent of the other; None where that is 0.
    """

    absolute: Interval
    percent: Interval | None


class Resamples:
    """The same draws of rows, with replacement, for all that is compared: so pairs stay paired.

    Values are float64[rows], NaN in the rows that have none.
    """

    def __init__(self, rows: int, seed: int, count: int = RESAMPLES) -> None:
        generator = np.random.default_rng(seed)
        # How often each row was drawn says all; float32 holds such small counts exactly.
        self._drawn = (
            generator.multinomial(rows, np.full(rows, 1 / rows), size=count).astype(np.float32)
            if rows
            else np.zeros((count, 0), dtype=np.float32)
        )

    def mean(self, values: Floats) -> Interval | None:
        """Return the mean of ``values`` with its interval; None if no row has one."""
        return _interval(_mean(values), self._means(values))

    def difference(self, values: Floats, others: Floats) -> Difference | None:
        """Return by how much the mean of ``values`` is above that of ``others``, row by row."""
        mine, theirs = self._means(values), self._means(others)
        value, other = _mean(values), _mean(others)
        absolute = _interval(value - other, mine - theirs)
        if absolute is None:
            return None
        return Difference(absolute, _interval(_percent(value, other), _percent(mine, theirs)))

    def _means(self, values: Floats) -> Floats:
        has_value = ~np.isnan(values)
        sums = self._drawn @ np.where(has_value, values, 0.0)
        counts = self._drawn @ has_value.astype(np.float64)
        return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan))


def _mean(values: Floats) -> Floats:
    given = values[~np.isnan(values)]
    return np.asarray(given.mean() if len(given) else np.nan)


def _percent(values: Floats, others: Floats) -> Floats:
    return np.asarray(100 * (values / np.where(others > 0, others, np.nan) - 1))


def _interval(value: Floats, drawn: Floats) -> Interval | None:
    drawn = drawn[~np.isnan(drawn)]
    if np.isnan(value) or len(drawn) == 0:
        return None
    low, high = np.percentile(drawn, _BOUNDS)
    return Interval(*(round(float(each), _DIGITS) for each in (value, low, high)))
