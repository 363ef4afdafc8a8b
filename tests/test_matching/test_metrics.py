"""Figures of ranked lists, by hand and against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import ndcg_score

from builders import snapshot_of
from histories import CUTOFF, random_history
from matching.evaluation import split_at
from matching.metrics import few_partners, gini, measured, share_shown


def partners(size, *rows):
    matrix = np.zeros((len(rows), size))
    for row, wanted in enumerate(rows):
        matrix[row, list(wanted)] = 1
    return sparse.csr_array(matrix)


def lists(*rows, depth=100):
    found = np.full((len(rows), depth), -1, dtype=np.int64)
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
    return found


def test_the_figures_of_a_list_worked_out_by_hand():
    # Partners 3 and 7 of three at places 2 and 4.
    found = measured(lists([5, 3, 6, 7]), partners(20, {3, 7, 9}))
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg"].tolist() == pytest.approx([gained / best])
    assert found["hit"].tolist() == [1]
    assert found["recall"].tolist() == pytest.approx([2 / 3])
    assert found["mrr"].tolist() == [0.5]


def test_only_the_first_ten_count_but_the_first_hit_is_looked_for_further_down():
    found = measured(lists(range(12)), partners(20, {11}))
    assert [found[name][0] for name in ("ndcg", "hit", "recall")] == [0, 0, 0]
    assert found["mrr"][0] == pytest.approx(1 / 12)


def test_ten_hits_are_all_that_a_list_can_have():
    found = measured(lists(range(12)), partners(20, set(range(15))))
    assert found["ndcg"][0] == pytest.approx(1)
    assert found["recall"][0] == pytest.approx(10 / 15)


def test_an_empty_list_finds_nothing_and_without_partners_there_is_nothing_to_find():
    found = measured(lists([], [1]), partners(5, {2}, set()))
    for name in ("ndcg", "hit", "recall", "mrr"):
        assert found[name][0] == 0
        assert np.isnan(found[name][1])


def test_no_rows_give_no_figures():
    found = measured(lists(), sparse.csr_array((0, 5)))
    assert all(len(values) == 0 for values in found.values())


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(11, 60))
def test_ndcg_is_that_of_scikit_learn(seed, size):
    draw = np.random.default_rng(seed)
    truth = (draw.random((4, size)) < 0.2).astype(float)
    truth[:, 0] = 1
    scores = draw.permuted(np.tile(np.arange(size), (4, 1)), axis=1)
    top = np.argsort(-scores, axis=1)
    ours = measured(top, sparse.csr_array(truth))["ndcg"]
    assert ours.mean() == pytest.approx(ndcg_score(truth, scores, k=10))


@given(seed=st.integers(0, 2**32 - 1))
def test_figures_lie_between_0_and_1_and_never_fall_with_a_hit_further_up(seed):
    draw = np.random.default_rng(seed)
    top = draw.permutation(30)[None, :]
    truth = partners(30, set(draw.choice(30, 4, replace=False).tolist()))
    found = measured(top, truth)
    place = int(np.flatnonzero(truth.toarray()[0, top[0]])[0])
    better = top.copy()
    better[0, [0, place]] = better[0, [place, 0]]
    for name, values in measured(better, truth).items():
        assert 0 <= found[name][0] <= values[0] <= 1


def test_shown_and_gini_worked_out_by_hand():
    top = lists([0, 1], [0, 2])
    assert share_shown(top, 4) == 0.75
    # Shown 0, 1, 1 and 2 times: 2·(1·0 + 2·1 + 3·1 + 4·2) / (4·4) - 5/4.
    assert gini(top, 4) == pytest.approx(26 / 16 - 5 / 4)


def test_all_shown_alike_has_gini_0_and_one_alone_nearly_1():
    assert gini(lists([0, 1, 2, 3]), 4) == pytest.approx(0)
    assert gini(lists([7]), 100) == pytest.approx(0.99)


def test_beyond_the_first_ten_nobody_is_shown():
    assert share_shown(lists(range(12)), 20) == 0.5


def test_few_partners_are_at_most_as_many_as_half_of_those_with_any_have():
    network = split_at(snapshot_of(*random_history(3)), CUTOFF).before
    few = few_partners(network)
    degrees = network.degrees
    assert few.any()
    assert not few[degrees == 0].any()
    assert degrees[few].max() <= np.median(degrees[degrees > 0]) < degrees[~few].max()
