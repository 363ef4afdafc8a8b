"""Backbone support: how far the network holds together without the body that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.gaps.conditions.part import Flags, Part, ids_at, open_pairs
from matching.leading import running_support
from matching.network import Ints, Network

__all__ = ["BackboneSupport", "Connectivity", "backbone_support"]


@dataclass(frozen=True, slots=True)
class Connectivity:
    """How well organisations hang together.

    ``reachable``: pairs that can reach each other by any number of ties, of all pairs;
    ``largest``: organisations in the largest piece, of all; ``pieces``: (size, how many pieces have
    it), the largest first.
    """

    reachable: Part
    largest: Part
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class BackboneSupport:
    """What the network owes to its backbone organisations; None without any.

    ``dependency`` is the share of pairs of *other* organisations that can reach each other only
    through a backbone, ``largest_loss`` what their largest piece loses. ``supported``: open
    organisations that a backbone supports, themselves or a project of theirs, of all others.
    ``hanging_ids`` are those with no tie but to a backbone.
    """

    backbone_ids: tuple[str, ...]
    with_backbone: Connectivity
    without_backbone: Connectivity
    dependency: float | None
    largest_loss: float | None
    supported: Part
    hanging: Part
    supported_ids: tuple[str, ...]
    hanging_ids: tuple[str, ...]


def backbone_support(network: Network) -> BackboneSupport:
    """Return what would be lost without the backbone organisations.

    Ties are partnerships and BACKBONE_OF; a backbone of a project is tied to all who take part.
    Formula: dependency = reachable(with) - reachable(without), where reachable = Σ c(c - 1)/2 over
    pieces / (m(m - 1)/2), c and m counting the other organisations only. It should fall with time.
    Example: a backbone joins two circles of 3; 6 others, 15 pairs, all reach each other. Without
    it 3 + 3 of 15 do: dependency 1 - 6 / 15 = 60 %.
    """
    supports = _supports(network)
    is_backbone = np.diff(supports.indptr) > 0
    others = network.is_open & ~is_backbone
    first, second = _ends(network, supports)
    before = _connectivity(len(network), first, second, others)
    is_theirs = is_backbone[first] | is_backbone[second]
    after = _connectivity(len(network), first[~is_theirs], second[~is_theirs], others)
    degrees = np.zeros((2, len(network)), dtype=np.int64)
    for row, ties in enumerate((is_theirs, ~is_theirs)):
        for ends in (first[ties], second[ties]):
            degrees[row] += np.bincount(ends, minlength=len(network))
    hanging = others & (degrees[0] > 0) & (degrees[1] == 0)
    supported = np.zeros(len(network), dtype=np.bool_)
    supported[supports.indices] = True
    supported &= others
    count, is_there = int(others.sum()), bool(is_backbone.any())
    return BackboneSupport(
        backbone_ids=ids_at(network, np.flatnonzero(is_backbone)),
        with_backbone=before,
        without_backbone=after,
        dependency=_loss(before.reachable, after.reachable) if is_there else None,
        largest_loss=_loss(before.largest, after.largest) if is_there else None,
        supported=Part.out_of(int(supported.sum()), count),
        hanging=Part.out_of(int(hanging.sum()), count),
        supported_ids=ids_at(network, np.flatnonzero(supported)),
        hanging_ids=ids_at(network, np.flatnonzero(hanging)),
    )


def _supports(network: Network) -> sparse.csr_array:
    """Return organisations × organisations that they support on the day; both are open."""
    table, size = network.snapshot.tables["backbone_of"], len(network)
    lasting = running_support(network)
    start, ends = table["from_id"].astype(np.int64), table["to_id"].astype(np.int64)
    direct = lasting & (ends < size)
    to_project = lasting & ~direct
    projects = _ones(
        start[to_project],
        ends[to_project] - network.snapshot.offsets["project"],
        (size, network.projects.shape[1]),
    )
    through = sparse.coo_array(projects @ network.projects.T)
    rows = np.concatenate((start[direct], through.row))
    columns = np.concatenate((ends[direct], through.col))
    fit = network.is_open[columns] & (rows != columns)
    # Whoever supports a project is a backbone, even before anybody takes part in it: the diagonal
    # keeps its row from being empty.
    own = start[to_project]
    return _ones(
        np.concatenate((rows[fit], own)), np.concatenate((columns[fit], own)), (size, size)
    )


def _ones(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    return _flags(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape))


def _flags(matrix: Any) -> sparse.csr_array:
    made: sparse.csr_array = sparse.csr_array(matrix)
    made.data[:] = 1
    return made


def _ends(network: Network, supports: sparse.csr_array) -> tuple[Ints, Ints]:
    """Return the ties between open organisations, and those of support, as two arrays of ends."""
    first, second = open_pairs(network)
    support = sparse.coo_array(supports)
    apart = support.row != support.col
    return (
        np.concatenate((first, support.row[apart])).astype(np.int64),
        np.concatenate((second, support.col[apart])).astype(np.int64),
    )


def _connectivity(size: int, first: Ints, second: Ints, counted: Flags) -> Connectivity:
    """Return how those ``counted`` hang together by these ties."""
    ties = sparse.coo_array((np.ones(len(first), dtype=np.int8), (first, second)), (size, size))
    _, piece = connected_components(sparse.csr_array(ties), directed=False)
    sizes = np.bincount(piece[counted]).astype(np.int64)
    total = int(counted.sum())
    pairs = int((sizes * (sizes - 1) // 2).sum())
    each, how_many = np.unique(sizes[sizes > 0], return_counts=True)
    return Connectivity(
        reachable=Part.out_of(pairs, total * (total - 1) // 2),
        largest=Part.out_of(int(sizes.max(initial=0)), total),
        pieces=tuple(zip(each[::-1].tolist(), how_many[::-1].tolist(), strict=True)),
    )


def _loss(before: Part, after: Part) -> float | None:
    if before.share is None or after.share is None:
        return None
    return before.share - after.share
