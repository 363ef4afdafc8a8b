"""The forms that a signal's points can have, so that the engine can bound them before it adds them.

A signal that says its form needs no ``points`` of its own, and all suggestions of a large network
take seconds; with one signal that has none they take an hour (:mod:`matching.engine`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Floats, Ints, row_of

__all__ = [
    "Against",
    "Bilinear",
    "Bridge",
    "Form",
    "Gap",
    "Pairwise",
    "Product",
    "ThreeSteps",
    "gathered",
    "scaled",
]


class Form(ABC):
    """How the points of ``j`` for ``i`` follow from arrays."""

    @abstractmethod
    def points(self, i: int, pool: Ints) -> Floats:
        """Return float64[len(pool)]: the points of each organisation of ``pool`` for ``i``."""


@dataclass(frozen=True, slots=True, eq=False)
class Product(Form):
    """points(i, j) = scale · Σ over things t of left[i, t] · right[j, t]; or scale · ln(1 + Σ).

    ``left`` and ``right`` are organisations × things without negative entries, columns in order;
    ``holders`` is ``right`` transposed.
    """

    left: sparse.csr_array
    right: sparse.csr_array
    holders: sparse.csr_array
    scale: float
    is_logarithmic: bool = False

    @classmethod
    def of(cls, left: sparse.csr_array, right: sparse.csr_array, scale: float) -> Product:
        """Return the product of two matrices, organisations × things."""
        return cls(left, right, sparse.csr_array(right.T.tocsr()), scale)

    def points(self, i: int, pool: Ints) -> Floats:
        own = self.left.data[self.left.indptr[i] : self.left.indptr[i + 1]]
        sums = gathered(self.holders, row_of(self.left, i), own, self.right.shape[0])[pool]
        return self.scale * (np.log1p(sums) if self.is_logarithmic else sums)


@dataclass(frozen=True, slots=True, eq=False)
class Gap(Form):
    """points(i, j) = scale · min(1, |x_i - x_j| / width), 0 where either is NaN; no ground."""

    values: Floats
    scale: float
    width: float

    def points(self, i: int, pool: Ints) -> Floats:
        difference = np.abs(self.values[pool] - self.values[i])
        share = np.where(np.isnan(difference), 0.0, np.minimum(1, difference / self.width))
        return np.asarray(self.scale * share, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class ThreeSteps(Form):
    """points(i, j) = scale where the shortest path has three steps, else 0; no ground.

    ``ties`` is symmetric. At most one signal has this form.
    """

    ties: sparse.csr_array
    scale: float

    def points(self, i: int, pool: Ints) -> Floats:
        return np.asarray(self.scale * (self.steps(i)[pool] == 3), dtype=np.float64)

    def steps(self, i: int) -> npt.NDArray[np.int8]:
        """Return int8[n]: 3 where the shortest path has three steps, less where it is shorter."""
        one = row_of(self.ties, i)
        two = gathered(self.ties, one, np.ones(len(one)), self.ties.shape[0]) > 0
        # Two steps reach much of a dense network: one pass over all ties beats gathering them.
        three = self.ties @ two.astype(np.float64) > 0
        steps = np.where(three, np.int8(3), np.int8(4))
        steps[two] = 2
        steps[one] = 1
        steps[i] = 0
        return steps


@dataclass(frozen=True, slots=True, eq=False)
class Bilinear(Form):
    """points(i, j) = scale · Σ over c of left[i, c] · right[j, c]; no ground.

    ``left`` and ``right`` are organisations × few, dense, without negative or NaN entries.
    """

    left: Floats
    right: Floats
    scale: float

    def points(self, i: int, pool: Ints) -> Floats:
        total = np.zeros(len(pool))
        for column in range(self.left.shape[1]):
            total += self.left[i, column] * self.right[pool, column]
        return self.scale * total


@dataclass(frozen=True, slots=True, eq=False)
class Bridge(Form):
    """points(i, j) = scale · the mean of both values where labels differ, else 0; no ground.

    Values are not negative; a label below 0 is none, and makes no points.
    """

    values: Floats
    labels: Ints
    scale: float

    def points(self, i: int, pool: Ints) -> Floats:
        is_apart = (self.labels[pool] != self.labels[i]) & (self.labels[pool] >= 0)
        mean = (self.values[i] + self.values[pool]) / 2
        return self.scale * np.where(is_apart & (self.labels[i] >= 0), mean, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Against(Form):
    """points(i, j) = scale · pairs[i, j], for few pairs; never more than 0; no ground.

    ``pairs`` is organisations × organisations without negative entries, ``scale`` not above 0.
    """

    pairs: sparse.csr_array
    scale: float

    def points(self, i: int, pool: Ints) -> Floats:
        start, end = self.pairs.indptr[i], self.pairs.indptr[i + 1]
        row = np.zeros(self.pairs.shape[0])
        row[row_of(self.pairs, i)] = self.pairs.data[start:end]
        return self.scale * row[pool]


class Pairwise(Form):
    """Anything else that is bounded and no ground: asked for few pairs, after the rest is known.

    The engine works out everybody whom the points could still lift among the best, so the further
    ``least`` and ``most`` are apart the slower it gets.
    """

    least: float
    most: float

    @abstractmethod
    def pair_points(self, starts: Ints, ends: Ints) -> Floats:
        """Return float64[pairs] in [least, most]: the points of ``ends[p]`` for ``starts[p]``."""

    def points(self, i: int, pool: Ints) -> Floats:
        return self.pair_points(np.full(len(pool), i, dtype=np.int64), pool)


def scaled(matrix: sparse.csr_array, by_column: Floats) -> sparse.csr_array:
    """Return the matrix with each column multiplied, entries where they were."""
    made = matrix.copy()
    made.data = np.asarray(matrix.data * by_column[matrix.indices], dtype=np.float64)
    return made


def gathered(
    matrix: sparse.csr_array, rows: npt.NDArray[np.integer[Any]], weights: Floats, size: int
) -> Floats:
    """Return float64[size]: sum over ``rows`` of weight · matrix row, spread out dense."""
    if len(rows) == 0:
        return np.zeros(size)
    starts, ends = matrix.indptr[rows], matrix.indptr[rows + 1]
    lengths = ends - starts
    total = int(lengths.sum())
    if total == 0:
        return np.zeros(size)
    # Positions of all entries of all rows, without a Python loop over rows.
    shift = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    entries = np.arange(total) + shift
    values = matrix.data[entries] * np.repeat(weights, lengths)
    return np.asarray(
        np.bincount(matrix.indices[entries], weights=values, minlength=size), dtype=np.float64
    )
