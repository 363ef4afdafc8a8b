from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seeds.terms import suggest, vocabulary


def test_a_text_without_a_known_word_gets_the_terms_that_read_like_it() -> None:
    made = suggest("Support for those who left and served", k=3)

    assert "theme-AF104" in {each.term_id for each in made}
    assert {each.method for each in made} == {"similarity"}
    assert len(made) <= 3
    assert [each.confidence for each in made] == sorted(
        (each.confidence for each in made), reverse=True
    )


def test_what_is_like_nothing_gets_no_suggestion() -> None:
    assert suggest("xyzzy plugh") == ()
    assert suggest("") == ()
    assert suggest("choir", k=0) == ()


def test_a_suggestion_is_never_as_sure_as_a_word() -> None:
    assert all(made.confidence <= 0.6 for made in suggest("Animals. animal welfare, pets", k=20))


@given(
    st.text() | st.lists(st.sampled_from(["Choir", "ANIMALS", "befriending", "é"])).map(" ".join)
)
def test_suggestions_are_terms_and_name_words_of_the_text(text: str) -> None:
    for made in suggest(text):
        assert made.term_id in vocabulary(made.kind)
        assert 0 < made.confidence < 1
        assert made.words
        assert all(word in text for word in made.words)
