"""Signal: partners in common."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from matching.network import Floats, Ints, Network
from matching.signals.base import Signal, gathered
from matching.suggestion import Direction, Evidence

__all__ = ["CommonPartners"]


class CommonPartners(Signal):
    """You have partners in common who could introduce you; one with few partners counts for more.

    Formula: 0.8 · ln(1 + AA), AA = Σ over common partners z of 1 / ln(degree of z).
    Unit: log-odds. Source: Adamic & Adar (2003), Friends and neighbors on the Web.
    """

    name: ClassVar[str] = "common_partners"
    label: ClassVar[str] = "partners in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.8

    def points(self, network: Network, i: int, pool: Ints) -> Floats:
        partners = network.partners_of(i)
        weights = _closeness(network)[partners]
        index = gathered(network.ties, partners, weights, len(network))[pool]
        return self.prior_weight * np.log1p(index)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        common = np.intersect1d(network.partners_of(i), network.partners_of(j))
        if len(common) == 0:
            return ()
        shares = _closeness(network)[common]
        total = float(shares.sum())
        points = self.prior_weight * np.log1p(total)
        # The logarithm is of the sum, so each go-between gets its share of the whole.
        return tuple(
            Evidence(
                points=float(points * share / total),
                about=network.organisation_ids[between],
                facts=(*network.tie_facts(i, between), *network.tie_facts(between, j)),
            )
            for between, share in zip(common.tolist(), shares.tolist(), strict=True)
        )


def _closeness(network: Network) -> Floats:
    return network.remembered(
        "common_partners.closeness", lambda: 1 / np.log(np.maximum(2, network.degrees))
    )
