"""What the text of a call seems to ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.terms.calls import read_call

CALL = """
We invite partnerships in Tower Hamlets and Newcastle upon Tyne to work with older people.
They will need bookkeeping and must provide debt advice and befriending.
Grants of up to £250,000. The lead must have an annual income of at least £100k.
"""


def test_skills_people_places_and_money_are_heard_with_their_words() -> None:
    found = read_call(CALL)
    skills = {each.term_id: each.words for each in found.of("skill")}
    assert skills["cap-debt-advice"] == ("debt advice",)
    assert skills["cap-bookkeeping"] == ("bookkeeping",)
    assert "cap-befriending" in skills
    assert "com-older-people" in {each.term_id for each in found.of("community")}
    assert {each.label for each in found.of("place")} == {"Tower Hamlets", "Newcastle upon Tyne"}
    assert found.budget == 250_000
    assert found.lead_min_income == 100_000


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("reading and bath time for children", set()),
        ("Work in Reading", {"Reading"}),
        ("across Greater Manchester", {"Greater Manchester"}),
    ],
)
def test_a_place_needs_its_capital_letter(said: str, places: set[str]) -> None:
    assert {each.label for each in read_call(said).of("place")} == places


@pytest.mark.parametrize(
    ("said", "budget"),
    [
        ("a fund of £1.5 million", 1_500_000),
        ("grants of up to £10k", 10_000),
        ("worth £ 7,500 or up to £20,000", 20_000),
        ("no money is named", None),
        (f"worth £7,500 or up to £{'9' * 400}", 7_500),
        (f"up to £{'9' * 30}m", None),
    ],
)
def test_amounts_are_read_in_their_usual_forms(said: str, budget: float | None) -> None:
    assert read_call(said).budget == budget


def test_where_no_skill_is_named_those_that_read_alike_are_suggested() -> None:
    found = read_call("Helping people write applications to trusts and foundations for money")
    assert found.of("skill")
    assert all(each.confidence < 0.5 for each in found.of("skill"))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 < each.confidence < 1 for each in read_call(text).heard)
