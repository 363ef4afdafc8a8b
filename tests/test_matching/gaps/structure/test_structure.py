"""The whole: what is planted is found, what isn't there is not, whatever the ids and the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, organisation
from graph.model import BackboneOf
from matching import Network
from matching.gaps.coverage import Naming
from matching.gaps.structure import Role, structure
from matching.testing.worlds import snapshot_of, two_silos
from pair_worlds import world
from seeds.demo import demo_records, demo_truths
from structure_worlds import SIZE, drawn, few_ties, named, network_of_graph


def holders(found, role):
    (one,) = (each for each in found.roles if each.role is role)
    return one


def test_an_empty_network_has_no_structure():
    found = structure(Network.compile(snapshot_of([])))
    assert (found.open_count, found.tie_count, found.largest_part_count) == (0, 0, 0)
    assert not any((found.isolate_ids, found.islands, found.silos, found.cut_points, found.bridges))
    assert found.most_between.rows == ()
    assert found.core.core_fit is None


@pytest.mark.parametrize("count", [1, 7])
def test_where_nobody_has_a_partner_all_are_isolates_and_nobody_has_a_role(count):
    names = [named(number) for number in range(count)]
    found = structure(world(names))
    assert found.isolate_ids == tuple(f"org-{name}" for name in names)
    assert found.naming is Naming.WITHHELD
    assert [each.count for each in found.roles] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("graph", "cut_points", "bridges", "edge"),
    [
        (nx.complete_graph(8), 0, 0, 0),
        (nx.star_graph(8), 1, 8, 8),
        (nx.path_graph(8), 6, 7, 8),
        (nx.disjoint_union(nx.cycle_graph(5), nx.cycle_graph(4)), 0, 0, 0),
    ],
    ids=["clique", "star", "path", "two rings"],
)
def test_plain_shapes_have_the_structure_that_they_are_named_for(graph, cut_points, bridges, edge):
    found = structure(network_of_graph(graph))
    assert (found.cut_point_count, found.bridge_count) == (cut_points, bridges)
    assert holders(found, Role.ON_THE_EDGE).count + found.core.core_count >= edge
    assert found.silos == ()
    assert [len(island) for island in found.islands] == [
        len(part)
        for part in sorted(nx.connected_components(graph), key=len, reverse=True)[1:]
        if len(part) > 1
    ]


def test_the_hub_of_a_star_is_between_all_pairs():
    (hub, *others) = structure(network_of_graph(nx.star_graph(8))).most_between.rows
    assert (hub.organisation_id, hub.value, hub.share, others) == ("org-000", 28, 1, [])
    assert (hub.rank, hub.rank_low, hub.rank_high, hub.partner_count) == (1, 1, 1, 8)


def test_the_tiny_world_of_two_silos_has_two_and_their_broker():
    found = structure(Network.compile(two_silos(8).snapshot))
    assert [len(silo.member_ids) for silo in found.silos] == [8, 8]
    assert holders(found, Role.BROKER).organisation_ids == ("org-broker",)


@pytest.mark.parametrize("seed", [2026, *range(1, 9)])
def test_the_fictional_network_shows_what_is_planted_in_it_and_nothing_else(seed):
    truths = demo_truths(seed)
    found = structure(Network.compile(snapshot_of(demo_records(seed))))
    assert {frozenset(silo.member_ids) for silo in found.silos} == set(map(frozenset, truths.silos))
    assert len(found.silos) == 2
    assert set(found.isolate_ids) == set(truths.isolates)
    assert found.islands == ()
    assert holders(found, Role.BROKER).organisation_ids == (truths.broker,)
    ((gap,), count) = found.silo_gaps, found.silo_gap_count
    assert (gap.tie_count, gap.between_ids, count) == (0, (truths.broker,), 1)
    assert found.cut_points[0].organisation_id == truths.broker
    assert set(found.cut_points[0].cut_off_ids) == {*truths.silos[0], *truths.silos[1]}
    first = found.most_between.rows[0]
    assert (first.organisation_id, first.is_backbone) == (truths.broker, False)


def test_the_backbone_is_set_apart_wherever_it_is_named():
    truths = demo_truths()
    found = structure(Network.compile(snapshot_of(demo_records())))
    assert holders(found, Role.WELL_CONNECTED).backbone_ids == (truths.backbone,)
    marked = [row.organisation_id for row in found.most_between.rows if row.is_backbone]
    marked += [point.organisation_id for point in found.cut_points if point.is_backbone]
    assert set(marked) == {truths.backbone}


def test_an_umbrella_that_is_no_longer_held_doesnt_count():
    ends = {"from_id": "org-a", "to_id": "org-b", "provenance": TOLD}
    network = world("ab", [("a", "b")])
    for until, expected in ((date(2026, 1, 1), ()), (None, ("org-a",))):
        records = [organisation("a"), organisation("b"), BackboneOf(**ends, until=until)]
        snapshot = snapshot_of(records)
        dated = Network.compile(snapshot, as_of=date(2026, 6, 1))
        joined = replace(dated, ties=network.ties)
        edge = holders(structure(joined), Role.ON_THE_EDGE)
        core = structure(joined).core
        assert core.core_count + edge.count == 2
        assert set(edge.backbone_ids) <= set(expected)


def few_told(told):
    """A star of ten whose hub and ``told`` - 1 rays have told; the rest is known by nobody."""
    names = [named(number) for number in range(10)]
    return world(names, [(names[0], name) for name in names[1:told]])


@pytest.mark.parametrize(
    ("told", "naming"), [(6, Naming.WITHHELD), (7, Naming.CAUTION), (8, Naming.FULL)]
)
def test_too_few_answers_withhold_names_and_keep_the_counts(told, naming):
    found = structure(few_told(told))
    assert found.naming is naming
    assert (found.cut_point_count, found.bridge_count) == (1, told - 1)
    assert holders(found, Role.BRIDGE).count == 1
    is_named = naming is not Naming.WITHHELD
    assert (found.most_between is not None) == is_named
    assert bool(found.cut_points) == bool(found.bridges) == is_named
    assert bool(holders(found, Role.BRIDGE).organisation_ids) == is_named
    assert bool(found.core.core_ids) == (is_named and found.core.core_count > 0)
    if is_named:
        assert found.most_between.deletions > 0
        (hub,) = found.most_between.rows
        assert hub.rank_low <= hub.rank <= hub.rank_high


def renamed(pairs, order):
    names = [named(number) for number in range(SIZE)]
    records = [organisation(f"x{order[number]:03}", name=names[number]) for number in range(SIZE)]
    ties = world(
        [f"x{order[number]:03}" for number in range(SIZE)],
        [(f"x{order[one]:03}", f"x{order[other]:03}") for one, other in pairs],
    )
    return replace(ties, snapshot=snapshot_of([*records, *ties_of(pairs, order)]))


def ties_of(pairs, order):
    from builders import collaboration

    return [collaboration(f"x{order[one]:03}", f"x{order[other]:03}") for one, other in pairs]


def by_name(found, network, *, names):
    """The finding with names in the place of ids."""
    text = repr(found)
    for node in names:
        text = text.replace(f"'{node}'", f"'{network.name_of(node)}'")
    return text


@settings(max_examples=25)
@given(few_ties, st.permutations(range(SIZE)))
def test_neither_ids_nor_the_order_of_facts_change_anything(pairs, order):
    edges = list(drawn(pairs).edges)
    one, other = renamed(edges, range(SIZE)), renamed(edges[::-1], order)
    assert by_name(structure(one), one, names=one.organisation_ids) == by_name(
        structure(other), other, names=other.organisation_ids
    )


@settings(max_examples=25)
@given(few_ties, st.sets(st.integers(0, SIZE - 1), max_size=4))
def test_closed_organisations_count_nowhere(pairs, closed):
    graph = drawn(pairs)
    with_them = structure(network_of_graph(graph, closed=closed))
    graph.remove_nodes_from(closed)
    without_them = structure(network_of_graph(graph))
    # Whether anything has been told of the others may hang on a tie to one that has closed.
    same = replace(with_them, coverage=without_them.coverage)
    if with_them.coverage == without_them.coverage:
        assert same == without_them
    assert (same.isolate_ids, same.islands) == (without_them.isolate_ids, without_them.islands)
    assert same.cut_point_count == without_them.cut_point_count
    assert [each.count for each in same.roles] == [each.count for each in without_them.roles]


@settings(max_examples=25)
@given(few_ties, st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)))
def test_a_further_tie_never_makes_more_isolates_or_islands(pairs, further):
    before, after = drawn(pairs), drawn([*pairs, further])
    one, other = structure(network_of_graph(before)), structure(network_of_graph(after))
    assert set(other.isolate_ids) <= set(one.isolate_ids)
    apart = [len(found.isolate_ids) + len(found.islands) for found in (one, other)]
    assert apart[1] <= apart[0]
    parts = [part for part in nx.connected_components(before) if len(part) > 1]
    assert len(one.islands) == max(0, len(parts) - 1)
    assert one.tie_count == before.number_of_edges()


def test_it_is_worked_out_once_for_a_network():
    network = network_of_graph(nx.path_graph(5))
    assert structure(network) is structure(network)
