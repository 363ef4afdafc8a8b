"""Betweenness, constraint and effective size, held against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from matching.gaps.structure.between import between, holes, source_count
from structure_worlds import drawn, few_ties, ground, rows_of


@settings(max_examples=40)
@given(few_ties)
def test_all_figures_are_those_of_networkx(pairs):
    graph = drawn(pairs)
    found, rows = ground(graph), rows_of(ground(graph))
    having = np.flatnonzero(found.degrees)
    seen, burt = between(found.ties, having), holes(found.ties)
    wanted = nx.betweenness_centrality(graph, normalized=False)
    constraint, effective = nx.constraint(graph), nx.effective_size(graph)
    assert seen.is_exact
    assert not seen.error.any()
    for node, row in rows.items():
        assert seen.value[row] == pytest.approx(wanted[node], rel=1e-8, abs=1e-8)
        expected = [constraint[node], effective[node]]
        np.testing.assert_allclose(burt[row], expected, atol=1e-12, rtol=0)


@pytest.mark.parametrize("graph", [nx.path_graph(300), nx.star_graph(300), nx.cycle_graph(101)])
def test_long_and_wide_networks_come_out_right_too(graph):
    found, rows = ground(graph), rows_of(ground(graph))
    seen = between(found.ties, np.arange(len(found)))
    wanted = nx.betweenness_centrality(graph, normalized=False)
    for node, row in rows.items():
        assert seen.value[row] == pytest.approx(wanted[node], rel=1e-8, abs=1e-8)


def test_a_sample_comes_near_and_its_error_says_how_near():
    graph = nx.powerlaw_cluster_graph(600, 3, 0.3, seed=5)
    found = ground(graph)
    exact = between(found.ties, np.arange(600)).value
    first = np.argsort(-exact)[:40]
    near = []
    for seed in range(20):
        sources = np.random.default_rng(seed).permutation(600)[:256]
        seen = between(found.ties, sources)
        assert not seen.is_exact
        near.append(np.abs(seen.value - exact)[first] <= 1.96 * seen.error[first])
    assert 0.88 <= np.mean(near) <= 1


def test_samples_of_all_organisations_average_to_the_exact_figure():
    found = ground(nx.powerlaw_cluster_graph(128, 3, 0.3, seed=5))
    exact = between(found.ties, np.arange(128)).value
    quarters = [between(found.ties, np.arange(at, at + 32)).value for at in range(0, 128, 32)]
    np.testing.assert_allclose(np.mean(quarters, axis=0), exact, rtol=1e-7, atol=1e-6)


def test_small_networks_are_looked_at_from_everybody_and_large_ones_from_256_at_the_least():
    assert source_count(2_000, 40_000) == 2_000
    assert source_count(20_000, 400_000) == 1_000
    assert source_count(200_000, 4_000_000) == 256
