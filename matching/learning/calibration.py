"""From a score to how often such pairs came about, counted on organisations kept apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.learning.past import Floats32
from matching.suggestion import Chance

__all__ = ["Band", "bands", "chance"]

_BANDS = 10
_Z = 1.959964
"""For an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs with scores from ``least`` up to the next band's: how many, and how many came about."""

    least: float
    pairs: int
    came_about: int


def bands(scores: Floats32, came_about: npt.NDArray[np.bool_]) -> tuple[Band, ...]:
    """Return up to ten bands with as many pairs that came about in each, the lowest first.

    Two bands in which the higher score came about less often are made one, so that a higher score
    never means a smaller chance (pool adjacent violators, Ayer et al. 1955).
    """
    order = np.argsort(scores, kind="stable")
    scores, came_about = scores[order], came_about[order]
    total = int(came_about.sum())
    if total == 0:
        return ()
    reached = np.cumsum(came_about)
    count = max(1, min(_BANDS, total // 5))
    cuts = np.searchsorted(reached, total * np.arange(count) / count, side="right")
    # Equal scores stay in one band.
    cuts = np.searchsorted(scores, scores[np.minimum(cuts, len(scores) - 1)])
    cuts[0] = 0
    found: list[Band] = []
    for start, end in zip(cuts.tolist(), [*cuts[1:].tolist(), len(scores)], strict=True):
        if end > start:
            found.append(Band(float(scores[start]), end - start, int(came_about[start:end].sum())))
        while len(found) > 1 and _rate(found[-1]) < _rate(found[-2]):
            upper, lower = found.pop(), found.pop()
            found.append(
                Band(lower.least, lower.pairs + upper.pairs, lower.came_about + upper.came_about)
            )
    return tuple(found)


def chance(found: tuple[Band, ...], score: float) -> Chance | None:
    """Return what came of pairs with such a score, with Wilson's interval; None if unknown."""
    held = [band for band in found if band.least <= score] or list(found[:1])
    if not held:
        return None
    band = held[-1]
    share, pairs = _rate(band), band.pairs
    middle = (share + _Z**2 / (2 * pairs)) / (1 + _Z**2 / pairs)
    reach = _Z * np.sqrt(share * (1 - share) / pairs + _Z**2 / (4 * pairs**2))
    reach /= 1 + _Z**2 / pairs
    # At a share of 0 or 1 the end of the interval is the share itself, but for rounding.
    low, high = min(share, middle - float(reach)), max(share, middle + float(reach))
    return Chance(share, max(0.0, low), min(1.0, high), pairs)


def _rate(band: Band) -> float:
    return band.came_about / band.pairs
