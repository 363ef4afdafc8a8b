"""How sure a mean is."""

from __future__ import annotations

import numpy as np
import pytest

from matching.evaluation.bootstrap import Resamples

DRAW = np.random.default_rng(5)
VALUES = DRAW.random(400)


def test_the_interval_is_near_that_of_the_normal_distribution():
    found = Resamples(400, seed=1, count=4_000).mean(VALUES)
    half = 1.96 * VALUES.std() / np.sqrt(400)
    assert found.value == pytest.approx(VALUES.mean(), abs=1e-6)
    assert found.low == pytest.approx(VALUES.mean() - half, abs=0.1 * half)
    assert found.high == pytest.approx(VALUES.mean() + half, abs=0.1 * half)


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    assert Resamples(400, seed=1).mean(VALUES) == Resamples(400, seed=1).mean(VALUES)
    assert Resamples(400, seed=1).mean(VALUES) != Resamples(400, seed=2).mean(VALUES)


def test_a_steady_gain_is_sure_however_much_the_values_vary():
    found = Resamples(400, seed=1).difference(VALUES + 0.1, VALUES)
    assert (found.absolute.low, found.absolute.high) == pytest.approx((0.1, 0.1))
    assert found.percent.value == pytest.approx(10 / VALUES.mean(), abs=1e-5)
    assert found.percent.low < found.percent.value < found.percent.high


def test_rows_without_a_value_are_left_out():
    with_gaps = np.concatenate((VALUES, np.full(100, np.nan)))
    found = Resamples(500, seed=1).mean(with_gaps)
    assert found.value == pytest.approx(VALUES.mean(), abs=1e-6)
    assert found.low < found.value < found.high


def test_nothing_measured_has_no_interval():
    assert Resamples(0, seed=1).mean(np.array([])) is None
    nothing = np.full(5, np.nan)
    assert Resamples(5, seed=1).mean(nothing) is None
    assert Resamples(5, seed=1).difference(nothing, nothing) is None


def test_there_is_no_percentage_of_zero():
    found = Resamples(3, seed=1).difference(np.ones(3), np.zeros(3))
    assert found.absolute.value == 1
    assert found.percent is None
