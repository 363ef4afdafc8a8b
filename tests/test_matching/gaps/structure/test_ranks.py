"""Ranks with equals, and ranges that hold the rank that everybody's answers would have given."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from matching.gaps.structure.between import between
from matching.gaps.structure.ranks import first_rows, moves, ranks
from structure_worlds import ground

SHOWN = 20


def test_equals_share_a_rank():
    assert ranks(np.array([5.0, 7.0, 5.0, 1.0])).tolist() == [2, 1, 2, 4]


def test_nobody_with_nothing_is_among_the_first_and_equals_stand_by_lot():
    values = np.array([0.0, 3.0, 3.0, 0.0])
    assert first_rows(values, np.array([0, 9, 1, 2]), 3).tolist() == [2, 1]


def without(ties, gone):
    kept = np.ones(ties.shape[0])
    kept[gone] = 0
    left = ties.multiply(kept[:, None]).multiply(kept[None, :]).tocsr()
    left.eliminate_zeros()
    return left


@pytest.mark.parametrize("share", [0.2, 0.35])
@pytest.mark.parametrize(
    "graph",
    [
        nx.barabasi_albert_graph(120, 2, seed=1),
        nx.gnm_random_graph(120, 260, seed=2),
        nx.relaxed_caveman_graph(12, 10, 0.2, seed=4),
    ],
    ids=["popular", "random", "circles"],
)
def test_in_nine_of_ten_deletions_the_range_holds_the_rank_of_the_full_network(graph, share):
    ties = ground(graph).ties
    count = ties.shape[0]
    full = ranks(between(ties, np.flatnonzero(np.diff(ties.indptr))).value)
    held = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        left = without(ties, rng.permutation(count)[: round(share * count)])
        seen = between(left, np.flatnonzero(np.diff(left.indptr)))
        moved, rank = moves(left, seen, share, rng), ranks(seen.value)
        for row in first_rows(seen.value, np.arange(count), SHOWN).tolist():
            low, high = moved.interval(int(rank[row]), count)
            held.append(low <= full[row] <= high)
    assert np.mean(held) >= 0.9


def test_from_a_sample_the_range_holds_the_exact_rank_in_nine_of_ten():
    ties = ground(nx.powerlaw_cluster_graph(600, 3, 0.3, seed=6)).ties
    exact = ranks(between(ties, np.arange(600)).value)
    held = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        seen = between(ties, rng.permutation(600)[:256])
        moved, rank = moves(ties, seen, 0, rng), ranks(seen.value)
        assert moved.deletions == 0
        for row in first_rows(seen.value, np.arange(600), SHOWN).tolist():
            low, high = moved.interval(int(rank[row]), 600)
            held.append(low <= exact[row] <= high)
    assert np.mean(held) >= 0.9


def test_where_all_is_known_ranks_are_what_they_are():
    ties = ground(nx.path_graph(9)).ties
    assert moves(ties, between(ties, np.arange(9)), 0, np.random.default_rng(1)) is None
