"""Match lists as arrays, and the reciprocal score of the pairs in them."""

from __future__ import annotations

import numpy as np
import pytest

from matching.draws import drawn_order
from matching.lists import MatchLists
from matching.pool import candidate_pool, may_be_suggested
from pair_worlds import lists, world


def test_a_pairs_score_is_the_harmonic_mean_of_what_each_side_gives_the_other():
    network = world("abc")
    found = MatchLists.from_rankings(
        network, [("org-a", [("org-b", 6.0), ("org-c", 1.0)]), ("org-b", [("org-a", 3.0)])]
    ).pairs()
    # The list of c doesn't name a, so that a's score stands for both.
    assert found.first.tolist() == [0, 0]
    assert found.second.tolist() == [1, 2]
    assert found.score.tolist() == pytest.approx([4.0, 1.0])


def test_scores_that_speak_against_a_pair_make_none():
    network = world("abcd")
    ends = np.array([1, 2, 3])
    scores = np.array([0.0, -1.0, np.nan])
    assert len(MatchLists.of(network, np.zeros(3, dtype=np.int64), ends, scores)) == 0


def test_the_best_of_each_list_are_kept():
    network = world("abcd")
    found = lists(network, {("a", "b"): 1.0, ("a", "c"): 3.0, ("a", "d"): 2.0, ("b", "c"): 5.0})
    assert found.best(1).ends.tolist() == [2, 2, 1, 0]
    assert found.best(np.array([2, 0, 0, 1])).ends.tolist() == [2, 3, 0]
    assert len(found.best(9)) == len(found) == 8


def test_longer_lists_take_the_place_of_the_same_organisations_lists():
    network = world("abc")
    short = MatchLists.from_rankings(
        network, [("org-a", [("org-b", 1.0)]), ("org-b", [("org-a", 1.0)])]
    )
    longer = MatchLists.from_rankings(network, [("org-a", [("org-c", 2.0), ("org-b", 1.0)])])
    found = short.replaced(longer)
    assert found.starts.tolist() == [0, 0, 1]
    assert found.ends.tolist() == [2, 1, 0]


def test_pairs_may_be_suggested_exactly_where_the_pool_has_them():
    network = world("abcdef", [("a", "b"), ("c", "d")], barred=[("a", "c"), ("d", "e")], closed="f")
    starts, ends = (side.ravel() for side in np.meshgrid(np.arange(6), np.arange(6)))
    allowed = may_be_suggested(network, starts, ends)
    for start, end, is_allowed in zip(starts.tolist(), ends.tolist(), allowed, strict=True):
        in_pool = network.is_open[start] and end in candidate_pool(network, start)
        assert bool(is_allowed) is bool(in_pool), (start, end)


def test_the_draw_goes_by_name_and_seed_and_gives_each_a_place_of_its_own():
    network = world("abcdefgh")
    assert sorted(drawn_order(network, 1).tolist()) == list(range(8))
    assert drawn_order(network, 1).tolist() == drawn_order(network, 1).tolist()
    assert drawn_order(network, 1).tolist() != drawn_order(network, 2).tolist()
