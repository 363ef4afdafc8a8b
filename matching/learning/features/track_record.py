"""What a candidate has done so far: how many partners, how lately, in how large undertakings."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import numpy as np

from matching.learning.features.base import (
    Block,
    Dense,
    Feature,
    FeatureGroup,
    of_candidates,
    of_organisations,
)
from matching.learning.features.walks import recency
from matching.learning.past import Floats32, Past

__all__ = ["OwnRecord", "TrackRecord"]

_YEAR, _HALF, _THIRD = 365, 182, 120
_LARGE = 8


class TrackRecord(FeatureGroup):
    """How much a candidate works with others. Source: preferential attachment (Newman 2001)."""

    name: ClassVar[str] = "track record"
    label: ClassVar[str] = "what they have done with others so far"
    features: ClassVar[tuple[Feature, ...]] = (
        Feature("partners", "partners", "ln(1 + partners of j)"),
        Feature("partners_year", "partners of the last year", "ln(1 + partners), last 365 days"),
        Feature("partners_half", "partners of the last half-year", "ln(1 + partners), 182 days"),
        Feature("undertakings", "joint undertakings", "ln(1 + joint undertakings of j)"),
        Feature("undertakings_recent", "recent joint undertakings", "ln(1 + Σ ½^years)"),
        Feature("large_recent", "recent large undertakings", "ln(1 + Σ ½^years), 8 or more in it"),
        Feature("led_recent", "recent undertakings led", "ln(1 + Σ ½^years), led by j"),
        Feature("mean_size", "mean size of undertakings", "ln(1 + mean size)"),
        Feature("largest", "largest undertaking", "ln(1 + largest size)"),
        Feature("gained_year", "partners gained in the last year", "ln(1 + new), 365 days"),
        Feature("gained_third", "partners gained lately", "ln(1 + new partners), 120 days"),
        Feature("growth", "growth", "gained_year - partners"),
        Feature("since", "years since the first undertaking", "ln(1 + years)"),
        Feature("idle", "time since the last undertaking", "ln(1 + quarters)"),
        Feature("alone", "undertakings alone", "ln(1 + undertakings without partners)"),
    )

    def __init__(self, past: Past) -> None:
        self._columns = _record(past)

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        return [of_candidates(column, block) for column in self._columns]


class OwnRecord(FeatureGroup):
    """What the organisation that looks has done: the same for all candidates.

    It sets no candidate above another by itself, but says how much there is to expect.
    """

    name: ClassVar[str] = "own record"
    label: ClassVar[str] = "how many new partners you tend to find"
    features: ClassVar[tuple[Feature, ...]] = (
        Feature("own_partners", "own partners", "ln(1 + partners of i)"),
        Feature("own_undertakings", "own joint undertakings", "ln(1 + joint undertakings of i)"),
        Feature("own_recent", "own recent undertakings", "ln(1 + Σ ½^years)"),
        Feature("own_size", "mean size of own undertakings", "ln(1 + mean size)"),
        Feature("own_largest", "own largest undertaking", "ln(1 + largest size)"),
        Feature("own_idle", "time since the own last one", "ln(1 + quarters)"),
    )

    def __init__(self, past: Past) -> None:
        names = [feature.name for feature in TrackRecord.features]
        wanted = ("partners", "undertakings", "undertakings_recent", "mean_size", "largest", "idle")
        columns = _record(past)
        self._columns = [columns[names.index(name)] for name in wanted]

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        return [of_organisations(column, block) for column in self._columns]


# Two groups read it, one after the other; a past is what it is, and equal to itself alone.
@lru_cache(maxsize=1)
def _record(past: Past) -> list[Floats32]:
    """Return float32[n] for each feature of :class:`TrackRecord`."""
    members, joint, fresh, sizes = past.members, past.joint, recency(past), past.sizes
    counts = np.diff(joint.indptr)
    degrees = np.diff(past.ties.indptr)
    earlier = {days: np.diff(past.before(past.day - days).ties.indptr) for days in (_YEAR, _THIRD)}
    shared = (sizes > 1).astype(np.float32)
    ages = np.where(members.data > 0, past.ages[members.indices], np.inf)
    first, last = _extremes(members.indptr, ages)
    largest = _extremes(joint.indptr, sizes[joint.indices])[1]
    recent = [_partners_since(past, days) for days in (_YEAR, _HALF)]
    gained = [degrees - earlier[days] for days in (_YEAR, _THIRD)]
    columns = [
        np.log1p(degrees),
        np.log1p(recent[0]),
        np.log1p(recent[1]),
        np.log1p(counts),
        np.log1p(joint @ fresh),
        np.log1p(joint @ (fresh * (sizes >= _LARGE))),
        np.log1p(past.leads @ (fresh * shared)),
        np.log1p(joint @ sizes / np.maximum(counts, 1)),
        np.log1p(largest),
        np.log1p(gained[0]),
        np.log1p(gained[1]),
        np.log1p(gained[0]) - np.log1p(degrees),
        np.log1p(last / _YEAR),
        np.log1p(np.minimum(first, 3_000) / 90),
        np.log1p(np.maximum(np.diff(members.indptr) - counts, 0)),
    ]
    return [np.asarray(column, dtype=np.float32) for column in columns]


def _partners_since(past: Past, days: int) -> Floats32:
    """Return how many partners each had in what began in the last ``days``."""
    lately = np.flatnonzero(past.starts >= past.day - days)
    part = past.joint[:, lately]
    together = part @ part.T
    others = np.diff(together.indptr) - (np.diff(part.indptr) > 0)
    return np.asarray(np.maximum(others, 0), dtype=np.float32)


def _extremes(starts: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the largest value of each row of a CSR layout; 3,000 and 0 if empty."""
    lengths = np.diff(starts)
    held = np.flatnonzero(lengths > 0)
    least, most = np.full(len(lengths), 3_000.0), np.zeros(len(lengths))
    if len(held):
        least[held] = np.minimum.reduceat(values, starts[held])
        most[held] = np.maximum.reduceat(values, starts[held])
    return least, most
