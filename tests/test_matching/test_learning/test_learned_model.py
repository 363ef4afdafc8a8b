"""Learning from a small history: repeatable, true to its parts, blind to what comes after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import need, offer, organisation, skill, snapshot_of
from histories import CUTOFF, project, random_history
from matching import Network
from matching.errors import ModelMismatch, NotEnoughHistory
from matching.evaluation import split_at
from matching.learning import (
    GROUPS,
    chance,
    model_from_json,
    model_to_json,
    suggest_all_learned,
    suggest_learned,
    top,
    train,
)
from matching.learning.calibration import Band, bands
from matching.learning.finding import chosen
from matching.learning.past import Past

HISTORY = (*random_history(6, bodies=60, projects=160),)


@cache
def history(**options):
    return Network.compile(snapshot_of(*HISTORY), **options)


@cache
def model():
    return train(history(), seed=3)


def test_the_same_history_and_seed_give_the_same_model():
    again = train(Network.compile(snapshot_of(*reversed(HISTORY))), seed=3)
    assert model_to_json(again) == model_to_json(model())


def test_a_model_comes_back_from_its_text_as_it_was():
    assert model_from_json(model_to_json(model())) == model()


def test_a_model_of_other_features_is_refused():
    with pytest.raises(ModelMismatch, match="other features"):
        replace(model(), features=model().features[:-1])


def test_its_card_says_what_it_was_learned_from():
    card = model().card
    assert card.data_hash == history().snapshot.content_hash
    assert 0 < card.came_about < card.pairs
    assert card.kept_apart > 0
    assert np.datetime64(card.last_day, "D") > np.datetime64(CUTOFF)


def test_no_two_groups_or_numbers_have_one_name():
    features = [feature.name for group in GROUPS for feature in group.features]
    assert len({group.name for group in GROUPS}) == len(GROUPS)
    assert len(set(features)) == len(features)


def test_the_points_of_all_reasons_sum_to_the_score():
    network = history()
    ranked = dict(suggest_all_learned(network, model()))
    for organisation_id in network.organisation_ids:
        for found in suggest_learned(network, model(), organisation_id):
            by_rank = dict(ranked[organisation_id])[found.partner_id]
            assert found.score == pytest.approx(by_rank, abs=1e-4)
            assert sum(reason.points for reason in found.reasons) == pytest.approx(
                found.score, abs=1e-9
            )
            assert found.chance is not None
            assert 0 <= found.chance.low <= found.chance.share <= found.chance.high <= 1


def test_every_reason_but_the_starting_point_cites_known_facts():
    network = history()
    known = {record.id for record in HISTORY}
    for found in suggest_learned(network, model(), "org-000"):
        for reason in found.reasons:
            assert set(reason.evidence) <= known


def test_one_list_and_all_lists_are_the_same_ranking():
    network = history()
    rows = np.arange(len(network))
    lists = dict(suggest_all_learned(network, model(), k=5))
    best = top(network, model(), rows, 5)
    for row, organisation_id in enumerate(network.organisation_ids):
        alone = suggest_learned(network, model(), organisation_id, k=5)
        assert [each.partner_id for each in alone] == [who for who, _ in lists[organisation_id]]
        assert [network.index_of(who) for who, _ in lists[organisation_id]] == [
            partner for partner in best[row].tolist() if partner >= 0
        ]


def test_partners_the_closed_and_the_barred_are_never_suggested():
    network = history()
    before = dict(suggest_all_learned(network, model(), k=10))
    one, other = "org-000", before["org-000"][0][0]
    parted = history(barred=((one, other),))
    after = dict(suggest_all_learned(parted, model(), k=200))
    assert other not in {who for who, _ in after[one]}
    assert one not in {who for who, _ in after[other]}
    for row, organisation_id in enumerate(network.organisation_ids):
        partners = {network.organisation_ids[each] for each in network.partners_of(row)}
        assert not partners & {who for who, _ in after[organisation_id]}


def test_what_comes_after_a_day_changes_nothing_learned_from_before_it():
    later = project("late", ["000", "011", "022", "033"], date(2020, 2, 1))
    with_more = split_at(snapshot_of(*HISTORY, *later), CUTOFF).before
    without = split_at(snapshot_of(*HISTORY), CUTOFF).before
    assert train(with_more).weights == train(without).weights


def test_the_past_of_a_day_is_what_a_history_cut_there_holds():
    whole = Past.of(history())
    cut = Past.of(split_at(snapshot_of(*HISTORY), CUTOFF).before)
    day = int(np.datetime64(CUTOFF, "D").astype(np.int64))
    assert (whole.before(day).ties != cut.ties).nnz == 0


def test_a_need_that_a_candidate_can_meet_lifts_it():
    lists = dict(suggest_all_learned(history(), model(), k=200))
    low, _ = lists["org-000"][-1]
    richer = Network.compile(
        snapshot_of(
            *HISTORY, skill("bids"), need("000", "bids"), offer(low.removeprefix("org-"), "bids")
        )
    )
    after = dict(suggest_all_learned(richer, model(), k=200))
    assert dict(after["org-000"])[low] > dict(lists["org-000"])[low]


@pytest.mark.parametrize(
    "records",
    [
        [organisation("a"), organisation("b"), *project("p", ["a", "b"], None)],
        [organisation("a"), organisation("b"), *project("p", ["a", "b"], date(2020, 1, 1))],
        [organisation("a")],
    ],
    ids=["no date", "one project", "nothing"],
)
def test_too_little_history_is_said_plainly(records):
    with pytest.raises(NotEnoughHistory):
        train(Network.compile(snapshot_of(*records)))


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=1, max_size=200),
    st.floats(-6, 6),
)
def test_a_higher_score_never_means_a_smaller_chance(pairs, score):
    scores = np.array([each for each, _ in pairs], dtype=np.float32)
    came = np.array([each for _, each in pairs])
    found = bands(scores, came)
    rates = [band.came_about / band.pairs for band in found]
    assert rates == sorted(rates)
    if found:
        assert sum(band.pairs for band in found) == len(pairs)
        assert sum(band.came_about for band in found) == came.sum()
        low, high = chance(found, score), chance(found, score + 1)
        assert low is not None
        assert high is not None
        assert low.low <= low.share <= low.high
        assert low.share <= high.share


def test_wilsons_interval_is_that_of_the_textbook():
    found = chance((Band(0.0, 100, 10),), 1.0)
    assert found is not None
    assert (found.low, found.high) == (
        pytest.approx(0.0552, abs=1e-4),
        pytest.approx(0.1744, abs=1e-4),
    )


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 10_000))
def test_the_chosen_are_the_first_of_a_sorted_list(size, count, seed):
    rng = np.random.default_rng(seed)
    scores = rng.integers(-1, 6, (size, 3)).astype(np.float32)
    may = rng.random((size, 3)) < 0.8
    marks = np.zeros((size, 3), dtype=np.bool_)
    chosen(scores, may, count, marks)
    for column in range(3):
        able = np.flatnonzero(may[:, column] & (scores[:, column] > 0))
        best = able[np.argsort(-scores[able, column], kind="stable")[:count]]
        assert (
            np.sort(scores[marks[:, column], column]).tolist()
            == np.sort(scores[best, column]).tolist()
        )
