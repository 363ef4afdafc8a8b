"""Cut points and bridges, held against networkx and rustworkx, and against taking them out."""

from __future__ import annotations

import networkx as nx
import numpy as np
import rustworkx
from hypothesis import example, given, settings

from matching.gaps.structure.cuts import cuts_in
from structure_worlds import drawn, few_ties, ground, rows_of


@settings(max_examples=150)
@given(few_ties)
@example([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (6, 7)])
def test_they_are_those_of_the_libraries_and_what_falls_off_is_what_a_removal_leaves(pairs):
    graph = drawn(pairs)
    found = ground(graph)
    name = {row: node for node, row in rows_of(found).items()}
    cuts = cuts_in(found)
    points = {name[row] for row in np.flatnonzero(cuts.cut_off).tolist()}
    other = rustworkx.networkx_converter(graph)
    assert points == set(nx.articulation_points(graph)) == rustworkx.articulation_points(other)
    bridges = {frozenset((name[row], name[int(cuts.parent[row])])) for row in cuts.bridges.tolist()}
    assert bridges == {frozenset(pair) for pair in nx.bridges(graph)}
    assert bridges == {frozenset(pair) for pair in rustworkx.bridges(other)}
    for point in cuts.points(99, frozenset()):
        node = int(point.organisation_id.removeprefix("org-"))
        left = graph.subgraph(nx.node_connected_component(graph, node)).copy()
        left.remove_node(node)
        parts = sorted(nx.connected_components(left), key=len, reverse=True)
        assert list(point.part_sizes) == [len(part) for part in parts]
        assert point.cut_off_count == len(point.cut_off_ids) == sum(map(len, parts[1:]))
        row = rows_of(found)[node]
        assert cuts.second_part[row] == len(parts[1])
        fallen = {int(each.removeprefix("org-")) for each in point.cut_off_ids}
        stayed = set(left) - fallen
        assert len(stayed) == len(parts[0])
        assert nx.is_connected(left.subgraph(stayed))
        assert not any(left.has_edge(one, two) for one in fallen for two in stayed)
    for tie in cuts.ties(99):
        first, second = (int(end.removeprefix("org-")) for end in (tie.first_id, tie.second_id))
        left = graph.copy()
        left.remove_edge(first, second)
        side = {int(each.removeprefix("org-")) for each in tie.cut_off_ids}
        assert side == nx.node_connected_component(left, second)
        assert tie.cut_off_count == len(side)
        assert len(side) <= len(nx.node_connected_component(left, first))


def test_a_very_long_chain_is_no_trouble():
    cuts = cuts_in(ground(nx.path_graph(3000)))
    assert (int((cuts.cut_off > 0).sum()), len(cuts.bridges)) == (2998, 2999)
    (middle,) = cuts.points(1, frozenset())
    assert middle.part_sizes in {(1500, 1499)}
    assert len(middle.cut_off_ids) == 200
