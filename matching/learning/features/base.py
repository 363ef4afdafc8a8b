"""What a feature of the learned score is, and the block of organisations it is worked out for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.learning.past import Floats32, Ints, Past

__all__ = [
    "SOUGHT",
    "Block",
    "Dense",
    "Feature",
    "FeatureGroup",
    "at",
    "near_zero",
    "of_candidates",
    "of_organisations",
    "onto",
]

SOUGHT = "sought"
Dense = dict[str, dict[int, Floats32]]


@dataclass(frozen=True, slots=True)
class Feature:
    """One number about a pair. ``formula`` is what users read; ``j`` is the suggested partner."""

    name: str
    label: str
    formula: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some organisations (``rows``, B of them) and those that may suit them (``pool``, P × B)."""

    rows: Ints
    pool: Ints


class FeatureGroup(ABC):
    """Features that speak of one thing, such as the way through the network.

    Made once for a :class:`Past`; what it works out there holds for all organisations.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    features: ClassVar[tuple[Feature, ...]]

    @abstractmethod
    def __init__(self, past: Past) -> None: ...

    def dense(self, rows: Ints) -> Dense:
        """Return what is worked out for all organisations at once, n × B each; by default none.

        Those under ``SOUGHT`` are the scores by which candidates are found.
        """
        del rows
        return {}

    @abstractmethod
    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        """Return P × B for each feature, in their order."""


def at(dense: Floats32, pool: Ints) -> Floats32:
    """Return P × B: the entries of n × B ``dense`` in the rows of ``pool``."""
    return np.take_along_axis(dense, pool, axis=0)


def of_candidates(values: npt.NDArray[np.floating], block: Block) -> Floats32:
    """Return P × B: one number an organisation, for the candidates."""
    return np.asarray(values[block.pool], dtype=np.float32)


def of_organisations(values: npt.NDArray[np.floating], block: Block) -> Floats32:
    """Return P × B: one number an organisation, for those who look."""
    return np.broadcast_to(values[block.rows].astype(np.float32), block.pool.shape)


def near_zero(values: Floats32, least: float) -> Floats32:
    """Return ln(values + least): how many times more, where nothing at all counts as ``least``."""
    return np.asarray(np.log(values + np.float32(least)), dtype=np.float32)


def onto(matrix: sparse.csr_array, dense: Floats32) -> Floats32:
    """Return matrix @ dense, float32 in and out."""
    return np.asarray(matrix @ dense, dtype=np.float32)
