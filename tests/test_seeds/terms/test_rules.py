from __future__ import annotations

import pytest

from graph.errors import GofarError
from graph.vocabulary import Term, Vocabulary, communities, themes
from seeds.terms import vocabulary
from seeds.terms.rules import clues, read_rules

TITLES = "term,include,alone,exclude,skip,confidence\n"


def test_every_clue_is_sure_to_a_degree_and_about_a_known_term() -> None:
    for phrase, clue in clues():
        assert phrase
        if clue.speaks:
            assert clue.term_id in vocabulary(clue.kind)
            assert 0 < clue.confidence < 1


@pytest.mark.parametrize("words", [themes(), communities()])
def test_every_theme_and_community_beneath_a_heading_can_be_found(words: Vocabulary[Term]) -> None:
    spoken = {clue.term_id for _, clue in clues() if clue.speaks}

    silent = {term.id for term in words} - spoken
    assert {term_id for term_id in silent if not list(words.narrower(term_id))} == set()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("theme-ZZ,zebra,,,,0.5", "theme-ZZ"),
        ("theme-AN,(zebra,,,,0.5", "not closed"),
        ("theme-AN,zebra,,,zebras,0.5", "skips 'zebras'"),
        ("theme-AN,zebra,,,,much", "much"),
        ("theme-AN,zebra,,,,2", "between 0 and 1"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(row: str, why: str) -> None:
    with pytest.raises(GofarError, match=rf"row 3.*{why}"):
        read_rules(f"{TITLES}theme-AN,horse,,,,0.5\n{row}\n")
