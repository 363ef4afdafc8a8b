"""Signal: funders in common."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Floats, Network, in_common, row_of
from matching.signals.base import Formed, scarcity, weight_in
from matching.signals.forms import Product, scaled
from matching.suggestion import Direction, Evidence

__all__ = ["SharedFunders"]


class SharedFunders(Formed):
    """The same funder has backed both; a funder of few counts for more.

    Formula: 0.3 · Σ over shared funders of scarcity among the funded · both confidences. Being
    funded by the same body is not working together: it makes nobody a partner. Left out with the
    inferred layer.
    Unit: log-odds. Source: bibliographic coupling (Kessler 1963), applied to grants.
    """

    name: ClassVar[str] = "shared_funders"
    label: ClassVar[str] = "funders in common"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.3

    def make_form(self, network: Network) -> Product:
        funders = network.funders
        if not network.with_inferred:
            funders = sparse.csr_array(funders.shape)
        return Product.of(scaled(funders, self._rarity(network)), funders, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        if not network.with_inferred:
            return ()
        shared = in_common(row_of(network.funders, i), row_of(network.funders, j))
        return tuple(
            Evidence(
                points=float(
                    weight_in(network.funders, i, funder)
                    * weight_in(network.funders, j, funder)
                    * self._rarity(network)[funder]
                    * self.prior_weight
                ),
                about=network.organisation_ids[funder],
                facts=(*network.facts("funds", funder, i), *network.facts("funds", funder, j)),
            )
            for funder in shared.tolist()
        )

    def _rarity(self, network: Network) -> Floats:
        # A council that funds a third of all that anybody funds tells nobody apart.
        funded = int(np.count_nonzero(np.diff(network.funders.indptr)))
        return network.remembered(
            "shared_funders.rarity", lambda: scarcity(network.funders, among=funded)
        )
