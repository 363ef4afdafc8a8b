"""A round as a b-matching: weights on pairs, a limit and a floor for each organisation.

Find the pairs with the largest sum of weights such that nobody is in more pairs than its limit,
and everybody, as far as can be, in as many as its floor. Everything in whole numbers, so that a
run is exactly repeatable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.lists import Pairs
from matching.network import Floats, Ints

__all__ = ["Chosen", "Problem", "pose"]

Chosen = npt.NDArray[np.bool_]

_STEPS = 100_000
_LOTS = 16
_WORTH_OF_A_FLOOR = 64


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Organisations are 0 … len(limit)-1 by lot, pairs are in order of (first, second).

    ``weight`` is the score in steps of ``unit``, rounded up, so that no bound comes out too low;
    its last digit is drawn by lot. ``floor`` never exceeds the limit or the number of pairs on
    offer. ``score`` is what the weights stand for.
    """

    first: Ints
    second: Ints
    weight: Ints
    score: Floats
    limit: Ints
    floor: Ints
    unit: float
    origin: Ints
    """Which of the pairs given each of these is."""

    def __len__(self) -> int:
        return len(self.first)

    @property
    def bonus(self) -> int:
        """Return what it weighs to lift somebody by one towards its floor: 64 of the best pairs."""
        return _WORTH_OF_A_FLOOR * (_STEPS + 1) * _LOTS

    def degrees(self, chosen: Chosen) -> Ints:
        """Return int64[organisations]: in how many of the chosen pairs each is."""
        ends = np.concatenate((self.first[chosen], self.second[chosen]))
        return np.bincount(ends, minlength=len(self.limit)).astype(np.int64)

    def shortfall(self, chosen: Chosen) -> int:
        """Return by how much the floors are missed, all together."""
        return int(np.maximum(self.floor - self.degrees(chosen), 0).sum())

    def value(self, chosen: Chosen) -> int:
        """Return the sum of the weights, less the bonus for each step below a floor."""
        return int(self.weight[chosen].sum()) - self.bonus * self.shortfall(chosen)

    def total(self, chosen: Chosen) -> float:
        """Return the sum of the scores."""
        return float(self.score[chosen].sum())

    def without_floors(self) -> Problem:
        """Return the same problem where nobody is promised anything."""
        return replace(self, floor=np.zeros_like(self.floor))


def pose(pairs: Pairs, places: Ints, limit: Ints, floor: Ints, seed: int) -> Problem:
    """Return the problem, its organisations renumbered by ``places``, the order they drew.

    Two runs with the same seed, and two networks that differ in ids only, pose the same problem.
    """
    one, other = places[pairs.first], places[pairs.second]
    first, second = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((second, first))
    first, second, score = first[order], second[order], pairs.score[order]
    unit = float(score.max()) / _STEPS if len(score) else 1.0
    lots = np.random.default_rng(seed).integers(0, _LOTS, len(score))
    weight = np.ceil(score / unit).astype(np.int64) * _LOTS + lots
    limits, floors = np.empty_like(limit), np.empty_like(floor)
    limits[places], floors[places] = limit, floor
    on_offer = np.bincount(np.concatenate((first, second)), minlength=len(limits))
    floors = np.minimum(floors, np.minimum(limits, on_offer))
    return Problem(first, second, weight, score, limits, floors, unit / _LOTS, order)
