"""Signal: places near each other."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Network, in_common, row_of
from matching.signals.base import Formed
from matching.signals.forms import Product
from matching.signals.nearness import nearness
from matching.suggestion import Direction, Evidence

__all__ = ["PlaceReach"]


class PlaceReach(Formed):
    """You are active near each other: in places that border, lie close, or hold one another.

    Formula: 0.25 · ln(1 + Σ over two different places, one of each, of nearness · both
    confidences); nearness is exp(-km / 30) of their middles up to 60 km, at least 0.5 where they
    border each other and 0.3 where one holds the other. The same place is "places in common".
    Unit: log-odds. Source: propinquity (Festinger, Schachter & Back 1950); distance decay as in
    gravity models (Fotheringham & O'Kelly 1989).
    """

    name: ClassVar[str] = "place_reach"
    label: ClassVar[str] = "places near each other"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.25
    is_ground: ClassVar[bool] = False

    def make_form(self, network: Network) -> Product:
        reach = sparse.csr_array(network.places @ nearness(network))
        reach.sort_indices()
        return Product(
            left=reach,
            right=network.places,
            holders=sparse.csr_array(network.places.T.tocsr()),
            scale=self.prior_weight,
            is_logarithmic=True,
        )

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        near = nearness(network)
        mine, theirs = row_of(network.places, i), row_of(network.places, j)
        between = np.zeros((len(mine), len(theirs)))
        # Row by row: cutting a sparse matrix takes longer than all other reasons together.
        for at, place in enumerate(mine.tolist()):
            around = row_of(near, place)
            both = in_common(around, theirs)
            start = near.indptr[place]
            found = near.data[start + np.searchsorted(around, both)]
            between[at, np.searchsorted(theirs, both)] = found
        if not between.any():
            return ()
        worth = between * _weights(network, i)[:, None] * _weights(network, j)[None, :]
        if not worth.any():
            return ()
        closest = theirs[np.argmax(worth.max(axis=0))]
        facts = [
            fact
            for end, places, sums in ((i, mine, worth.sum(1)), (j, theirs, worth.sum(0)))
            for place in places[sums > 0].tolist()
            for fact in network.thing_facts("works_in", end, "place", place)
        ]
        return (
            Evidence(
                points=float(self.prior_weight * np.log1p(worth.sum())),
                about=network.thing_ids("place")[closest],
                facts=tuple(dict.fromkeys(facts)),
                count=int(np.count_nonzero(worth.sum(0))),
            ),
        )


def _weights(network: Network, i: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    places = network.places
    return places.data[places.indptr[i] : places.indptr[i + 1]]
