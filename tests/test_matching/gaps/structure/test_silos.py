"""Silos: planted ones are found whatever the size of the network, and chance makes none."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from matching.gaps.structure.closed_groups import dealt_by_lot, groups_at, resolutions
from matching.gaps.structure.silos import silos_in
from structure_worlds import ground


def planted(loose, silo_count, *, size=12, ways=2, partners=8, seed=1):
    """A loose mass with closed groups hung onto it; the groups stand behind the mass."""
    chance = random.Random(seed)
    graph = nx.gnm_random_graph(loose, loose * partners // 2, seed=seed)
    groups = []
    for number in range(silo_count):
        members = list(range(loose + number * size, loose + (number + 1) * size))
        pairs = list(combinations(members, 2))
        graph.add_edges_from(zip(members, [*members[1:], members[0]], strict=True))
        graph.add_edges_from(chance.sample(pairs, len(pairs) // 2))
        graph.add_edges_from((chance.choice(members), chance.randrange(loose)) for _ in range(ways))
        groups.append({f"org-{member:03}" for member in members})
    return graph, groups


@pytest.mark.parametrize(("loose", "count"), [(60, 2), (900, 5), (4000, 9)])
def test_planted_silos_are_found_and_nothing_else_at_any_size(loose, count):
    graph, groups = planted(loose, count)
    found = silos_in(ground(graph), 1).silos(is_named=True)
    assert sorted(map(sorted, (silo.member_ids for silo in found))) == sorted(map(sorted, groups))


@pytest.mark.parametrize("partners", [2, 4, 10])
@pytest.mark.parametrize("seed", range(4))
def test_ties_drawn_by_lot_make_no_silo(partners, seed):
    graph = nx.gnm_random_graph(300, 300 * partners // 2, seed=seed)
    assert not silos_in(ground(graph), 1).groups


def test_the_counts_are_what_can_be_counted():
    graph, (members,) = planted(80, 1, ways=3, seed=4)
    (silo,) = silos_in(ground(graph), 1).silos(is_named=True)
    inside = {int(member.removeprefix("org-")) for member in members}
    inner = graph.subgraph(inside).number_of_edges()
    outer = nx.cut_size(graph, inside)
    assert (silo.inner_ties, silo.outer_ties) == (inner, outer)
    ends, whole = 2 * inner + outer, 2 * graph.number_of_edges()
    assert silo.outward_share == pytest.approx(outer / ends)
    assert silo.expected_outer_ties == pytest.approx(ends * (whole - ends) / (whole - 1))
    assert sum(way.tie_count for way in silo.gatekeepers) == outer
    assert {way.organisation_id for way in silo.gatekeepers} <= members
    assert not {way.organisation_id for way in silo.joined_through} & members


def two_cliques(*joints):
    graph = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    graph.add_edges_from(joints)
    return silos_in(ground(graph), 1)


def test_two_silos_with_one_tie_between_them_are_a_gap_to_bridge():
    found = two_cliques((0, 8))
    ((gap,), count) = found.gaps(9, is_named=True)
    assert (gap.tie_count, gap.between_ids, count) == (1, (), 1)
    ways = [found.ground.id_of(row) for row in found.only_ways().tolist()]
    assert sorted(ways) == ["org-000", "org-008"]


def test_a_broker_between_two_silos_belongs_to_neither_and_is_named_between_them():
    found = two_cliques((16, 0), (16, 1), (16, 8), (16, 9))
    silos = found.silos(is_named=True)
    assert [len(silo.member_ids) for silo in silos] == [8, 8]
    ((gap,), _) = found.gaps(9, is_named=True)
    assert (gap.tie_count, gap.between_ids) == (0, ("org-016",))
    assert [found.ground.id_of(row) for row in found.only_ways().tolist()] == ["org-016"]
    ((unnamed,), _) = found.gaps(9, is_named=False)
    assert unnamed.between_ids == ()


def test_neither_one_closed_circle_nor_one_cut_off_entirely_is_a_silo():
    assert not silos_in(ground(nx.complete_graph(9)), 1).groups
    assert not two_cliques().groups


def test_ties_dealt_by_lot_leave_everybody_about_as_many_as_before():
    ties = ground(nx.gnm_random_graph(300, 1500, seed=1)).ties
    dealt = dealt_by_lot(ties, np.random.default_rng(1))
    before, after = np.diff(ties.indptr), np.diff(dealt.indptr)
    assert (after <= before).all()
    assert after.sum() >= 0.95 * before.sum()
    assert (dealt != dealt.T).nnz == 0
    assert not dealt.diagonal().any()


def test_every_member_of_a_group_has_more_ties_inside_than_outside():
    ties = ground(nx.relaxed_caveman_graph(20, 8, 0.3, seed=2)).ties
    groups = groups_at(ties, 1.0)
    assert len(groups.sizes)
    table = ties.toarray()
    for row in np.flatnonzero(groups.label >= 0).tolist():
        inner = table[row][groups.label == groups.label[row]].sum()
        assert 2 * inner > table[row].sum()
    for number in range(len(groups.sizes)):
        inside = groups.label == number
        assert groups.sizes[number] == inside.sum() >= 3
        assert groups.inner[number] == table[inside][:, inside].sum() / 2
        assert groups.outer[number] == table[inside][:, ~inside].sum()


def test_larger_networks_are_looked_at_at_more_scales():
    assert [len(resolutions(ends)) for ends in (0, 700, 40_000, 4_000_000)] == [1, 1, 3, 4]
