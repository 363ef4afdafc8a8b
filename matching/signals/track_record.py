"""Signal: introductions that something came of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matching.network import Floats, Ints, Network
from matching.signals.base import Formed
from matching.signals.forms import Pairwise
from matching.signals.introductions import past
from matching.suggestion import Direction, Evidence

__all__ = ["TrackRecord"]

_HALF_WAY = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Mean(Pairwise):
    values: Floats
    weight: float
    least: float
    most: float

    def pair_points(self, starts: Ints, ends: Ints) -> Floats:
        return np.asarray(self.weight * (self.values[starts] + self.values[ends]) / 2)


class TrackRecord(Formed):
    """Something came of introductions of either before: they met, or collaborate now.

    Formula: 0.1 · the mean of both records, each s / (s + 2), s = Σ over its introductions that
    you may see of 0.5 for a meeting and 1 for a collaboration, less where it was of little use.
    That an introduction came to nothing counts against nobody here.
    Unit: log-odds. Source: learning from decisions in reciprocal recommendation (Pizzato et al.
    2010).
    """

    name: ClassVar[str] = "track_record"
    label: ClassVar[str] = "introductions that something came of"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.1
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> _Mean:
        count = len(network)
        known = past(network)
        made = np.bincount(known.starts, weights=known.success, minlength=count)
        made += np.bincount(known.ends, weights=known.success, minlength=count)
        record = made / (made + _HALF_WAY)
        most = self.prior_weight * float(record.max(initial=0))
        return _Mean(record, self.prior_weight, 0.0, most)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        points = float(self.points(network, i, np.array([j]))[0])
        if points == 0:
            return ()
        known = past(network)
        is_theirs = np.isin(known.starts, (i, j)) | np.isin(known.ends, (i, j))
        rows = np.flatnonzero(is_theirs & (known.success > 0))
        facts = tuple(known.facts[row] for row in rows.tolist())
        return (Evidence(points=points, about="", facts=facts),)
