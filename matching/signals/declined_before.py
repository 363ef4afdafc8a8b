"""Signal: an introduction of the two came to nothing before."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Network, row_of
from matching.signals.base import Formed
from matching.signals.forms import Against
from matching.signals.introductions import past
from matching.suggestion import Direction, Evidence

__all__ = ["DeclinedBefore"]


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

    def make_form(self, network: Network) -> Against:
        known = past(network)
        size = len(network)
        one, other = known.starts[known.has_failed], known.ends[known.has_failed]
        ends = (np.concatenate((one, other)), np.concatenate((other, one)))
        pairs = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(size, size))
        pairs.sum_duplicates()
        pairs.data[:] = 1
        return Against(pairs, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        form = self.form(network)
        assert isinstance(form, Against)
        if j not in row_of(form.pairs, i):
            return ()
        known = past(network)
        is_pair = (known.starts == i) & (known.ends == j)
        is_pair |= (known.starts == j) & (known.ends == i)
        rows = np.flatnonzero(is_pair & known.has_failed)
        facts = tuple(known.facts[row] for row in rows.tolist())
        return (Evidence(points=self.prior_weight, about="", facts=facts),)
