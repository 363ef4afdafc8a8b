"""gofar structure at the prompt."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations

import pytest
from click.testing import Result

from builders import collaboration, organisation
from graph.errors import InputError
from graph.stores import open_store

Run = Callable[..., Result]


def write(store_url: str, *, silent: int = 0) -> None:
    """Two circles of eight that only Hub joins, one alone, and some of whom nothing is known."""
    circles = [[f"{side}{number}" for number in range(8)] for side in ("East", "West")]
    pairs = [pair for circle in circles for pair in combinations(circle, 2)]
    pairs += [("hub", circle[0]) for circle in circles]
    names = [*circles[0], *circles[1], "Lone", *(f"Silent {number}" for number in range(silent))]
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(organisation("hub", name="[b]Hub[/b]"), *map(organisation, names))
        tx.upsert(*(collaboration(*pair) for pair in pairs))


def test_the_network_is_told_in_sentences_and_tables(run: Run, store_url: str) -> None:
    write(store_url)
    shown = " ".join(run("structure").stdout.split())
    for text in (
        "17 of 18 organisations can reach each other",
        "17 of 18 organisations (94%)",
        "2 circles keep to themselves",
        "Brokers: 1 of 17.",
        "[b]Hub[/b]",
        "Lone",
        "Who stands between others",
        "Circles that keep to themselves",
    ):
        assert text in shown
    # Eight of each circle, and Hub for both.
    assert "10 of 18 rows; see more with --limit." in shown
    assert "of 18 rows" not in run("structure", "--limit", "100").stdout


def test_the_json_has_the_ids(run: Run, store_url: str) -> None:
    write(store_url)
    found = json.loads(run("structure", "--json").stdout)
    assert found["isolate_ids"] == ["org-Lone"]
    assert [len(silo["member_ids"]) for silo in found["silos"]] == [8, 8]
    assert found["silo_gaps"][0]["between_ids"] == ["org-hub"]
    assert found["most_between"]["rows"][0]["organisation_id"] == "org-hub"
    assert found["cut_points"][0]["cut_off_count"] == 8
    assert (found["naming"], found["said_first"]) == ("full", [])
    assert found["coverage"] == {"told_count": 17, "open_count": 18, "share": 17 / 18}


def test_where_little_is_told_organisations_are_counted_and_not_named(
    run: Run, store_url: str
) -> None:
    write(store_url, silent=10)
    shown = " ".join(run("structure").stdout.split())
    assert "No ranking names organisations: only 61%" in shown
    assert "Hub" not in shown
    assert "Brokers: 1 of 17." in shown
    assert "Without 3 organisations, and without 2 ties, others would be cut off." in shown
    assert "Lone" in shown
    found = json.loads(run("structure", "--json").stdout)
    assert found["naming"] == "withheld"
    assert "org-hub" not in json.dumps(found)


def test_a_network_without_ties_says_so(run: Run, store_url: str) -> None:
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(organisation("Lone"))
    assert "No partnership is known yet" in run("structure").stdout
    assert json.loads(run("structure", "--json").stdout)["tie_count"] == 0


@pytest.mark.usefixtures("filled_store")
def test_a_day_to_come_is_refused_and_one_before_everything_too(run: Run) -> None:
    assert isinstance(run("structure", "--as-of", "2999-01-01").exception, InputError)
    assert isinstance(run("structure", "--as-of", "2001-01-01").exception, InputError)


@pytest.mark.usefixtures("filled_store")
def test_what_nobody_told_can_be_left_out(run: Run) -> None:
    assert "2 of 3 organisations" in run("structure", "--told-only").stdout
