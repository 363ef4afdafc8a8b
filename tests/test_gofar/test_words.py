"""gofar words at the prompt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from click.testing import Result

from builders import organisation
from graph.errors import InputError
from graph.model import Verdict, WorksOn
from graph.stores import open_store
from graph.testing.samples import write
from seeds.terms import vocabulary

Run = Callable[..., Result]

THEME = next(iter(vocabulary("theme")))


@pytest.fixture(autouse=True)
def world(store_url: str) -> None:
    with open_store(store_url) as store:
        write(store, *(organisation(f"G{n}", description="We zorble = dance.") for n in range(3)))


def test_words_that_nothing_covers_are_listed(run: Run) -> None:
    assert re.search(r"3 +zorble +\(org-G0, org-G1, org-G2\)", run("words").stdout)
    (word,) = [row for row in json.loads(run("words", "--json").stdout) if row["words"] == "zorble"]
    assert word == {"words": "zorble", "count": 3, "examples": ["org-G0", "org-G1", "org-G2"]}


def test_a_word_is_mapped_by_the_name_of_a_term(run: Run, store_url: str) -> None:
    done = run("words", "--map", f"zorble={THEME.id}")
    assert f"Said that “zorble” means {THEME.label}: 3 facts worked out." in done.stdout
    with open_store(store_url) as store:
        assert len(list(store.relationships(WorksOn, to_ids=[THEME.id]))) == 3
    assert "zorble" not in run("words").stdout
    undo = re.search(r"gofar undo (\S+)", done.stdout)
    assert undo
    run("undo", undo[1])
    assert "zorble" in run("words").stdout


def test_words_are_passed_over_and_texts_read_again(run: Run) -> None:
    assert "Passed over “zorble”." in run("words", "--ignore", "zorble").stdout
    assert "zorble" not in run("words").stdout
    run("words", "--reread")
    assert "Nothing to do" in run("words", "--reread").stdout


@pytest.mark.parametrize("wrong", ["zorble", "zorble=nothing at all", "...=theme-AR", "="])
def test_of_several_none_is_written_where_one_is_wrong(
    run: Run, store_url: str, wrong: str
) -> None:
    result = run("words", "--map", f"zorble={THEME.id}", "--map", wrong)
    assert isinstance(result.exception, InputError)
    with open_store(store_url) as store:
        assert not list(store.records(Verdict))


def test_mapping_a_phrase_of_ones_own_hides_no_other(run: Run) -> None:
    run("words", "--map", f"never said here={THEME.id}")
    assert "zorble" in run("words").stdout


def test_a_slip_in_a_term_gets_the_nearest(run: Run) -> None:
    label = vocabulary("community").term("com-older-people").label
    refused = run("words", "--map", f"zorble={label[:-1]}x")
    assert isinstance(refused.exception, InputError)
    assert f"Did you mean “{label}”" in str(refused.exception)
