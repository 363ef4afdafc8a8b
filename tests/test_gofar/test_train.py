"""gofar train at the prompt: learned, kept, used, forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from graph.model import LearnedModel
from graph.stores import open_store
from histories import CUTOFF, random_history
from matching.errors import NotEnoughHistory
from matching.evaluation import Learned, split_at
from matching.testing.worlds import snapshot_of

Run = Callable[..., Result]
HISTORY = random_history(6, bodies=60, projects=160)


@pytest.fixture
def history_store(store_url: str) -> str:
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(*HISTORY)
    return store_url


def test_match_ranks_by_what_was_learned_until_it_is_forgotten(
    run: Run, history_store: str
) -> None:
    by_prior = run("match", "--all", "--csv").stdout
    assert "kept apart: NDCG@10" in " ".join(run("train").stdout.split())
    learned = run("match", "--all", "--csv").stdout
    assert learned != by_prior
    assert run("match", "--all", "--csv", "--prior").stdout == by_prior
    assert "forgotten" in run("train", "--forget").stdout
    assert run("match", "--all", "--csv").stdout == by_prior
    assert "Nothing was learned" in run("train", "--forget").stdout


def test_one_organisation_gets_chances_and_reasons_that_add_up(
    run: Run, history_store: str
) -> None:
    run("train")
    found = json.loads(run("match", "org-000", "--json").stdout)
    for each in found:
        assert each["weights"] == "learned"
        assert 0 <= each["chance"]["low"] <= each["chance"]["high"] <= 1
        assert sum(reason["points"] for reason in each["reasons"]) == pytest.approx(each["score"])
    text = " ".join(run("match", "org-000").stdout.split())
    assert "work together within three months" in text
    assert "learned from past work" in text


def test_the_card_is_kept_with_the_model(run: Run, history_store: str) -> None:
    shown = json.loads(run("train", "--json", "--seed", "5").stdout)
    with open_store(history_store) as store:
        kept = store.record(LearnedModel, "pair-model")
        assert kept is not None
        assert kept.data_hash == shown["card"]["data_hash"] == store.snapshot().content_hash
    assert json.loads(kept.content)["card"]["seed"] == 5


def test_without_enough_history_nothing_is_kept(run: Run, filled_store: str) -> None:
    assert isinstance(run("train").exception, NotEnoughHistory)
    with open_store(filled_store) as store:
        assert store.record(LearnedModel, "pair-model") is None


def test_what_match_gives_is_what_a_backtest_judges(run: Run, store_url: str) -> None:
    split = split_at(snapshot_of(HISTORY), CUTOFF)
    before = split.before
    tables = before.snapshot.tables.values()
    ids = (each for table in tables for each in table.ids.tolist())
    kept = {each.decode() if isinstance(each, bytes) else each for each in ids}
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(*(record for record in HISTORY if record.id in kept))
    run("train")
    lines = [line.split(",") for line in run("match", "--all", "--csv").stdout.splitlines()[1:]]
    rows = split.queries
    judged = Learned().top(before, rows, 10)
    for place, row in enumerate(rows.tolist()):
        name = before.organisation_ids[row]
        given = [partner for org, _, partner, _ in lines if org == name]
        assert given == [before.organisation_ids[p] for p in judged[place].tolist() if p >= 0]
