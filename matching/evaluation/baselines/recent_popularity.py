"""Baseline: whoever has taken part most of late."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.evaluation.baselines.base import Baseline
from matching.network import LARGEST_CONSORTIUM, Floats, Ints, Network

__all__ = ["RecentPopularity"]

_DAYS = 730


class RecentPopularity(Baseline):
    """The same for everybody: who has had the most partners in projects of the last two years.

    Formula: number of organisations in common projects of at most 60 that began within 730 days
    of the network's day. Source: popularity in a window, as in time-aware recommendation (Ji et
    al. 2020, A re-visit of the popularity baseline).
    """

    name: ClassVar[str] = "recent_popularity"
    label: ClassVar[str] = "popularity in the last two years"

    def scores(self, network: Network, rows: Ints) -> Floats:
        recent = network.remembered("baselines.recent", lambda: _recent_partners(network))
        return np.tile(recent, (len(rows), 1))


def _recent_partners(network: Network) -> Floats:
    starts = network.snapshot.tables["project"]["starts_on"]
    known = starts[~np.isnat(starts)]
    if len(known) == 0:
        return np.zeros(len(network))
    day = known.max() if network.as_of is None else np.datetime64(network.as_of, "D")
    sizes = np.bincount(network.projects.indices, minlength=network.projects.shape[1])
    is_recent = (starts > day - _DAYS) & (sizes <= LARGEST_CONSORTIUM)
    recent = network.projects[:, np.flatnonzero(is_recent)]
    together = recent @ recent.T
    together.setdiag(0)
    together.eliminate_zeros()
    return np.asarray(np.diff(together.indptr), dtype=np.float64)
