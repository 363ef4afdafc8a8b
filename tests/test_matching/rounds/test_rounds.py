"""Matching rounds: as good as an exhaustive search, within every limit, and blind to ids."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import organisation
from graph.errors import UnknownOrganisation
from matching import Network, suggest_all
from matching.lists import MatchLists
from matching.metrics import gini_of
from matching.rounds import SMALL_INCOME, matching_round, plan_round
from matching.rounds.exact import solve_exactly
from matching.rounds.exchange import improved, rounded
from matching.rounds.flow import relax
from matching.rounds.problem import pose
from matching.testing.worlds import WORLDS, snapshot_of
from pair_worlds import lists, scored_pairs, world

NAMES = "abcdefg"


def pairs_of(found):
    return {(pair.first_id[-1], pair.second_id[-1]) for pair in found.pairs}


def degrees(pairs, names=NAMES):
    return {name: sum(name in pair for pair in pairs) for name in names}


def best_by_trying_all(scored, limit, floors):
    """The fewest missed floors, and the largest sum of scores with so few."""
    best = (-1e9, 0.0)
    pairs = list(scored)
    for taken in product((False, True), repeat=len(pairs)):
        chosen = [pair for pair, is_in in zip(pairs, taken, strict=True) if is_in]
        count = degrees(chosen)
        if max(count.values()) > limit:
            continue
        missed = sum(
            max(0, min(floors.get(name, 0), limit, sum(name in pair for pair in pairs)) - have)
            for name, have in count.items()
        )
        best = max(best, (-missed, sum(scored[pair] for pair in chosen)))
    return best


@settings(max_examples=40)
@given(scored_pairs(most=9), st.integers(1, 3), st.sets(st.sampled_from(NAMES)), st.integers(0, 99))
def test_a_small_round_is_the_best_of_all(scored, limit, small, seed):
    network = world(NAMES, incomes=dict.fromkeys(small, 100.0))
    # Nobody has partners, so all are new and promised a place; the small ones are no different.
    found = matching_round(network, lists(network, scored), limit=limit, seed=seed)
    missed, total = best_by_trying_all(scored, limit, dict.fromkeys(NAMES, 1))
    count = degrees(pairs_of(found))
    assert max(count.values()) <= limit
    on_offer = degrees(list(scored))
    assert -missed == sum(have == 0 < on_offer[name] for name, have in count.items())
    assert found.total_score == pytest.approx(total, rel=1e-4)
    assert found.total_score <= found.bound * (1 + 1e-9)
    assert found.gap <= 1e-4


def random_problem(seed, size=60, pairs=240, floors=False):
    dice = np.random.default_rng(seed)
    names = [f"{number:02}" for number in range(size)]
    network = world(names)
    ends = np.sort(dice.integers(0, size, (pairs, 2)), axis=1)
    scored = {
        (names[one], names[other]): float(score)
        for (one, other), score in zip(ends.tolist(), dice.lognormal(0, 0.7, pairs), strict=True)
        if one != other
    }
    limit = dice.integers(1, 5, size)
    floor = dice.integers(0, 2, size) if floors else np.zeros(size, dtype=np.int64)
    return pose(lists(network, scored).pairs(), dice.permutation(size), limit, floor, seed)


@pytest.mark.parametrize("floors", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_flow_and_exchange_come_near_the_optimum_and_their_bound_holds(seed, floors):
    problem = random_problem(seed, floors=floors)
    exact, bound = solve_exactly(problem)
    assert bound == pytest.approx(problem.value(exact), rel=1e-4)
    relaxed = relax(problem)
    first = rounded(problem, relaxed)
    mended = improved(problem, first)
    assert (problem.degrees(mended) <= problem.limit).all()
    assert relaxed.value >= problem.value(exact) >= problem.value(mended) >= problem.value(first)
    assert problem.total(mended) >= 0.985 * problem.total(exact)
    assert problem.shortfall(mended) == problem.shortfall(exact)


def large_world(seed, size=900, top=10):
    dice = np.random.default_rng(seed)
    network = world([f"{number:03}" for number in range(size)])
    appeal = dice.lognormal(0, 0.8, size)
    one = np.repeat(np.arange(size), 2 * top)
    other = dice.choice(size, len(one), p=appeal / appeal.sum())
    score = np.sqrt(appeal[one] * appeal[other]) * dice.lognormal(0, 0.5, len(one))
    return network, MatchLists.of(
        network, np.append(one, other), np.append(other, one), np.append(score, score)
    ).best(top)


@pytest.mark.parametrize("seed", range(2))
def test_a_large_round_is_within_half_a_per_cent_of_its_bound(seed):
    network, offered = large_world(seed)
    found = matching_round(network, offered)
    assert found.candidate_count > 6_000
    assert 0 <= found.gap <= 0.005
    assert found.after.largest <= 3
    assert found.after.gini < found.before.gini / 2
    assert found.after.never_share < found.before.never_share / 4


def test_the_exposure_before_counts_the_first_places_of_everybodys_list():
    network = world("abcd")
    scored = {("a", "b"): 3.0, ("a", "c"): 2.0, ("a", "d"): 1.0, ("b", "c"): 0.5}
    found = matching_round(network, lists(network, scored), limit=1)
    assert found.before.counts.tolist() == [3, 1, 0, 0]
    assert (found.before.largest, found.before.never_share) == (3, 0.5)
    # Everybody is new: b and c give way to each other, so that d gets the place promised to it.
    assert pairs_of(found) == {("a", "d"), ("b", "c")}
    assert found.after.counts.tolist() == [1, 1, 1, 1]
    assert found.price.wished == pytest.approx((3 + 3 + 2 + 1) / 2)
    assert found.price.with_limits == 3.0
    assert found.price.with_floors == found.total_score == 1.5
    assert found.price.of_limits == pytest.approx(1 - 3 / 4.5)
    assert found.price.of_floors == pytest.approx(0.5)


def test_without_floors_nobody_gives_way():
    network = world("abcd")
    scored = {("a", "b"): 3.0, ("a", "d"): 1.0, ("b", "c"): 0.5}
    found = matching_round(network, lists(network, scored), limit=1, floor=0)
    assert pairs_of(found) == {("a", "b")}
    assert found.left_out == ("org-c", "org-d")
    assert (found.price.of_floors, found.below_floor) == (0.0, ())


def test_the_small_are_promised_a_place_and_an_unknown_income_is_not_small():
    ties = [("a", "z"), ("b", "z"), ("c", "z"), ("d", "z")]
    scored = {("a", "b"): 3.0, ("a", "d"): 1.0, ("b", "c"): 0.5}
    for incomes, expected in (
        ({"d": SMALL_INCOME - 1}, {("a", "d"), ("b", "c")}),
        ({"d": SMALL_INCOME}, {("a", "b")}),
        ({"d": None}, {("a", "b")}),
    ):
        network = world("abcdz", ties, incomes=incomes)
        assert pairs_of(matching_round(network, lists(network, scored), limit=1)) == expected


def test_who_cannot_be_given_its_place_is_named():
    network = world("abz", [("a", "b")])
    found = matching_round(network, lists(network, {("a", "b"): 1.0}))
    # They work together already: the only pair there is may not be proposed.
    assert found.pairs == ()
    assert found.below_floor == ("org-z",)
    assert found.left_out == ("org-a", "org-b", "org-z")


def test_an_organisation_may_have_a_limit_of_its_own():
    network = world("abcd")
    scored = {("a", name): 1.0 for name in "bcd"}
    found = matching_round(network, lists(network, scored), limits={"org-a": 2})
    assert degrees(pairs_of(found))["a"] == 2
    assert not matching_round(network, lists(network, scored), limits={"org-a": 0}).pairs
    with pytest.raises(UnknownOrganisation):
        matching_round(network, lists(network, scored), limits={"org-nobody": 2})


@pytest.mark.parametrize("figures", [{"limit": -1}, {"limits": {"org-a": -1}}, {"floor": -1}])
def test_figures_below_zero_are_refused(figures):
    network = world("ab")
    with pytest.raises(ValueError, match="is below 0"):
        matching_round(network, lists(network, {("a", "b"): 1.0}), **figures)


@settings(max_examples=30)
@given(scored_pairs(), st.data())
def test_no_round_holds_a_barred_pair_a_partner_or_a_closed_organisation(scored, data):
    picked = st.lists(st.sampled_from(list(scored)), unique=True)
    barred, ties = data.draw(picked), data.draw(picked)
    closed = data.draw(st.sets(st.sampled_from(NAMES), max_size=2))
    network = world(NAMES, ties, barred=barred, closed=closed)
    found = matching_round(network, lists(network, scored))
    allowed = set(scored) - set(barred) - set(ties)
    assert pairs_of(found) <= {pair for pair in allowed if not closed & set(pair)}


@settings(max_examples=25)
@given(scored_pairs(), st.permutations(NAMES), st.integers(0, 5))
def test_other_ids_and_another_order_give_the_same_pairs(scored, shuffled, seed):
    new_id = dict(zip(NAMES, shuffled, strict=True))
    one = world(NAMES)
    records = [replace(organisation(name), id=f"org-{new_id[name]}") for name in NAMES]
    other = Network.compile(snapshot_of(records))
    renamed = {(new_id[first], new_id[second]): score for (first, second), score in scored.items()}
    turned = dict(reversed(renamed.items()))
    found = [
        {
            frozenset(network.name_of(end) for end in (pair.first_id, pair.second_id))
            for pair in matching_round(network, lists(network, each), limit=2, seed=seed).pairs
        }
        for network, each in ((one, scored), (other, turned))
    ]
    assert found[0] == found[1]


def test_equals_are_drawn_by_the_seed_and_the_draw_can_be_repeated():
    network = world(NAMES)
    offered = lists(network, {(one, other): 1.0 for one in NAMES for other in NAMES if one < other})
    rounds = [pairs_of(matching_round(network, offered, limit=1, seed=seed)) for seed in range(6)]
    again = [pairs_of(matching_round(network, offered, limit=1, seed=seed)) for seed in range(6)]
    assert rounds == again
    assert all(len(pairs) == 3 for pairs in rounds)
    assert len({frozenset(pairs) for pairs in rounds}) > 1


@pytest.mark.parametrize("name", WORLDS)
def test_a_round_of_every_tiny_world_keeps_its_limits(name):
    network = Network.compile(WORLDS[name]().snapshot)
    found = plan_round(network, lambda k, ids: suggest_all(network, k=k, organisation_ids=ids))
    assert found.after.largest <= 3
    assert found.total_score == pytest.approx(sum(pair.score for pair in found.pairs))
    assert [pair.score for pair in found.pairs] == sorted(
        (pair.score for pair in found.pairs), reverse=True
    )


def test_whoever_is_left_out_gets_a_longer_list():
    network = world("abcd")
    asked = []

    def suggest(k, ids):
        asked.append((k, ids))
        if ids is None:
            return [("org-a", [("org-b", 3.0)]), ("org-b", [("org-a", 3.0)])]
        return [("org-c", [("org-a", 1.0), ("org-d", 0.5)]), ("org-d", [])]

    found = plan_round(network, suggest, limit=1, top=5)
    assert asked == [(5, None), (20, ["org-c", "org-d"])]
    assert pairs_of(found) == {("a", "b"), ("c", "d")}
    assert found.left_out == ()


def test_an_empty_network_has_an_empty_round():
    network = Network.compile(snapshot_of([]))
    found = matching_round(network, MatchLists.from_rankings(network, []))
    assert (found.pairs, found.total_score, found.bound, found.gap) == ((), 0.0, 0.0, 0.0)


def test_gini_is_nought_for_equals_and_nears_one_for_a_monopoly():
    assert gini_of(np.array([2, 2, 2])) == 0
    assert gini_of(np.array([0, 0, 0, 8])) == 0.75
    assert gini_of(np.array([1, 3])) == 0.25
    assert gini_of(np.zeros(3, dtype=np.int64)) == 0
