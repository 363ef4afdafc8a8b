"""gofar explain at the prompt."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from builders import need, skill
from graph.errors import InputError
from graph.stores import open_store

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("filled_store")


def test_it_adds_up_the_reasons_of_one_pair_as_match_does(run: Run) -> None:
    found = json.loads(run("explain", "mill lane kitchen", "org-tide", "--json").stdout)
    (matched,) = json.loads(run("match", "org-mill", "--json").stdout)
    assert found["score"] == pytest.approx(matched["score"])
    assert found["weights"] == "prior, not learned"
    assert sum(reason["points"] for reason in found["reasons"]) == pytest.approx(found["score"])
    assert all(reason["evidence"] for reason in found["reasons"])


def test_it_says_what_would_make_the_match_stronger(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(skill("posters"), need("mill", "posters"))
    found = json.loads(run("explain", "org-mill", "org-tide", "--json").stdout)["stronger"]
    (first,) = (each for each in found if each["change"] == "offer")
    assert (first["by"], first["about_name"]) == ("org-tide", "posters")
    assert first["gain"] > 0
    assert (first["rank_before"], first["rank"]) == (1, 1)
    text = run("explain", "org-mill", "org-tide").stdout
    assert "Tide & Co offers posters (number 1 → number 1)" in text
    assert "Weights: prior, not learned." in text
    assert "stronger if" not in run("explain", "org-mill", "org-tide", "--top", "0").stdout


def test_it_refuses_one_organisation_twice_and_those_to_be_kept_apart(run: Run) -> None:
    for pair in (("org-mill", "org-mill"), ("org-mill", "org-tide")):
        run("not-with", "org-mill", "org-tide")
        assert isinstance(run("explain", *pair).exception, InputError)
