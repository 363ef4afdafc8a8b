"""gofar board, and what partners agree, count and tell each other, at the prompt."""

from __future__ import annotations

import json
import re

import pytest

from conditions_world import twelve
from graph.errors import InputError, InvalidRecord, UnknownOrganisation
from graph.model import Contact, Goal, Measurement, SignOff
from graph.stores import open_store
from graph.testing.samples import write
from upkeep_world import WORLD


@pytest.fixture(autouse=True)
def world(store_url):
    with open_store(store_url) as store:
        write(store, *WORLD)


def kept(store_url, kind):
    with open_store(store_url) as store:
        return list(store.records(kind))


def test_the_board_is_printed_and_told_as_json(run, store_url, tmp_path):
    url = f"sqlite:///{tmp_path / 'twelve.db'}"
    with open_store(url) as store:
        write(store, *twelve())

    text = run("board", "--store", url).stdout
    told = json.loads(run("board", "--json", "--store", url).stdout)

    assert "5 of 11 organisations" in text
    assert told["agenda"]["signed"] == {"count": 5, "of": 11, "share": 5 / 11}
    assert told["backbone"]["hanging_ids"] == ["org-I", "org-J"]
    pairs = told["activities"]["duplicating_pairs"]
    assert [(pair["first_id"], pair["second_id"]) for pair in pairs] == [
        ("org-A", "org-C"),
        ("org-E", "org-F"),
    ]


def test_an_empty_board_has_no_shares(run):
    assert "0 of 0 projects" in run("board").stdout


def test_a_goal_is_added_signed_and_the_signature_taken_back(run, store_url):
    assert "Added the goal Everybody eats" in run("goal", "Everybody eats").stdout
    done = run("sign", "Singers", "everybody eats", "--role", "sings", "--on", "2026-03-01")
    assert "Singers signed Everybody eats" in done.stdout
    assert kept(store_url, SignOff)[0].role == "sings"
    assert "Everybody eats: Singers, sings" in run("agreed").stdout
    run("undo", re.search(r"gofar undo (\S+)", done.stdout)[1])
    assert not kept(store_url, SignOff)
    run("sign", "Singers", "Everybody eats")
    assert "withdrew" in run("sign", "Singers", "Everybody eats", "--withdraw").stdout
    assert "Nothing to do" in run("sign", "Singers", "Everybody eats", "--withdraw").stdout
    (goal,) = kept(store_url, Goal)
    run("goal", "Everybody eats well", "--id", goal.id, "--due", "2030-01-31")
    assert kept(store_url, Goal)[0].name == "Everybody eats well"


def test_a_value_is_reported_corrected_and_removed(run, store_url):
    run("goal", "Everybody eats")
    run("measure", "Meals", "--unit", "meals", "--goal", "Everybody eats")
    run("measured", "Parade", "Meals", "2026-03-31", "-12.5")
    assert kept(store_url, Measurement)[0].value == -12.5
    assert "corrected 14" in run("measured", "Parade", "Meals", "2026-03-31", "14").stdout
    assert "Meals (meals): 14 by Parade on 2026-03-31" in run("agreed").stdout
    run("measured", "Parade", "Meals", "2026-03-31", "--remove")
    assert not kept(store_url, Measurement)


def test_a_contact_is_noted_listed_and_removed(run, store_url):
    run("contact", "Singers", "Kitchen", "2026-03-31", "--how", "call", "--note", "the hall")
    told = json.loads(run("agreed", "--json").stdout)
    assert [(row["on"], row["how"], row["note"]) for row in told["contacts"]] == [
        ("2026-03-31", "call", "the hall")
    ]
    run("contact", "Kitchen", "Singers", "2026-03-31", "--how", "call", "--remove")
    assert not kept(store_url, Contact)
    assert "Contacts: none yet" in run("agreed").stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("sign", "Nobody", "x"), UnknownOrganisation),
        (("sign", "Singers", "No such goal"), InputError),
        (("measured", "Singers", "No such measure", "2026-03-31", "1"), InputError),
        (("measured", "Singers", "x", "2026-03-31"), InputError),
        (("measure", "Meals", "--goal", "No such goal"), InputError),
        (("goal", " "), InvalidRecord),
        (("contact", "Singers", "Kitchen", "2999-01-01"), InvalidRecord),
    ],
)
def test_what_cannot_stand_is_refused(run, arguments, error):
    assert isinstance(run(*arguments).exception, error)
