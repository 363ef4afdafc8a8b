"""Circles and constraint, held against networkx."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import matching.circles
from matching import Network
from matching.circles import Circles, circles
from matching.testing.worlds import two_silos

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


def ties_of(graph: networkx.Graph) -> sparse.csr_array:
    ties = sparse.csr_array(networkx.to_scipy_sparse_array(graph, dtype=float, format="csr"))
    ties.sort_indices()
    return ties


def network_of_pairs(pairs: list[tuple[int, int]]) -> networkx.Graph:
    graph = networkx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from((one, other) for one, other in pairs if one != other)
    return graph


def found(graph: networkx.Graph) -> Circles:
    return matching.circles._circles(ties_of(graph))


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_constraint_is_that_of_burt_in_any_network(pairs: list[tuple[int, int]]) -> None:
    graph = network_of_pairs(pairs)
    known = networkx.constraint(graph)
    wanted = [0 if np.isnan(known[node]) else min(1, known[node]) for node in sorted(graph)]
    assert found(graph).constraint.tolist() == pytest.approx(wanted, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_a_circle_hangs_together_by_ties_with_a_partner_in_common(
    pairs: list[tuple[int, int]],
) -> None:
    graph = network_of_pairs(pairs)
    close = networkx.Graph(
        edge
        for edge in graph.edges
        if next(iter(networkx.common_neighbors(graph, *edge)), None) is not None
    )
    label = found(graph).label
    parts = [set(np.flatnonzero(label == each).tolist()) for each in set(label.tolist()) - {-1}]
    assert sorted(map(sorted, parts)) == sorted(map(sorted, networkx.connected_components(close)))


def test_a_large_network_is_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = networkx.gnp_random_graph(60, 0.1, seed=1)
    whole = found(graph)
    monkeypatch.setattr(matching.circles, "_MOST_STEPS", 50)
    parts = found(graph)
    assert (whole.label == parts.label).all()
    assert (whole.constraint == parts.constraint).all()


def test_two_silos_are_two_circles_and_their_broker_is_in_neither() -> None:
    network = Network.compile(two_silos().snapshot)
    label = dict(zip(network.organisation_ids, circles(network).label.tolist(), strict=True))
    assert label.pop("org-broker") == -1
    assert len(set(label.values())) == 2
    assert circles(network) is circles(network)
