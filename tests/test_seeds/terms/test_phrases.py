from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.terms.phrases import PhraseIndex, expanded, plain_phrase, spans_of, tokens_of


def found(expression: str, text: str) -> list[str]:
    tokens = tokens_of(text)
    index = PhraseIndex((phrase, expression) for phrase in expanded(expression))
    return [" ".join(tokens[start:end]) for start, end, _ in index.find(tokens)]


@pytest.mark.parametrize(
    ("expression", "text", "words"),
    [
        ("food bank", "two food-banks and a foodbank", ["food banks", "foodbank"]),
        ("soup (kitchen|run)", "a soup run, a Soup Kitchen", ["soup run", "Soup Kitchen"]),
        (
            "mental (ill)? health",
            "mental health; mental ill-health",
            ["mental health", "mental ill health"],
        ),
        ("hous*", "housing and houses, not a warehouse", ["housing", "houses"]),
        ("=arts", "arts, and an art", ["arts"]),
        ("^SEND", "SEND pupils; we send parcels", ["SEND"]),
        ("make .. grants", "we make many small grants", ["make many small grants"]),
        ("make .. grants", "we make a great many very small grants", []),
        ("make .. grants", "things we make. Grants too", []),
        ("cafe", "a Café", ["Café"]),
    ],
)
def test_an_expression_finds_what_it_stands_for(
    expression: str, text: str, words: list[str]
) -> None:
    assert found(expression, text) == words


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("food (bank", "not closed"),
        ("food bank)", "doesn't open"),
        ("food | ", "empty phrase"),
        (".. bank", "gap at an end"),
        ("(a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e)", "more than"),
    ],
)
def test_a_wrong_expression_says_what_is_wrong(expression: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        expanded(expression)


@given(st.text())
def test_spans_are_those_of_the_tokens(text: str) -> None:
    assert [text[start:end] for start, end in spans_of(text)] == tokens_of(text)


@given(st.lists(st.text(max_size=6), max_size=5), st.text(max_size=60))
def test_whatever_is_found_stands_in_the_text(phrases: list[str], text: str) -> None:
    tokens = tokens_of(text)
    index = PhraseIndex((phrase, phrase) for each in phrases if (phrase := plain_phrase(each)))

    for start, end, owner in index.find(tokens):
        written = "".join(plain_phrase(" ".join(tokens[start:end])))
        assert written == "".join(owner) or plain_phrase(tokens[start]) == ("".join(owner),)


def test_a_gap_does_not_look_further_the_longer_the_text() -> None:
    looked: list[int] = []

    class Counted(list[str]):
        def __getitem__(self, at: object) -> str:  # type: ignore[override]
            looked.append(1)
            return super().__getitem__(at)  # type: ignore[index, no-any-return]

    index = PhraseIndex((phrase, "x") for phrase in expanded("a .. a .. a .. b"))
    steps = []
    for length in (1_000, 2_000):
        looked.clear()
        assert index.find(Counted(["a"] * length)) == []
        steps.append(len(looked))
    assert steps[1] < 2.1 * steps[0]
