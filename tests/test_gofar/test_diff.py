"""gofar diff, and the network of another day at the prompt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import Result

from builders import offer, organisation, skill, told
from graph.errors import InputError
from graph.model import Visibility
from graph.stores import open_store

Run = Callable[..., Result]


@pytest.fixture
def dated_store(store_url: str) -> str:
    """A store with changes on 1, 10 and 20 March 2026."""
    with open_store(store_url) as store:
        store.clock = lambda: datetime(2026, 3, 1, 9, tzinfo=UTC)
        with store.transaction("ada") as tx:
            tx.upsert(organisation("a"), organisation("b"), skill("s"), offer("a", "s"))
        store.clock = lambda: datetime(2026, 3, 10, 23, 59, tzinfo=UTC)
        with store.transaction("ada") as tx:
            tx.upsert(organisation("a", website="https://a.example"), organisation("c"))
            tx.upsert(organisation("hidden", provenance=told(Visibility.PRIVATE)))
        store.clock = lambda: datetime(2026, 3, 20, 9, tzinfo=UTC)
        with store.transaction("ada") as tx:
            tx.delete("skill", ["cap-s"])
            tx.delete("organisation", ["org-c"])
    return store_url


@pytest.mark.usefixtures("dated_store")
def test_diff_lists_exactly_what_changed(run: Run) -> None:
    listed = json.loads(run("diff", "2026-03-01", "2026-03-10", "--json").stdout)
    assert [(each["change"], each["id"], each["fields"]) for each in listed] == [
        ("changed", "org-a", ["website"]),
        ("added", "org-c", []),
    ]
    assert listed[0]["after"]["website"] == "https://a.example"
    ids = [
        each["id"] for each in json.loads(run("diff", "2026-03-01", "2026-03-20", "--json").stdout)
    ]
    assert ids[:2] == ["org-a", "cap-s"]
    assert "org-c" not in ids
    assert len(ids) == 3


@pytest.mark.usefixtures("dated_store")
def test_diff_says_it_in_words(run: Run) -> None:
    text = run("diff", "2026-03-10", "2026-03-20").stdout
    assert "- offers: a → s" in text
    assert "- organisation: c (org-c)" in text
    assert "Nothing changed" in run("diff", "2026-03-11", "2026-03-19").stdout
    only = run("diff", "2026-03-10", "2026-03-20", "--kind", "skill").stdout
    assert "offers" not in only


@pytest.mark.usefixtures("dated_store")
def test_diff_shows_nothing_that_is_private(run: Run) -> None:
    assert "hidden" not in run("diff", "2026-02-01", "2026-03-30", "--json").stdout


@pytest.mark.usefixtures("dated_store")
def test_days_the_wrong_way_round_are_refused(run: Run) -> None:
    assert "first day comes first" in run("diff", "2026-03-20", "2026-03-10").output
    assert run("diff", "March", "2026-03-10").exit_code == 2


@pytest.mark.usefixtures("dated_store")
def test_match_and_gaps_can_look_at_a_past_day(run: Run) -> None:
    assert run("match", "org-c", "--as-of", "2026-03-10").exit_code == 0
    assert run("match", "org-c", "--as-of", "2026-03-09").exit_code == 1
    assert isinstance(run("gaps", "--as-of", "2026-02-01").exception, InputError)
    assert isinstance(run("gaps", "--as-of", "2999-01-01").exception, InputError)


@pytest.mark.usefixtures("filled_store")
def test_told_only_leaves_told_suggestions(run: Run) -> None:
    assert "Tide & Co" in run("match", "org-mill", "--told-only").stdout
