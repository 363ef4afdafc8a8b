"""Each baseline against a plain reading of its formula, and the order of equal scores."""

from __future__ import annotations

from datetime import date, timedelta

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import network_of, organisation, snapshot_of
from histories import CUTOFF, project, random_history
from matching import Network
from matching.evaluation import BASELINES, Prior, known_before, rankers
from matching.evaluation.rankers import Scored, best
from matching.pool import candidate_pool
from matching.suggest import suggest_all

BY_NAME = {baseline.name: baseline for baseline in BASELINES}
EVERYBODY = np.arange(30)


@pytest.fixture(scope="module")
def network():
    return Network.compile(known_before(snapshot_of(*random_history(2)), CUTOFF), as_of=CUTOFF)


@pytest.fixture(scope="module")
def ties(network):
    return nx.from_scipy_sparse_array(network.ties)


def others(found):
    """Scores of two different organisations; one's own is never used."""
    return found[~np.eye(len(found), dtype=bool)]


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_it_gives_finite_scores_for_the_rows_asked_for(network, baseline):
    rows = np.array([7, 3])
    found = baseline.scores(network, rows)
    assert found.shape == (2, 30)
    assert found.dtype == np.float64
    assert np.isfinite(found).all()
    assert found == pytest.approx(baseline.scores(network, EVERYBODY)[rows])


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_it_names_its_formula_and_source(baseline):
    assert "Formula: " in baseline.__doc__
    assert "Source: " in baseline.__doc__
    assert baseline.label


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_it_copes_with_organisations_that_have_done_nothing(baseline):
    lonely = network_of(organisation("a"), organisation("b"), organisation("c"))
    assert sorted(Scored(baseline).top(lonely, np.array([0]), 5)[0].tolist()) == [-1, -1, -1, 1, 2]


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("common_neighbours", lambda g, u, v: len(list(nx.common_neighbors(g, u, v)))),
        ("adamic_adar", lambda g, u, v: next(nx.adamic_adar_index(g, [(u, v)]))[2]),
        ("resource_allocation", lambda g, u, v: next(nx.resource_allocation_index(g, [(u, v)]))[2]),
        ("popularity", lambda g, u, v: g.degree(v)),
    ],
)
def test_it_is_the_formula_that_networkx_has(network, ties, name, formula):
    found = BY_NAME[name].scores(network, EVERYBODY)
    expected = [[formula(ties, u, v) if u != v else 0 for v in ties] for u in ties]
    assert others(found) == pytest.approx(others(np.array(expected, dtype=float)))


def test_katz_counts_walks_of_up_to_four_steps(network):
    matrix = network.ties.toarray()
    powers = [np.linalg.matrix_power(matrix, steps) * 0.001**steps for steps in range(1, 5)]
    assert BY_NAME["katz"].scores(network, EVERYBODY) == pytest.approx(sum(powers))


def test_pagerank_is_near_that_of_networkx(network, ties):
    found = BY_NAME["pagerank"].scores(network, EVERYBODY)
    for row in np.flatnonzero(network.degrees).tolist()[:5]:
        walked = nx.pagerank(ties, alpha=0.85, personalization={row: 1}, tol=1e-12, max_iter=500)
        assert found[row] == pytest.approx([walked[other] for other in range(30)], abs=0.02)


def test_recent_popularity_forgets_what_is_older_than_two_years():
    bodies = [organisation(name) for name in "abcd"]
    old, new = CUTOFF - timedelta(731), CUTOFF - timedelta(729)
    found = network_of(*bodies, *project("o", "abc", old), *project("n", "bd", new), as_of=CUTOFF)
    assert BY_NAME["recent_popularity"].scores(found, np.array([0])).tolist() == [[0, 1, 0, 1]]


def test_texts_compare_the_words_of_past_projects():
    bodies = [organisation(name) for name in "abcd"]
    history = [
        *project("1", "a", date(2019, 1, 1), name="Steel drums"),
        *project("2", "b", date(2019, 1, 1), name="Drums of steel"),
        *project("3", "c", date(2019, 1, 1), name="Gardens"),
    ]
    found = BY_NAME["texts"].scores(network_of(*bodies, *history), np.array([0]))[0]
    assert found[1] == pytest.approx(1)
    assert found[2:].tolist() == [0, 0]


def test_hidden_factors_find_those_who_share_a_circle():
    names = [f"{number:02d}" for number in range(12)]
    circles = [names[:6], names[6:]]
    meetings = [
        project(f"{low}-{high}", [low, high], date(2019, 1, 1))
        for circle in circles
        for low in circle
        for high in circle
        if low < high and (low, high) != (circle[0], circle[1])
    ]
    found = network_of(*map(organisation, names), *(fact for each in meetings for fact in each))
    assert Scored(BY_NAME["als"]).top(found, np.array([0, 6]), 1).tolist() == [[1], [7]]


def test_nobody_is_ranked_who_may_not_be_suggested():
    snapshot = snapshot_of(
        *[organisation(name) for name in "abcde"],
        organisation("f", closed_on=date(2018, 1, 1)),
        *project("old", "ab", date(2019, 1, 1)),
    )
    barred = Network.compile(snapshot, as_of=CUTOFF, barred=[("org-a", "org-c")])
    for ranker in rankers():
        (found,) = ranker.top(barred, np.array([0]), 10)
        assert set(found.tolist()) <= {3, 4, -1}, ranker.name


def test_a_closed_organisation_gets_no_list():
    closed = network_of(organisation("a"), organisation("b", closed_on=date(2018, 1, 1)))
    for ranker in rankers():
        assert set(ranker.top(closed, np.array([1]), 3)[0].tolist()) == {-1}, ranker.name


def test_equal_scores_come_in_an_order_drawn_by_lot_and_not_by_id():
    many = network_of(*[organisation(f"{number:03d}") for number in range(200)])
    rows = np.arange(200)
    first = best(many, rows, np.zeros((200, 200)), 10, seed=4)
    assert 60 < first[first >= 0].mean() < 140
    assert (first == best(many, rows, np.zeros((200, 200)), 10, seed=4)).all()
    assert (first != best(many, rows, np.zeros((200, 200)), 10, seed=5)).any()


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 2**32 - 1), k=st.integers(1, 40), levels=st.integers(1, 30))
def test_the_best_are_those_of_a_full_sort(network, seed, k, levels):
    scores = np.random.default_rng(seed).integers(0, levels, (30, 30)).astype(float)
    found = best(network, EVERYBODY, scores, k, seed)
    for row in EVERYBODY.tolist():
        pool = candidate_pool(network, row)
        chosen = found[row][found[row] >= 0]
        assert len(chosen) == len(set(chosen.tolist())) == min(k, len(pool))
        assert set(chosen.tolist()) <= set(pool.tolist())
        assert scores[row, chosen].tolist() == sorted(scores[row, pool], reverse=True)[:k]


def test_gofars_own_lists_are_those_that_everybody_gets(network):
    ids = network.organisation_ids
    found = Prior().top(network, EVERYBODY, 5)
    for row, (_, ranking) in enumerate(suggest_all(network, k=5)):
        given_ids = [ids[partner] for partner in found[row].tolist() if partner >= 0]
        assert given_ids == [partner for partner, _ in ranking]
