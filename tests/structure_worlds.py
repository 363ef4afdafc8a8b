"""Networks drawn by networkx as networks of ours, and the ground that their structure stands on."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
from hypothesis import strategies as st

from matching import Network
from matching.gaps.structure.ground import Ground, ground_of
from pair_worlds import world

__all__ = ["drawn", "few_ties", "ground", "network_of_graph", "rows_of"]

SIZE = 12


def network_of_graph(graph: nx.Graph, *, closed: Iterable[int] = ()) -> Network:
    """Organisation 7 of the drawn network is "org-007"."""
    return world(
        [named(node) for node in graph],
        [(named(one), named(other)) for one, other in graph.edges if one != other],
        closed=[named(node) for node in closed],
    )


def named(node: int) -> str:
    return f"{node:03}"


def ground(graph: nx.Graph) -> Ground:
    return ground_of(network_of_graph(graph), 1)


def rows_of(found: Ground) -> dict[int, int]:
    """Which row an organisation of the drawn network stands in."""
    return {int(found.id_of(row).removeprefix("org-")): row for row in range(len(found))}


few_ties = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=24)


def drawn(pairs: Iterable[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(SIZE))
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    return graph
