from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seeds.terms import UnmappedWord, unmapped


def texts(*words: str) -> list[tuple[str, str]]:
    return [(f"org-{number}", text) for number, text in enumerate(words)]


def test_words_that_nothing_covers_are_listed_with_where_they_stand() -> None:
    found = unmapped(texts(*["we keep bees in beehives"] * 2, "Apiary and beehives", "a choir"))

    assert found == [UnmappedWord("beehives", 3, ("org-0", "org-1", "org-2"))]


def test_a_phrase_is_listed_instead_of_its_words() -> None:
    found = unmapped(texts(*["a repair gizmo for all"] * 3))

    assert [word.words for word in found] == ["repair gizmo"]


def test_known_words_places_names_and_language_are_left_out() -> None:
    said = "The choir of Manchester and Zebedee meets with the charity for the community"

    assert unmapped(texts(*[said] * 4)) == []


def test_answers_of_people_take_words_from_the_list() -> None:
    many = texts(*["knitting", "beehives"] * 3)

    assert {word.words for word in unmapped(many)} == {"knitting", "beehives"}
    rest = unmapped(many, extra={"beehives": ("theme", "theme-EN104")}, ignored=["Knitting"])
    assert rest == []


def test_only_the_most_frequent_are_listed() -> None:
    many = texts(*["beehives"] * 5, *["gizmos"] * 4, *["widgets"] * 2)

    assert [word.words for word in unmapped(many)] == ["beehives", "gizmos"]
    assert [word.words for word in unmapped(many, most=1)] == ["beehives"]
    assert "widgets" in {word.words for word in unmapped(many, least=2)}


@given(st.lists(st.text(max_size=60) | st.just("beehives and gizmos"), max_size=6))
def test_it_takes_any_text_and_counts_no_text_twice(many: list[str]) -> None:
    for word in unmapped(texts(*many), least=1):
        assert 1 <= word.count <= len(many)
        assert 1 <= len(word.examples) <= 3
