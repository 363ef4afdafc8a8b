"""Signal: an introduction of the two came to nothing before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matching.network import Floats, Ints, Network
from matching.signals.base import Formed
from matching.signals.forms import Pairwise
from matching.signals.introductions import past
from matching.suggestion import Direction, Evidence

__all__ = ["DeclinedBefore"]


@dataclass(frozen=True, slots=True, eq=False)
class _Known(Pairwise):
    """points = least for pairs in ``keys``, else 0; a key is both numbers, the lower one first."""

    keys: Ints
    least: float
    most: float

    def pair_points(self, starts: Ints, ends: Ints) -> Floats:
        return np.where(np.isin(_key(starts, ends), self.keys), self.least, 0.0)


class DeclinedBefore(Formed):
    """An introduction of you two was declined or lapsed before; its cool-off is over.

    Formula: -0.2 if so, as far as you may see it, else 0. It says nothing of either towards others.
    Unit: log-odds. Source: negative preferences in reciprocal recommendation (Pizzato et al. 2013).
    """

    name: ClassVar[str] = "declined_before"
    label: ClassVar[str] = "came to nothing before"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = -0.2
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> _Known:
        known = past(network)
        keys = np.unique(_key(known.starts, known.ends)[known.has_failed])
        return _Known(keys, self.prior_weight if len(keys) else 0.0, 0.0)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        known = past(network)
        is_pair = (known.starts == i) & (known.ends == j)
        is_pair |= (known.starts == j) & (known.ends == i)
        rows = np.flatnonzero(is_pair & known.has_failed)
        facts = tuple(known.facts[row] for row in rows.tolist())
        return (Evidence(points=self.prior_weight, about="", facts=facts),) if facts else ()


def _key(starts: Ints, ends: Ints) -> Ints:
    return np.asarray(np.minimum(starts, ends) << 32 | np.maximum(starts, ends), dtype=np.int64)
