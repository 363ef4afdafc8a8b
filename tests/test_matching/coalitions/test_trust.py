"""How near organisations are: against the plain shortest path over all ties."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, network_of, organisation, snapshot_of
from graph.model import Project, TakesPartIn
from matching import Network
from matching.coalitions.trust import distances


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_it_is_half_the_shortest_path_of_trust(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [f"o{number:02}" for number in range(25)]
    tied = {
        pair: float(rng.uniform(0.05, 1)) for pair in combinations(names, 2) if rng.random() < 0.1
    }
    network = network_of(
        *(organisation(name) for name in names),
        *(collaboration(*pair, strength=strength) for pair, strength in tied.items()),
    )
    plain = nx.Graph()
    plain.add_nodes_from(names)
    for (one, other), strength in tied.items():
        plain.add_edge(one, other, length=1.05 - strength)
    paths = dict(nx.all_pairs_dijkstra_path_length(plain, weight="length"))
    rows = rng.choice(len(names), 12, replace=False)
    found = distances(network, rows)
    for at, row in enumerate(rows):
        for to, other in enumerate(rows):
            expected = min(1.0, paths[names[row]].get(names[other], np.inf) / 2)
            assert found[at, to] == pytest.approx(expected)


def test_a_project_together_is_trust_of_a_half() -> None:
    facts = [organisation("a"), organisation("b"), organisation("c")]
    facts += [Project(id=key, name=key, provenance=TOLD) for key in ("p", "q")]
    facts += [
        TakesPartIn(from_id=f"org-{name}", to_id=project, provenance=TOLD)
        for project, members in (("p", "abc"), ("q", "ab"))
        for name in members
    ]
    found = distances(network_of(*facts), np.array([0, 1, 2]))
    assert found[0, 1] == pytest.approx((1.05 - 0.5) / 2)
    assert found[0, 2] == pytest.approx((1.05 - 0.5) / 2)


def test_no_path_goes_over_a_closed_or_barred_tie() -> None:
    facts = [organisation(name) for name in "abc"]
    facts += [collaboration("a", "b", strength=0.9), collaboration("b", "c", strength=0.9)]
    ends = np.array([0, 2])
    assert distances(network_of(*facts), ends)[0, 1] == pytest.approx(0.15)
    barred = Network.compile(snapshot_of(*facts), barred=[("org-a", "org-b")])
    assert distances(barred, ends)[0, 1] == 1
    closed = [replace(facts[1], closed_on=TOLD.first_seen), *facts[2:], facts[0]]
    assert distances(network_of(*closed), ends)[0, 1] == 1
