"""Core numbers are those of networkx, and a planted core is found."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from matching.gaps.structure.core import APART, CORE, EDGE, MIDDLE, zones_of
from structure_worlds import SIZE, drawn, few_ties, ground, rows_of


@settings(max_examples=60)
@given(few_ties)
def test_core_numbers_and_edges_are_those_of_networkx(pairs):
    graph = drawn(pairs)
    found = ground(graph)
    zones, wanted = zones_of(found), nx.core_number(graph)
    for node, row in rows_of(found).items():
        assert zones.core_number[row] == wanted[node]
        assert (zones.zone[row] == APART) == (graph.degree(node) == 0)
        if zones.zone[row] == EDGE:
            assert wanted[node] == 1


@settings(max_examples=40)
@given(few_ties)
def test_no_other_core_of_whole_shells_of_partners_has_fewer_misfits(pairs):
    graph = drawn(pairs)
    found = ground(graph)
    name = {row: node for node, row in rows_of(found).items()}
    core = {name[row] for row in np.flatnonzero(zones_of(found).zone == CORE).tolist()}

    def misfits(inside):
        missing = sum(not graph.has_edge(*pair) for pair in combinations(inside, 2))
        return missing + sum(not inside & set(edge) for edge in graph.edges)

    thresholds = range(1, SIZE + 1)
    shells = [{node for node in graph if graph.degree(node) >= least} for least in thresholds]
    assert misfits(core) == min(map(misfits, shells))


def test_a_clique_with_hangers_on_is_core_and_edge_and_fits_perfectly():
    graph = nx.complete_graph(4)
    graph.add_edges_from((node % 4, node) for node in range(4, 12))
    found = ground(graph)
    zones = zones_of(found)
    assert {node: int(zones.zone[row]) for node, row in rows_of(found).items()} == {
        node: CORE if node < 4 else EDGE for node in range(12)
    }
    assert zones.fit == pytest.approx(1)


def test_a_ring_has_a_middle_only():
    zones = zones_of(ground(nx.cycle_graph(20)))
    assert set(zones.zone.tolist()) == {MIDDLE}


def test_the_fit_is_pearsons_correlation_of_pairs_within_the_core_and_without_it():
    graph = nx.powerlaw_cluster_graph(30, 3, 0.4, seed=3)
    found = ground(graph)
    zones, table = zones_of(found), found.ties.toarray()
    core = zones.zone == CORE
    pairs = [pair for pair in combinations(range(30), 2) if core[pair[0]] == core[pair[1]]]
    ideal = [core[one] for one, _ in pairs]
    there = [table[pair] for pair in pairs]
    assert zones.fit == pytest.approx(np.corrcoef(ideal, there)[0, 1])
