"""What a signal is: one additive term of the score, with the evidence for each of its points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.network import Floats, Ints, Network, in_common, row_of
from matching.signals.forms import Form, Product, scaled
from matching.suggestion import Direction, Evidence

__all__ = ["Formed", "SharedThings", "Signal", "scarcity", "weight_in"]

_LEAST_SCARCITY = 0.05


class Signal(ABC):
    """One additive term. The docstring is what users read: give Formula, Unit and Source.

    ``points`` are log-odds under ``prior_weight``. A signal that is not a ``is_ground`` can move a
    suggestion up or down, but is no reason to suggest anybody.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    direction: ClassVar[Direction]
    prior_weight: ClassVar[float]
    is_ground: ClassVar[bool] = True

    @abstractmethod
    def points(self, network: Network, i: int, pool: Ints) -> Floats:
        """Return float64[len(pool)]: the points of each organisation of ``pool`` for ``i``."""

    @abstractmethod
    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        """Return what the points of ``j`` for ``i`` rest on; they sum to :meth:`points`."""

    def form(self, network: Network) -> Form | None:
        """Return the form of its points, by which the engine is fast; None if it has none."""
        return None


class Formed(Signal):
    """A signal whose points have one of the forms of :mod:`matching.signals.forms`."""

    @abstractmethod
    def make_form(self, network: Network) -> Form:
        """Return the form; it is kept with the network."""

    def form(self, network: Network) -> Form:
        return network.remembered(f"{self.name}.form", lambda: self.make_form(network))

    def points(self, network: Network, i: int, pool: Ints) -> Floats:
        return self.form(network).points(i, pool)


def scarcity(matrix: sparse.csr_array, *, among: int | None = None) -> Floats:
    """Return float64[columns] in [0.05, 1): how rare a thing is among the organisations.

    Formula: 0.05 + 0.95 · ln((n+1)/(df+1)) / ln(n+1), the inverse document frequency of Spärck
    Jones (1972) scaled to 1; df is the number of organisations that have the thing, and n that of
    all, or ``among``.
    """
    rows = matrix.shape[0] if among is None else among
    held_by = np.bincount(matrix.indices, minlength=matrix.shape[1])
    if rows == 0:
        return np.zeros(matrix.shape[1])
    inverse = np.log((rows + 1) / (held_by + 1)) / np.log(rows + 1)
    return np.asarray(_LEAST_SCARCITY + (1 - _LEAST_SCARCITY) * np.clip(inverse, 0, 1))


def weight_in(matrix: sparse.csr_array, i: int, column: int) -> float:
    """Return one entry of a CSR matrix with sorted columns, 0.0 if it isn't stored."""
    columns = row_of(matrix, i)
    place = int(columns.searchsorted(column))
    if place == len(columns) or columns[place] != column:
        return 0.0
    return float(matrix.data[matrix.indptr[i] + place])


class SharedThings(Formed):
    """A signal that counts things that both organisations have, the rarer the more.

    A subclass names the tie (``tie_kind``), the kind of thing and the matrices of the two sides.
    """

    tie_kind: ClassVar[str]
    other_tie_kind: ClassVar[str]
    thing_kind: ClassVar[str]

    @abstractmethod
    def sides(self, network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Return the matrix read for ``i`` and the one read for ``j``: both × things."""

    def rarity(self, network: Network) -> Floats:
        """Return the scarcity of each thing, by default among those who have it on j's side."""
        return scarcity(self.sides(network)[1])

    def make_form(self, network: Network) -> Product:
        mine, theirs = self.sides(network)
        return Product.of(scaled(mine, self._rarity(network)), theirs, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        mine, theirs = self.sides(network)
        rarity = self._rarity(network)
        found = []
        for column in in_common(row_of(mine, i), row_of(theirs, j)).tolist():
            worth = weight_in(mine, i, column) * weight_in(theirs, j, column) * rarity[column]
            found.append(
                Evidence(
                    points=float(worth * self.prior_weight),
                    about=network.thing_ids(self.thing_kind)[column],
                    facts=(
                        *network.thing_facts(self.tie_kind, i, self.thing_kind, column),
                        *network.thing_facts(self.other_tie_kind, j, self.thing_kind, column),
                    ),
                )
            )
        return tuple(found)

    def _rarity(self, network: Network) -> Floats:
        return network.remembered(f"{self.name}.rarity", lambda: self.rarity(network))
