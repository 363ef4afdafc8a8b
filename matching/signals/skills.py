"""What the two signals of needs and offers share: which skills come near each other."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Floats, Network, in_common, row_of
from matching.signals.base import SharedThings, scarcity, weight_in
from matching.signals.forms import Product
from matching.suggestion import Evidence

__all__ = ["RELATED", "Exchange", "related"]

RELATED = 0.1
"""What an offer of the next broader or narrower skill counts, in place of a scarcity.

A scarcity would not do: it would rise for what the one offers when the other offers it no more.
"""


class Exchange(SharedThings):
    """Needs met by offers, seen from one side; a skill that few offer counts for more.

    An offer of the skill that is needed counts by its scarcity, one of the next broader or narrower
    skill a tenth.
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
        met = sparse.csr_array(network.needs @ self._worth(network))
        met.sort_indices()
        mine, theirs = (network.offers, met) if self.is_offering else (met, network.offers)
        return Product.of(mine, theirs, self.prior_weight)

    def _worth(self, network: Network) -> sparse.csr_array:
        """Return skills needed × skills offered: what an offer is worth to a need."""
        own = sparse.diags_array(self._rarity(network), format="csr")
        made = sparse.csr_array(own + related(network) * RELATED)
        made.sort_indices()
        return made

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        taker, giver = (j, i) if self.is_offering else (i, j)
        worths = network.remembered("skills.worth", lambda: self._worth(network))
        found = []
        offers = row_of(network.offers, giver)
        for need in row_of(network.needs, taker).tolist():
            for skill in in_common(row_of(worths, need), offers).tolist():
                worth = weight_in(network.needs, taker, need) * weight_in(worths, need, skill)
                worth *= weight_in(network.offers, giver, skill)
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
    """Return skills × skills, symmetric: 1 for the next broader and the next narrower ones."""
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
        (np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids))
    )
    # Two skills that name each other as the broader one are near once, not twice.
    made = sparse.csr_array(broader.maximum(broader.T))
    made.sort_indices()
    return made
