"""gofar not-with, introduced and introductions at the prompt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from graph.errors import InputError, UnknownOrganisation
from graph.model import WorksIn
from graph.stores import open_store
from graph.testing.samples import write
from upkeep_world import KITCHEN, PARTNERS, SALE, SINGERS, TOLD, WORLD

# So that much speaks for the two.
WANTED = (
    WorksIn(from_id=SINGERS.id, to_id=SALE.id, provenance=TOLD),
    WorksIn(from_id=KITCHEN.id, to_id=SALE.id, provenance=TOLD),
)
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def world(store_url: str) -> None:
    with open_store(store_url) as store:
        write(store, *(fact for fact in WORLD if fact.id != PARTNERS.id), *WANTED)


def partners_of(run: Run, name: str) -> list[str]:
    return [found["name"] for found in json.loads(run("match", name, "--json").stdout)]


def test_a_veto_takes_each_out_of_the_others_list_until_it_is_undone(run: Run) -> None:
    assert "Kitchen" in partners_of(run, "Singers")
    assert "Singers" in partners_of(run, "Kitchen")
    done = run("not-with", "Kitchen", "Singers", "--why", "a quarrel")
    assert done.exit_code == 0
    assert "Kitchen" not in partners_of(run, "Singers")
    assert "Singers" not in partners_of(run, "Kitchen")
    undo = re.search(r"gofar undo (\S+)", done.stdout)
    assert undo
    run("undo", undo[1])
    assert "Kitchen" in partners_of(run, "Singers")


def test_who_declined_is_not_suggested_before_the_cool_off_is_over(run: Run) -> None:
    run("introduced", "Singers", "Kitchen", "declined", "--reason", "too far", "--words", "2 buses")
    assert "Kitchen" not in partners_of(run, "Singers")
    text = run("introductions").stdout
    assert "Singers → Kitchen: declined (too far; 2 buses; not suggested before" in text
    run("introduced", "Singers", "Kitchen", "declined", "--again-after", "2026-01-01")
    assert "cool-off over" in run("introductions").stdout
    assert "Kitchen" in partners_of(run, "Singers")


@pytest.mark.parametrize("option", [("--reason", "too far"), ("--again-after", "2027-01-01")])
def test_what_belongs_to_an_end_is_refused_where_nothing_ended(
    run: Run, option: tuple[str, str]
) -> None:
    error = run("introduced", "Singers", "Kitchen", "met", *option).exception
    assert isinstance(error, InputError)
    assert option[0] in error.message
    assert "declined or lapsed" in error.remedy
    assert "No introduction" in run("introductions").stdout


def test_the_list_says_until_when_a_veto_holds(run: Run) -> None:
    run("not-with", "Kitchen", "Singers", "--until", "2026-01-01")
    run("not-with", "Kitchen", "Gone", "--until", "2999-01-01")
    shown = run("introductions").stdout
    assert "Singers: not with (over since 2026-01-01)" in shown
    assert "Gone: not with (until 2999-01-01)" in shown


def test_json_tells_programs_the_same(run: Run) -> None:
    assert "No introduction or veto" in run("introductions").stdout
    run("not-with", "Kitchen", "Gone", "--until", "2026-01-01")
    run("introduced", "Singers", "Kitchen", "met", "--useful", "very")
    met, veto = json.loads(run("introductions", "--json").stdout)
    assert (met["name"], met["other_name"], met["state"]) == ("Singers", "Kitchen", "met")
    assert (veto["state"], veto["is_barred"]) == ("not with", False)
    assert "Nothing to do" in run("not-with", "Kitchen", "Gone", "--until", "2026-01-01").stdout


def test_files_for_others_hold_no_veto_unless_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    run("not-with", "Kitchen", "Singers", "--why", "a quarrel")
    plain, whole = tmp_path / "plain.graphml", tmp_path / "whole.graphml"
    told = run("export", "graphml", str(plain)).stdout
    assert "1 × not with: confidential" in told
    assert "quarrel" not in plain.read_text()
    assert "confidential" not in run("export", "graphml", str(whole), "--confidential").stdout
    assert "quarrel" in whole.read_text()


def test_a_stranger_is_named(run: Run) -> None:
    done = run("not-with", "Kitchen", "Nobody at all")
    assert isinstance(done.exception, UnknownOrganisation)
    assert "Nobody at all" in str(done.exception)
