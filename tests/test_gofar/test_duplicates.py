"""gofar duplicates, merge, unmerge, split and not-same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from builders import organisation
from graph.errors import InputError, UnknownOrganisation
from graph.stores import open_store

Run = Callable[..., Result]


@pytest.fixture
def twins(store_url: str) -> str:
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(
            organisation(
                "a", name="Tansy Choir", postcode="M1 1AE", external_ids=("GB-CHC-1000001",)
            ),
            organisation("b", name="The Tansy Choir", postcode="M1 1AE", external_ids=("360G-b",)),
            organisation("c", name="Sorrel [bold]Band", external_ids=("GB-CHC-1000002",)),
        )
    return store_url


@pytest.mark.usefixtures("twins")
def test_pairs_are_listed_with_what_was_compared(run: Run) -> None:
    text = run("duplicates").stdout
    assert "1 pair may be one: 1 likely." in text
    assert "likely (1.00): Tansy Choir (org-a) and The Tansy Choir (org-b)" in text
    assert "postcode: M1 1AE = M1 1AE" in text
    (pair,) = json.loads(run("duplicates", "--json").stdout)
    assert (pair["first_id"], pair["second_id"], pair["certainty"]) == ("org-a", "org-b", "likely")


@pytest.mark.usefixtures("twins")
def test_two_are_made_one_and_taken_apart(run: Run) -> None:
    made = run("merge", "GB-CHC-1000001", "The Tansy Choir", "--reason", "same people").stdout
    assert "The Tansy Choir is now part of org-a" in made
    assert "No pair looks alike" in run("duplicates").stdout
    found = re.search(r"gofar unmerge (\S+)", made)
    assert found
    assert "Taken back" in run("unmerge", found[1]).stdout
    assert "1 likely" in run("duplicates").stdout
    assert isinstance(run("unmerge", found[1]).exception, InputError)


@pytest.mark.usefixtures("twins")
def test_what_is_two_is_asked_once(run: Run) -> None:
    assert "they are two" in run("not-same", "org-a", "org-b").stdout
    assert "No pair looks alike" in run("duplicates").stdout
    assert isinstance(run("not-same", "org-a", "nobody").exception, UnknownOrganisation)


@pytest.mark.usefixtures("twins")
def test_a_list_of_aliases_makes_a_pair_certain(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text(
        "org_id_a,org_id_b,relationship\nGB-CHC-1000001,GB-CHC-1000002,sameas\n"
        "GB-CHC-1000001,GB-CHC-1000009,parent\n",
        encoding="utf-8",
    )
    text = run("duplicates", "--known", str(file)).stdout
    assert "certain (1.00): Tansy Choir (org-a) and Sorrel [bold]Band (org-c)" in text
    file.write_text("colour,shape\nred,round\n", encoding="utf-8")
    assert isinstance(run("duplicates", "--known", str(file)).exception, InputError)


@pytest.mark.usefixtures("twins")
def test_two_bodies_in_one_are_split(run: Run) -> None:
    text = run("split", "org-a", "--name", "Tansy Band", "--identifier", "GB-CHC-1000001").stdout
    assert "Tansy Band is now org-split-" in text
    found = re.search(r"gofar undo (\S+)", text)
    assert found
    assert "Taken back" in run("undo", found[1]).stdout
    wrong = run("split", "org-a", "--name", "New", "--identifier", "GB-CHC-9")
    assert isinstance(wrong.exception, InputError)
