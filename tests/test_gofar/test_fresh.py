"""gofar fresh, confirm and reject at the prompt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from click.testing import Result

from graph.model import Offer, WorksOn
from graph.stores import open_store
from graph.testing.samples import write
from upkeep_world import GONE, GUESS, OFFER, SINGERS, SURE_GUESS, WORLD

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def world(store_url: str) -> None:
    with open_store(store_url) as store:
        write(store, *WORLD)


def test_it_counts_and_lists_what_waits(run: Run) -> None:
    text = run("fresh").stdout
    assert "Worked out, not confirmed: 3" in text
    assert f'{SURE_GUESS.id}  Kitchen works on Music (93% sure, words: "choir")' in text
    assert f"{OFFER.id}  Kitchen offers Cooking, last confirmed 2023-03-04" in text
    assert "Gone (org-g), since 2026-05-03" in text
    assert "Singers (org-s)" in text


def test_json_says_the_same_for_programs(run: Run) -> None:
    found = json.loads(run("fresh", "--json", "--top", "1").stdout)
    assert found["counts"] == {"inferred": 3, "unconfirmed": 2, "removed": 1, "unlocated": 1}
    assert [row["id"] for row in found["inferred"]] == [SURE_GUESS.id]
    (removed,) = found["removed"]
    assert (removed["id"], removed["partnerships"]) == (GONE.id, 1)
    assert found["unlocated"] == [{"id": SINGERS.id, "name": "Singers"}]


def test_what_is_left_out_is_counted(run: Run) -> None:
    assert "… and 2 more; see --top." in run("fresh", "--top", "1").stdout


def test_facts_are_confirmed_rejected_and_both_undone(run: Run, store_url: str) -> None:
    told = run("confirm", GUESS.id, SURE_GUESS.id)
    assert told.exit_code == 0
    assert "Confirmed 2 facts." in told.stdout
    gone = run("reject", OFFER.id, "--reason", "the cook left")
    with open_store(store_url) as store:
        assert not any(tie.provenance.inferred for tie in store.records(WorksOn))
        assert store.record(Offer, OFFER.id) is None
    for done in (gone, told):
        undo = re.search(r"gofar undo (\S+)", done.stdout)
        assert undo
        assert run("undo", undo[1]).exit_code == 0
    with open_store(store_url) as store:
        assert store.record(WorksOn, GUESS.id) == GUESS
        assert store.record(Offer, OFFER.id) == OFFER


def test_a_fact_that_is_not_there_is_named(run: Run) -> None:
    result = run("confirm", "works_on-0", GUESS.id)
    assert result.exit_code == 1
    assert "There is no fact works_on-0" in result.stderr
    assert "Confirmed 1 fact." in result.stdout


def test_saying_it_twice_changes_nothing(run: Run) -> None:
    run("confirm", GUESS.id)
    assert "Nothing to do" in run("confirm", GUESS.id).stdout
