from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Offer, Relationship, Serves, Visibility, WorksOn
from seeds.sources.base import Context
from seeds.terms import Inference, inferred_ties
from seeds.terms.ties import basis_of, mapped_words, strongest


def context(**words: str) -> Context:
    return Context(
        source="test",
        actor="ada@example.org",
        asserted_on=date(2026, 11, 2),
        holders=lambda kind, ids: {},
        known=lambda kind, ids: set(),
        named=dict,
        words=words,
    )


def ties(text: str, of: Context | None = None, **more: object) -> list[Relationship]:
    made = inferred_ties(
        of or context(),
        "org-a",
        text,
        "list.csv",
        visibility=Visibility.PUBLIC,
        **more,  # type: ignore[arg-type]
    )
    return [item for item in made if isinstance(item, Relationship)]


def test_each_guess_becomes_a_tie_that_says_so_and_why() -> None:
    made = ties("We run a food bank for refugees.")

    by_term = {tie.to_id: tie for tie in made}
    assert isinstance(by_term["theme-SW301"], WorksOn)
    assert isinstance(by_term["com-refugees"], Serves)
    offer = by_term["cap-food"]
    assert isinstance(offer, Offer)
    assert offer.level == 1
    assert all(tie.provenance.inferred for tie in made)
    told = by_term["theme-SW301"].provenance
    assert (told.basis, told.confidence, told.source) == (
        'words: "food bank"',
        0.85,
        "test: list.csv",
    )


def test_terms_come_before_their_ties_and_once() -> None:
    of = context()
    met: set[str] = set()
    for text in ("We run a choir.", "A choir and a food bank"):
        for item in inferred_ties(of, "org-a", text, "f", visibility=Visibility.PUBLIC):
            if isinstance(item, Relationship):
                assert item.to_id in met
            else:
                assert item.id not in met
                met.add(item.id)


def test_a_factor_makes_guesses_less_sure_and_kinds_limit_them() -> None:
    (choir,) = ties("Choirs", kinds=("theme",))
    (weaker,) = ties("Choirs", kinds=("theme",), factor=0.5)

    assert weaker.provenance.confidence == pytest.approx(choir.provenance.confidence / 2, abs=0.001)
    assert ties("Choirs", kinds=("theme",), factor=0.1) == []


def test_what_people_have_mapped_counts_and_what_is_gone_does_not() -> None:
    of = context(**{"natter": "com-older-people", "waffle": "com-gone"})

    assert mapped_words(of.words) == {"natter": ("community", "com-older-people")}
    assert [tie.to_id for tie in ties("We natter and waffle", of)] == ["com-older-people"]


def test_the_strongest_of_several_guesses_about_a_term_is_kept() -> None:
    weak = Inference("theme", "theme-AR303", 0.5, ("band",), "rule")
    other = Inference("theme", "theme-AN", 0.4, ("dogs",), "rule")
    sure = Inference("theme", "theme-AR303", 0.8, ("choir",), "rule")

    assert strongest((weak, other, sure, weak)) == (sure, other)


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=8))
def test_a_basis_is_never_too_long_for_the_model(words: list[str]) -> None:
    made = Inference("theme", "theme-AN", 0.5, tuple(words), "rule")

    assert len(basis_of(made)) <= 500
