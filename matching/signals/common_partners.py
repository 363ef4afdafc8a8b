"""Signal: partners in common."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.network import Floats, Network, in_common, row_of
from matching.signals.base import Formed
from matching.signals.forms import Product, scaled
from matching.suggestion import Direction, Evidence

__all__ = ["CommonPartners"]


class CommonPartners(Formed):
    """You have partners in common who could introduce you; one with few partners counts for more.

    Formula: 0.8 · ln(1 + AA), AA = Σ over common partners z of freshness of both ties / ln(degree
    of z).
    Unit: log-odds. Source: Adamic & Adar (2003), Friends and neighbors on the Web.
    """

    name: ClassVar[str] = "common_partners"
    label: ClassVar[str] = "partners in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.8

    def make_form(self, network: Network) -> Product:
        ties = network.ties
        return Product(
            left=scaled(ties, _closeness(network)),
            right=ties,
            holders=ties,
            scale=self.prior_weight,
            is_logarithmic=True,
        )

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        common = in_common(row_of(network.ties, i), row_of(network.ties, j))
        if len(common) == 0:
            return ()
        shares = (
            _closeness(network)[common]
            * _tie_weights(network, i)[np.searchsorted(network.partners_of(i), common)]
            * _tie_weights(network, j)[np.searchsorted(network.partners_of(j), common)]
        )
        closest = int(common[np.argmax(shares)])
        facts = (
            fact
            for between in common.tolist()
            for fact in (*network.tie_facts(i, between), *network.tie_facts(between, j))
        )
        return (
            Evidence(
                points=float(self.prior_weight * np.log1p(shares.sum())),
                about=network.organisation_ids[closest],
                facts=tuple(dict.fromkeys(facts)),
                count=len(common),
            ),
        )


def _tie_weights(network: Network, i: int) -> Floats:
    """Return how fresh the ties of ``i`` are, in order of partner."""
    ties = network.ties
    return np.asarray(ties.data[ties.indptr[i] : ties.indptr[i + 1]], dtype=np.float64)


def _closeness(network: Network) -> Floats:
    return network.remembered(
        "common_partners.closeness", lambda: 1 / np.log(np.maximum(2, network.degrees))
    )
