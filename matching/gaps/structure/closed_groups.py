"""Groups that might be silos: communities at several scales, cut down to who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from matching.gaps.structure.ground import pattern_of
from matching.network import Floats, Ints

__all__ = ["Groups", "dealt_by_lot", "groups_at", "resolutions"]

_LEAST_MEMBERS = 3
_STEP = 16
_FEWEST_ENDS = 100
"""A scale is looked at as long as a group of this many ends of ties can be told from its fellows:
below, modularity would break up groups of a few organisations."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups of organisations, none in two of them.

    ``label``: int64[rows], the number of each row's group, -1 for none; then, by group, how many
    members it has, ties inside, and ties that lead out of it.
    """

    label: Ints
    sizes: Ints
    inner: Ints
    outer: Ints

    @property
    def ends(self) -> Ints:
        """Return how many ends of ties the members have."""
        return 2 * self.inner + self.outer

    @property
    def outward_share(self) -> Floats:
        """Return the share of the ends of ties that lead outside."""
        return np.asarray(self.outer / np.maximum(1, self.ends))


def resolutions(end_count: int) -> list[float]:
    """Return the scales to look at, finest first: one alone would miss what is far smaller.

    At resolution 1 modularity can't tell groups from each other that have fewer than about
    √(ends) ends of ties (Fortunato & Barthélemy 2007), so that a large network is looked at
    more and more closely, sixteen times at each step.
    """
    found = [1.0]
    while end_count / (found[-1] * _STEP) >= _FEWEST_ENDS:
        found.append(found[-1] * _STEP)
    return found[::-1]


def groups_at(ties: sparse.csr_array, resolution: float) -> Groups:
    """Return the communities of ``ties`` (Blondel et al. 2008), each cut down to its true members.

    Whoever has no more ties inside than outside is taken out, until nobody is left of whom that
    is so: communities in the strong sense of Radicchi et al. (2004). A broker between two groups
    thus belongs to neither. Fewer than three are no group.
    """
    label = _communities(ties, resolution)
    starts = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    ends = ties.indices
    degrees = np.diff(ties.indptr)
    while True:
        inside = (label[starts] == label[ends]) & (label[starts] >= 0)
        inner = np.bincount(starts[inside], minlength=len(label))
        leaving = (2 * inner <= degrees) & (label >= 0)
        if not leaving.any():
            break
        label[leaving] = -1
    return _counted(label, inner, degrees, starts[inside], ends[inside])


def dealt_by_lot(ties: sparse.csr_array, rng: np.random.Generator) -> sparse.csr_array:
    """Return a network in which everybody has about as many ties, dealt out by lot.

    The configuration model (Molloy & Reed 1995): all ends of ties are drawn in pairs; what would
    tie one to itself, or two a second time, is left out.
    """
    degrees = np.diff(ties.indptr)
    drawn = rng.permutation(np.repeat(np.arange(len(degrees)), degrees))
    one, other = drawn[::2], drawn[1::2]
    ends = np.concatenate((one, other)), np.concatenate((other, one))
    return pattern_of(
        sparse.csr_array(sparse.coo_array((np.ones(len(drawn)), ends), shape=ties.shape))
    )


def _communities(ties: sparse.csr_array, resolution: float) -> Ints:
    from sknetwork.clustering import Louvain  # noqa: PLC0415

    if not ties.nnz:
        return np.full(ties.shape[0], -1, dtype=np.int64)
    search = Louvain(resolution=resolution, return_probs=False, return_aggregate=False)
    return np.asarray(search.fit_predict(sparse.csr_matrix(ties)), dtype=np.int64)


def _counted(
    label: Ints, inner: Ints, degrees: Ints, starts: npt.NDArray[np.int64], ends: Ints
) -> Groups:
    """Return groups that hang together, of three and more, numbered by their first member."""
    shape = (len(label), len(label))
    within = sparse.csr_array((np.ones(len(starts)), (starts, ends)), shape=shape)
    _, part = csgraph.connected_components(within, directed=False)
    is_kept = (label >= 0) & (np.bincount(part, minlength=1)[part] >= _LEAST_MEMBERS)
    _, numbers = np.unique(part[is_kept], return_inverse=True)
    final = np.full(len(label), -1, dtype=np.int64)
    final[is_kept] = numbers.reshape(-1)
    sizes = np.bincount(final[is_kept], minlength=0)
    inside = _summed(final, is_kept, inner, len(sizes)) // 2
    return Groups(
        label=final,
        sizes=sizes.astype(np.int64),
        inner=inside,
        outer=_summed(final, is_kept, degrees, len(sizes)) - 2 * inside,
    )


def _summed(label: Ints, is_kept: npt.NDArray[np.bool_], values: Ints, count: int) -> Ints:
    weights = values[is_kept].astype(np.float64)
    return np.bincount(label[is_kept], weights=weights, minlength=count).astype(np.int64)
