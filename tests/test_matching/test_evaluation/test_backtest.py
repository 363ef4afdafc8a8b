"""A whole backtest: what it counts, that it repeats itself, and that it knows no future."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from pydantic import TypeAdapter

from builders import organisation, snapshot_of
from graph.model import Project, TakesPartIn
from histories import CUTOFF, about, project, random_history
from matching.errors import NotEnoughHistory
from matching.evaluation import FEW, METRICS, Backtest, backtest, rankers, split_at, tables
from matching.evaluation.backtest import data_hash

HISTORY = [
    *random_history(6),
    organisation("new"),
    *project("first", ["new", "001", "002"], CUTOFF + timedelta(50)),
]


FEW_RANKERS = rankers()[:3]


class Oracle:
    """Knows who will meet: a ranking that can't be beaten, by a split of its own."""

    name, label, is_baseline = "oracle", "knows all", False

    def top(self, network, rows, k):
        found = np.full((len(rows), k), -1, dtype=np.int64)
        partners = split_at(snapshot_of(*HISTORY), CUTOFF).partners(rows)
        for place in range(len(rows)):
            wanted = partners.indices[partners.indptr[place] : partners.indptr[place + 1]]
            found[place, : len(wanted)] = wanted
        return found


@pytest.fixture(scope="module")
def found():
    return backtest(snapshot_of(*HISTORY), CUTOFF, (*rankers(), Oracle()))


def test_who_knows_the_future_gets_full_marks(found):
    oracle = found.known.ranking("oracle")
    assert [oracle.metrics[metric.name].value for metric in METRICS] == [1, 1, 1, 1]
    assert oracle.metrics[FEW + "ndcg"].value < 1
    assert oracle.differences["ndcg"].percent.low > 0


def test_it_counts_what_it_rests_on(found):
    assert (
        found.known.asked
        == found.known.found
        == len(split_at(snapshot_of(*HISTORY), CUTOFF).queries)
    )
    starts = [fact.starts_on for fact in HISTORY if isinstance(fact, Project)]
    assert found.counts["organisations"] == 31
    assert (found.cold.asked, found.cold.partners) == (1, 2)
    assert found.counts["projects_before"] == sum(day < CUTOFF for day in starts)
    assert found.counts["projects_after"] == sum(day >= CUTOFF for day in starts)
    assert found.counts["projects_undated"] == 0


def test_each_metric_is_compared_with_the_baseline_that_is_best_at_it(found):
    best = found.known.best
    for metric in METRICS:
        values = {
            ranking.name: ranking.metrics[metric.name].value
            for ranking in found.known.rankings
            if ranking.is_baseline
        }
        assert values[best[metric.name]] == max(values.values())
        mine = found.known.ranking("prior")
        difference = mine.metrics[metric.name].value - max(values.values())
        assert mine.differences[metric.name].absolute.value == pytest.approx(difference, abs=2e-6)
    assert "ndcg" not in found.known.ranking(best["ndcg"]).differences


def test_the_same_history_and_seed_give_the_same_result(found):
    again = backtest(snapshot_of(*HISTORY), CUTOFF, (*rankers(), Oracle()))
    assert again == found
    assert backtest(snapshot_of(*HISTORY), CUTOFF, (*rankers(1), Oracle()), seed=1) != found


def test_a_sample_is_drawn_by_the_seed():
    snapshot = snapshot_of(*HISTORY)
    drawn = [backtest(snapshot, CUTOFF, FEW_RANKERS, sample=5, seed=seed) for seed in (1, 1, 2)]
    assert [each.known.asked for each in drawn] == [5, 5, 5]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_list_asks_only_for_those_on_it(found):
    ids = split_at(snapshot_of(*HISTORY), CUTOFF).before.organisation_ids[:10]
    few = backtest(snapshot_of(*HISTORY), CUTOFF, FEW_RANKERS, only=ids)
    assert 0 < few.known.asked < found.known.asked
    with pytest.raises(NotEnoughHistory, match="of the list"):
        backtest(snapshot_of(*HISTORY), CUTOFF, FEW_RANKERS, only=["org-nobody"])


