"""What the two signals of needs and offers share: which skills come near each other."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Floats, Network, row_of
from matching.signals.base import SharedThings, scarcity, weight_in
from matching.signals.forms import Product, scaled
from matching.suggestion import Evidence

__all__ = ["RELATED", "Exchange", "related"]

RELATED = 0.25
"""What an offer of the next broader or narrower skill counts, against one of the skill itself."""


class Exchange(SharedThings):
    """Needs met by offers, seen from one side; a skill that few offer counts for more.

    An offer of the skill that is needed counts whole, of the next broader or narrower one a
    quarter.
    """

    thing_kind: ClassVar[str] = "skill"

    is_offering: ClassVar[bool]
    """Whether ``i`` is the one who offers."""

    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        pair = (network.needs, network.offers)
        return pair[::-1] if self.is_offering else pair

    def rarity(self, network: Network) -> Floats:
        # Scarce is what few offer, also when it is you who offers it.
        return scarcity(network.offers)

    def make_form(self, network: Network) -> Product:
        # Scarcity is that of what is offered, so it goes with the side of the offers.
        offered = scaled(network.offers, self._rarity(network))
        met = sparse.csr_array(network.needs @ related(network))
        met.sort_indices()
        mine, theirs = (offered, met) if self.is_offering else (met, offered)
        return Product.of(mine, theirs, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        taker, giver = (j, i) if self.is_offering else (i, j)
        near, rarity = related(network), self._rarity(network)
        found = []
        for need in row_of(network.needs, taker).tolist():
            for skill in np.intersect1d(row_of(near, need), row_of(network.offers, giver)).tolist():
                worth = weight_in(network.needs, taker, need) * weight_in(near, need, skill)
                worth *= weight_in(network.offers, giver, skill) * rarity[skill]
                needed = network.thing_facts("needs", taker, "skill", need)
                offered = network.thing_facts("offers", giver, "skill", skill)
                found.append(
                    Evidence(
                        points=float(worth * self.prior_weight),
                        about=network.thing_ids("skill")[skill],
                        facts=(*offered, *needed) if self.is_offering else (*needed, *offered),
                    )
                )
        return tuple(found)


def related(network: Network) -> sparse.csr_array:
    """Return skills × skills: 1 for a skill itself, 0.25 for the next broader and narrower ones."""
    return network.remembered("skills.related", lambda: _related(network))


def _related(network: Network) -> sparse.csr_array:
    ids = network.thing_ids("skill")
    numbers = {skill: number for number, skill in enumerate(ids)}
    parents = network.snapshot.tables["skill"]["parent_id"].tolist()
    pairs = [
        (number, numbers[parent])
        for number, parent in enumerate(parents)
        if parent in numbers and parent != ids[number]
    ]
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    broader = sparse.csr_array(
        (np.full(len(ends), RELATED), (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids))
    )
    # Two skills that name each other as the broader one are near once, not twice.
    made = sparse.csr_array(broader.maximum(broader.T) + sparse.eye_array(len(ids)))
    made.sort_indices()
    return made
