"""What a baseline is: a score for every pair, from formulas that others have published."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Floats, Ints, Network

__all__ = ["Baseline", "adjacency"]


class Baseline(ABC):
    """One way to rank. The docstring is what users read: give Formula and Source."""

    name: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def scores(self, network: Network, rows: Ints) -> Floats:
        """Return float64[len(rows), n]: how well each organisation suits each of ``rows``.

        Only the order counts. A few dozen rows at a time: the array is dense.
        """


def adjacency(network: Network) -> sparse.csr_array:
    """Return A, n × n: 1 for two who work together, or did."""

    def make() -> sparse.csr_array:
        ties = network.ties
        return sparse.csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)

    return network.remembered("baselines.adjacency", make)
