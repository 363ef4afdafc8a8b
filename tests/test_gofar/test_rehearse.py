"""gofar if-closed and gofar what-if at the prompt."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from builders import need, organisation, skill
from graph.errors import InputError, UnknownOrganisation
from graph.stores import open_store

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("filled_store")


def test_a_closing_says_what_would_be_lost_and_of_how_much(run: Run) -> None:
    shown = run("if-closed", "mill lane kitchen").stdout
    assert "If Mill Lane Kitchen closed" in shown
    assert "Tide & Co needs vans" in shown
    assert "Old Friends" in shown
    assert "nothing is stored" in shown
    found = json.loads(run("if-closed", "org-mill", "--json").stdout)
    assert {need["organisation_id"] for need in found["needs_uncovered"]} == {"org-tide", "org-old"}
    assert all(len(need["facts"]) == 2 for need in found["needs_uncovered"])
    assert (found["isolated"], found["others"]) == (["org-old"], 2)


def test_without_an_organisation_the_costliest_and_the_single_points_are_listed(run: Run) -> None:
    shown = run("if-closed").stdout
    assert "vans: Mill Lane Kitchen, needed by 2" in shown
    assert "whose closing would cost most" in shown
    found = json.loads(run("if-closed", "--json").stdout)
    assert [each["organisation_id"] for each in found["closings"]] == ["org-mill", "org-old"]
    assert found["single_points"]["skills"][0]["skill_id"] == "cap-vans"


def test_where_little_is_told_nobody_is_ranked(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(*(organisation(name) for name in ("x", "y")))
    assert "so nobody is ranked" in run("if-closed").stdout
    found = json.loads(run("if-closed", "--json").stdout)
    assert found["closings"] == []
    assert found["no_ranking"]


def test_a_network_in_which_nothing_would_break_says_so(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.delete("organisation", ["org-mill", "org-old"])
    assert "nothing would break" in run("if-closed").stdout


def test_an_unknown_organisation_is_refused(run: Run) -> None:
    assert isinstance(run("if-closed", "nobody at all").exception, UnknownOrganisation)


def test_a_what_if_shows_figures_gaps_and_suggestions(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store:
        version = store.version()
    arguments = ("--without", "Mill Lane Kitchen", "--with", "Newcomers")
    more = ("--offer", "Newcomers", "vans", "--tie", "newcomers".title(), "Tide & Co")
    shown = run("what-if", *arguments, *more).stdout
    for text in ("Mill Lane Kitchen goes.", "Newcomers offers vans.", "Have a first partner"):
        assert text in shown
    assert "nothing is stored" in shown
    found = json.loads(run("what-if", *arguments, *more, "--json").stdout)
    assert (found["organisations"]["before"], found["organisations"]["after"]) == (3, 3)
    assert found["linked"] == ["org-tide"]
    with open_store(filled_store) as store:
        assert store.version() == version


def test_a_skill_more_and_less_moves_the_gaps(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(skill("wings"), need("mill", "wings"), organisation("far", name="[b]Far[/b]"))
    shown = run(
        "what-if", "--offer", "[b]Far[/b]", "wings", "--no-offer", "org-mill", "vans"
    ).stdout
    assert "[b]Far[/b] offers wings." in shown
    assert "wings: offered by nobody today, then by one organisation only." in shown
    assert "Mill Lane Kitchen no longer offers vans." in shown
    less = run("what-if", "--no-need", "org-mill", "wings", "--about", "Tide & Co").stdout
    assert "wings is no gap any more" in less
    assert "For Tide & Co" not in less


def test_a_what_if_without_a_change_is_refused(run: Run) -> None:
    error = run("what-if").exception
    assert isinstance(error, InputError)
    assert error.remedy


def test_two_kept_apart_are_not_joined_in_thought(run: Run) -> None:
    run("not-with", "org-mill", "org-tide")
    error = run("what-if", "--tie", "org-mill", "org-tide").exception
    assert isinstance(error, InputError)
    assert "not to be brought together" in error.message


def test_an_introduction_says_what_it_does_by_itself(run: Run) -> None:
    shown = run("introduce").stdout
    assert "Tide & Co gets its first partner." in shown
    assert "Tide & Co needs vans, and Mill Lane Kitchen offers it." in shown
    (each,) = json.loads(run("introduce", "--json").stdout)["each"]
    assert each["links"] == ["org-tide"]
    assert {met["skill_id"] for met in each["needs_met"]} == {"cap-vans", "cap-bids"}
    assert (each["without_partner"]["before"], each["without_partner"]["after"]) == (1, 0)