def test_a_progress_bar_comes_to_its_end():
    seen = []
    backtest(snapshot_of(*HISTORY), CUTOFF, FEW_RANKERS, progress=lambda *told: seen.append(told))
    done, total, what = seen[-1]
    assert done == total
    assert str(CUTOFF) in what


def test_its_data_hash_is_that_of_the_facts_and_not_of_who_told_them(found):
    snapshot = snapshot_of(*HISTORY)
    tables = dict(snapshot.tables)
    old = tables["project"]
    later = {**old.columns, "last_confirmed": old["last_confirmed"] + 5}
    tables["project"] = replace(old, columns=later)
    assert data_hash(replace(snapshot, tables=tables)) == found.data_hash
    assert data_hash(snapshot_of(*HISTORY, organisation("newer"))) != found.data_hash


def test_a_result_comes_back_from_json_as_it_was(found):
    adapter = TypeAdapter(Backtest)
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_the_tables_show_every_ranking_best_first_with_losses(found):
    known, few, cold = tables(found)
    assert known.rows[0][0].text == "knows all"
    assert len(known.rows) == len(few.rows) == len(cold.rows) == len(rankers()) + 1
    values = [float(row[1].text) for row in known.rows]
    assert values == sorted(values, reverse=True)
    assert any(row[5].text.startswith("-") for row in known.rows)
    assert "best baseline" in [row[5].text for row in known.rows]


# --- no leak -----------------------------------------------------------------------------


def lists_of(history):
    """Every ranking of everybody, by what is known before the cutoff."""
    network = split_at(snapshot_of(*history), CUTOFF).before
    rows = np.arange(len(network))
    return {ranker.name: ranker.top(network, rows, 100) for ranker in rankers()}


def is_future(fact):
    return isinstance(fact, Project) and fact.starts_on >= CUTOFF


FUTURE = {fact.id for fact in HISTORY if is_future(fact)}


def other_words(history):
    """Future projects told in words that past projects use too, with themes of their own."""
    for fact in history:
        if is_future(fact):
            yield from project(
                fact.id.removeprefix("project-"), "", fact.starts_on, name="choir choir garden"
            )
            yield from about(fact.id.removeprefix("project-"), "food", "unheard-of")
        else:
            yield fact


def other_members(history):
    for fact in history:
        is_role = isinstance(fact, TakesPartIn) and fact.to_id in FUTURE
        if not is_role:
            yield fact
    for number, project_id in enumerate(sorted(FUTURE)):
        key = project_id.removeprefix("project-")
        day = next(fact.starts_on for fact in history if fact.id == project_id)
        yield from project(key, [f"{(number + step) % 30:03d}" for step in range(5)], day)


def other_days(history):
    for fact in history:
        if is_future(fact):
            key = fact.id.removeprefix("project-")
            later = fact.starts_on + timedelta(days=500)
            yield from project(key, "", later, name=fact.name)
        else:
            yield fact


def more_projects(history):
    yield from history
    yield from project("later", [f"{number:03d}" for number in range(20)], date(2031, 1, 1))


@pytest.mark.parametrize("change", [other_words, other_members, other_days, more_projects])
def test_nothing_of_the_future_changes_any_ranking(change):
    before, after = lists_of(HISTORY), lists_of(list(change(HISTORY)))
    for name, ranked in before.items():
        assert (ranked == after[name]).all(), name


def test_the_check_would_see_a_change_of_the_past():
    past = [*HISTORY, *project("earlier", ["000", "029", "015"], CUTOFF - timedelta(1))]
    before, after = lists_of(HISTORY), lists_of(past)
    changed = {name for name, ranked in before.items() if (ranked != after[name]).any()}
    assert changed >= {"popularity", "adamic_adar", "katz", "pagerank", "als", "prior"}
