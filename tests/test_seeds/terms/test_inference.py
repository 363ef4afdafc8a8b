from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import UnknownTerm
from seeds.terms import Inference, infer, vocabulary
from seeds.terms.inference import LONGEST_TEXT, quietened
from seeds.terms.rules import clues

TELLING = [" ".join(phrase) for phrase, _ in clues() if not set("".join(phrase)) & set("=^*.")]
"""Phrases of the rules and vocabularies, so that made-up texts are not all about nothing."""


def terms(text: str) -> set[str]:
    return {made.term_id for made in infer(text)}


def one(text: str, term_id: str) -> Inference:
    return next(made for made in infer(text) if made.term_id == term_id)


def test_a_text_tells_skills_themes_and_communities_with_their_words() -> None:
    made = infer("We run a food bank and offer debt advice to refugees.")

    assert {(each.kind, each.term_id) for each in made} >= {
        ("skill", "cap-food"),
        ("skill", "cap-debt-advice"),
        ("theme", "theme-SW301"),
        ("community", "com-refugees"),
    }
    assert one("We run a food bank.", "theme-SW301").words == ("food bank",)
    assert [each.kind for each in made] == sorted(
        (each.kind for each in made), key=("skill", "theme", "community").index
    )


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("We do not provide advice.", "cap-advice"),
        ("There is help, excluding legal advice.", "theme-CA101"),
        ("We provide no housing.", "theme-HO"),
        ("Open to all without distinction of sex, race, religion or politics.", "theme-RL"),
        ("Help for anyone regardless of age or disability.", "com-disability"),
        ("A non-religious choir.", "theme-RL"),
    ],
)
def test_what_a_text_denies_is_not_found(text: str, term_id: str) -> None:
    assert term_id not in terms(text)


def test_a_denial_ends_with_its_clause() -> None:
    assert "theme-HO" in terms("We do not give money. We provide housing.")


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("Meetings at 4 Church Road.", "theme-RL"),
        ("Funded by the National Lottery Heritage Fund.", "com-everyone"),
        ("Facilities in the interests of social welfare", "theme-SW"),
        ("To develop their physical, mental and spiritual capacities", "theme-RL"),
        ("Friends of the New Forest", "theme-FA104"),
        ("Guide dogs", "com-girls"),
    ],
)
def test_names_and_phrases_of_lawyers_say_nothing(text: str, term_id: str) -> None:
    assert term_id not in terms(text)


def test_what_is_true_of_most_objects_counts_half() -> None:
    plain = one("Relief of unemployment", "theme-EC107")
    legal = one("Relief of those in need by reason of unemployment", "theme-EC107")

    assert legal.confidence < plain.confidence


def test_capitals_mean_nothing_in_a_text_that_has_no_small_letters() -> None:
    assert "com-disability" not in terms("PLEASE SEND FLOWERS TO THE CHOIR")
    assert "com-disability" in terms("We support SEND pupils.")
    written = one("WE RUN A FOOD BANK", "theme-SW301")
    assert written.words == ("FOOD BANK",)


def test_a_text_is_quietened_only_if_it_stays_as_long() -> None:
    assert quietened("ADVICE") == "advice"
    assert quietened("Advice") == "Advice"
    assert quietened("\u0130STANBUL") == "\u0130STANBUL"  # its small letter takes two characters


def test_a_skill_counts_only_where_it_is_done_for_others() -> None:
    assert "cap-counselling" in terms("We provide counselling.")
    assert "cap-advice" not in terms("Trustees may take advice.")
    assert "cap-advice" not in terms("Advice is what our founder wished for.")


def test_paying_for_a_skill_is_no_offer_of_it() -> None:
    done = one("Counselling service for children", "cap-counselling")
    paid = one("Grants for a counselling service for children", "cap-counselling")

    assert paid.confidence < done.confidence
    assert "cap-payroll" not in terms("We provide grants for payroll.")


def test_the_longer_phrase_says_what_the_shorter_one_means() -> None:
    assert "com-young-carers" in terms("For young carers")
    assert "com-carers" not in terms("For young carers")


def test_more_phrases_make_a_guess_surer() -> None:
    once = one("Choirs", "theme-AR303")
    twice = one("Choirs and orchestras", "theme-AR303")
    again = one("Choirs, choirs, CHOIRS", "theme-AR303")

    assert twice.confidence > once.confidence
    assert again.confidence == once.confidence
    assert twice.words == ("Choirs", "orchestras")


def test_phrases_of_a_coordinator_count_and_are_surer() -> None:
    own = {"knit and natter": ("community", "com-older-people")}

    (made,) = infer("Knit & natter; a Knit and Natter.", extra=own)  # type: ignore[arg-type]

    assert (made.term_id, made.words, made.confidence) == (
        "com-older-people",
        ("Knit & natter", "Knit and Natter"),
        0.925,
    )


def test_a_phrase_for_a_term_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownTerm, match="com-nobody"):
        infer("x", extra={"x": ("community", "com-nobody")})


@given(st.text() | st.lists(st.sampled_from(TELLING) | st.text(max_size=5)).map(" ".join))
@example("ß" * 400 + " FOOD BANK")
@example("\x00\ud800 choir")
def test_every_guess_is_a_term_with_words_of_the_text_and_never_certain(text: str) -> None:
    one_line = " ".join(text.split())

    for made in infer(text):
        assert made.term_id in vocabulary(made.kind)
        assert 0 < made.confidence < 1
        assert made.words
        assert all(word in one_line for word in made.words)


@pytest.mark.parametrize(
    "piece", ["a", "food bank ", "grant make provide ", "((", "\u0301", "not ", "\n", "of the "]
)
def test_of_a_megabyte_only_the_beginning_is_read(piece: str) -> None:
    beginning = (piece * LONGEST_TEXT)[:LONGEST_TEXT]

    assert infer(beginning + " We run a choir." * 65_000) == infer(beginning)
