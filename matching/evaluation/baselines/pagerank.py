"""Baseline: where a walker ends up who keeps coming home."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.evaluation.baselines.base import Baseline, adjacency
from matching.network import Floats, Ints, Network

__all__ = ["PersonalisedPageRank"]

_DAMPING = 0.85
_STEPS = 20
_TOGETHER = 16


class PersonalisedPageRank(Baseline):
    """Whoever a walker meets most often who walks from partner to partner and often starts again.

    Formula: x = 0.15 · start + 0.85 · x · P, P the ties with rows summing to 1, in 20 rounds
    (what is left to move is then below 4 %). Source: Page et al. 1999; Haveliwala 2002,
    Topic-sensitive PageRank.
    """

    name: ClassVar[str] = "pagerank"
    label: ClassVar[str] = "personalised PageRank"

    def scores(self, network: Network, rows: Ints) -> Floats:
        onward = network.remembered("baselines.onward", lambda: _onward(network))
        found = np.zeros((len(rows), len(network)))
        # Whoever has no partners goes nowhere. A few walkers at a time stay in the cache.
        setting_out = np.flatnonzero(network.degrees[rows] > 0)
        for start in range(0, len(setting_out), _TOGETHER):
            part = setting_out[start : start + _TOGETHER]
            home = np.zeros((len(network), len(part)))
            home[rows[part], np.arange(len(part))] = 1 - _DAMPING
            mass = home
            for _ in range(_STEPS):
                mass = onward @ mass + home
            found[part] = mass.T
        return found


def _onward(network: Network) -> sparse.csr_array:
    """Return 0.85 · P transposed, so that it moves columns of mass."""
    shares = _DAMPING / np.maximum(network.degrees, 1)
    return sparse.csr_array(adjacency(network) @ sparse.diags_array(shares))
