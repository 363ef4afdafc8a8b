"""Signal: introductions that something came of."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.network import Network
from matching.signals.base import Formed
from matching.signals.forms import Bilinear
from matching.signals.introductions import past
from matching.suggestion import Direction, Evidence

__all__ = ["TrackRecord"]

_HALF_WAY = 2


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

    def make_form(self, network: Network) -> Bilinear:
        count = len(network)
        known = past(network)
        made = np.bincount(known.starts, weights=known.success, minlength=count)
        made += np.bincount(known.ends, weights=known.success, minlength=count)
        record, ones = made / (made + _HALF_WAY), np.ones(count)
        return Bilinear(
            left=np.column_stack((record, ones)),
            right=np.column_stack((ones, record)),
            scale=self.prior_weight / 2,
        )

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        form = self.form(network)
        assert isinstance(form, Bilinear)
        points = form.scale * float(form.left[i] @ form.right[j])
        if points == 0:
            return ()
        known = past(network)
        is_theirs = np.isin(known.starts, (i, j)) | np.isin(known.ends, (i, j))
        rows = np.flatnonzero(is_theirs & (known.success > 0))
        facts = tuple(known.facts[row] for row in rows.tolist())
        return (Evidence(points=points, about="", facts=facts),)
