"""The introductions that the network needs most, and what they would change."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.exact_introductions import exact_greedy, exact_share, total_steps
from bench.rounds import lists_of
from matching import Network
from matching.introductions import best_introductions
from matching.introductions.distances import FAR, open_ties, steps_from
from matching.lists import MatchLists
from matching.testing.worlds import snapshot_of
from pair_worlds import lists, scored_pairs, world

NAMES = "abcdefgh"
PATH = list(pairwise(NAMES))


def pairs_of(found):
    return [(each.first_id[-1] + each.second_id[-1]) for each in found.introductions]


def test_the_dial_goes_from_the_best_match_to_the_farthest_apart():
    network = world(NAMES, PATH)
    offered = lists(network, {("a", "c"): 6.0, ("a", "h"): 0.5, ("b", "e"): 4.0})
    first = [pairs_of(best_introductions(network, offered, bridge=dial))[0] for dial in (0, 1, 2)]
    assert first == ["ac", "be", "ah"]


def test_two_circles_are_joined_before_anybody_nearer_is():
    circles = [*combinations("abcd", 2), *combinations("efgh", 2)]
    network = world(NAMES, [tie for tie in circles if tie != ("a", "b")])
    offered = lists(network, {("a", "b"): 5.0, ("c", "e"): 1.0})
    found = best_introductions(network, offered, count=1)
    assert pairs_of(found) == ["ce"]
    assert found.introductions[0].steps_before is None
    assert (found.effect.circles.before, found.effect.circles.after) == (2, 1)
    assert (found.effect.reached.before, found.effect.reached.after) == (3, 7)


def test_those_without_a_partner_come_first_with_their_best_match_up_to_their_share():
    network = world("abcdxyz", [("a", "b"), ("b", "c"), ("c", "d")])
    offered = lists(
        network,
        {("a", "x"): 1.0, ("b", "x"): 2.0, ("c", "y"): 1.5, ("c", "z"): 0.5, ("a", "d"): 3.0},
    )
    half = best_introductions(network, offered, count=2)
    assert pairs_of(half) == ["bx", "ad"]
    assert [each.is_first_tie for each in half.introductions] == [True, False]
    whole = best_introductions(network, offered, count=2, isolated_share=1)
    assert pairs_of(whole) == ["bx", "cy"]
    # Where nobody else is left, the rest is theirs too.
    assert pairs_of(best_introductions(network, offered, count=9)) == ["bx", "cy", "ad"]


def test_the_effect_is_what_can_be_counted_on_a_path():
    network = world(NAMES, PATH)
    found = best_introductions(network, lists(network, {("a", "h"): 1.0}), count=1)
    path, ring = nx.path_graph(8), nx.cycle_graph(8)
    effect = found.effect
    assert effect.mean_path.before == pytest.approx(nx.average_shortest_path_length(path))
    assert effect.mean_path.after == pytest.approx(nx.average_shortest_path_length(ring))
    assert (effect.within_two_steps.before, effect.within_two_steps.after) == (2, 4)
    assert (effect.circles.before, effect.reached.before, effect.sampled) == (1, 7, 8)
    assert found.introductions[0].steps_before == 7


def test_no_introductions_change_nothing():
    network = world(NAMES, PATH)
    effect = best_introductions(network, lists(network, {}), count=5).effect
    assert effect.mean_path.before == effect.mean_path.after
    assert effect.groups_joined == 0
    empty = Network.compile(snapshot_of([]))
    assert best_introductions(empty, MatchLists.from_rankings(empty, [])).introductions == ()


@settings(max_examples=40)
@given(scored_pairs(NAMES), st.data(), st.sampled_from([0, 0.5, 1, 1.5, 2]))
def test_nobody_is_introduced_twice_or_to_whom_it_must_not_meet(scored, data, dial):
    picked = st.lists(st.sampled_from(list(scored)), unique=True)
    barred, ties = data.draw(picked), data.draw(picked)
    closed = data.draw(st.sets(st.sampled_from(NAMES), max_size=2))
    network = world(NAMES, ties, barred=barred, closed=closed)
    found = pairs_of(best_introductions(network, lists(network, scored), bridge=dial))
    ends = "".join(found)
    assert len(set(ends)) == len(ends)
    assert not closed & set(ends)
    assert {tuple(pair) for pair in found} <= set(scored) - set(barred) - set(ties)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 69), st.integers(0, 69)), max_size=90),
    st.integers(1, 70),
    st.integers(2, FAR),
)
def test_steps_are_those_of_a_plain_search(edges, source_count, far):
    names = [f"{number:02}" for number in range(70)]
    ties = sorted({(names[min(pair)], names[max(pair)]) for pair in edges if pair[0] != pair[1]})
    network = world(names, ties)
    found = steps_from(open_ties(network), np.arange(source_count), far=far)
    full = nx.Graph([*ties])
    full.add_nodes_from(names)
    for source in range(source_count):
        known = nx.single_source_shortest_path_length(full, names[source])
        assert found[:, source].tolist() == [min(known.get(name, far), far) for name in names]


@pytest.mark.parametrize("is_whole", [True, False])
def test_bridging_gains_nine_tenths_of_what_the_exact_greedy_does(is_whole):
    assert exact_share(200, 3, lists_of, is_whole=is_whole) >= 0.9


def test_the_exact_greedy_takes_what_trying_all_takes():
    network = world(NAMES, PATH)
    ties = open_ties(network)
    pairs = lists(network, {("a", "c"): 1.0, ("a", "h"): 1.0, ("b", "g"): 1.0}).pairs()
    (best,) = exact_greedy(ties, pairs.first, pairs.second, 1)
    totals = [total_steps(ties, pairs.first[[at]], pairs.second[[at]]) for at in range(len(pairs))]
    assert totals[best] == min(totals) < total_steps(ties, pairs.first[:0], pairs.second[:0])


@pytest.mark.parametrize(
    "figures", [{"bridge": -0.1}, {"bridge": 2.1}, {"count": -1}, {"isolated_share": 1.5}]
)
def test_a_figure_outside_its_range_is_refused(figures):
    network = world("ab")
    with pytest.raises(ValueError, match=next(iter(figures))):
        best_introductions(network, lists(network, {("a", "b"): 1.0}), **figures)
