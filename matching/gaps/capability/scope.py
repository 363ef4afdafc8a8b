"""What capability gaps can be split by and narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.hierarchy import narrower
from matching.network import Network

__all__ = ["DIMENSIONS", "EVERYTHING", "Dimension", "Scope", "dimensions", "held", "wanted_skills"]

Dimension = Literal["skill", "place", "theme", "community"]
Bools = npt.NDArray[np.bool_]

DIMENSIONS: tuple[Dimension, ...] = ("skill", "place", "theme", "community")
"""All that gaps can be split by, in the order in which a cell names them."""
_MATRICES = {"place": "places", "theme": "themes", "community": "communities"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look at: ids, "" for everything. A broader thing takes in all that lies beneath it.

    The place is one where an organisation works, never that of its office.
    """

    skill_id: str = ""
    place_id: str = ""
    theme_id: str = ""
    community_id: str = ""

    def wanted(self, dimension: Dimension) -> str:
        """Return the id that narrows a dimension, or ""."""
        return str(getattr(self, f"{dimension}_id"))


EVERYTHING = Scope()


def dimensions(by: Sequence[str]) -> tuple[Dimension, ...]:
    """Return dimensions in their order; raises ValueError for unknown, repeated or no names."""
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown:
        raise ValueError(f"by: {unknown[0]!r} is none of {', '.join(DIMENSIONS)}")
    if not by or len(set(by)) < len(by):
        raise ValueError("by: name at least one dimension, each once")
    return tuple(name for name in DIMENSIONS if name in by)


def held(network: Network, dimension: Dimension, scope: Scope) -> sparse.csr_array:
    """Return organisations × places, themes or communities: ones, but only within the scope."""
    matrix: sparse.csr_array = getattr(network, _MATRICES[dimension])
    wanted = scope.wanted(dimension)
    ones = np.ones(matrix.nnz, dtype=np.int64)
    if wanted:
        inner = narrower(network, dimension, (wanted,))
        is_inner = np.array([key in inner for key in network.thing_ids(dimension)], dtype=np.bool_)
        ones *= is_inner[matrix.indices]
    # Copied, because dropping the zeros of a matrix that shares its arrays would change both.
    kept = sparse.csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape, copy=True)
    kept.eliminate_zeros()
    return kept


def wanted_skills(network: Network, scope: Scope) -> Bools:
    """Return bool[skills]: which skills the scope takes in."""
    ids = network.thing_ids("skill")
    if not scope.skill_id:
        return np.ones(len(ids), dtype=np.bool_)
    inner = narrower(network, "skill", (scope.skill_id,))
    return np.array([key in inner for key in ids], dtype=np.bool_)
