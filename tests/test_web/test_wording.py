"""Sentences say what the data says, and a name can't turn them round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import TOLD, collaboration, need, offer, organisation
from graph.model import RELATIONSHIP_KINDS, Funding
from matching import SIGNALS, Direction, Reason
from web import wording
from web_app import RIGHT_TO_LEFT


def reason(signal: str, about: str = "x", name: str = "Bid writing") -> Reason:
    return Reason(signal, Direction.SHARED, 1.0, about, name, ())


@pytest.mark.parametrize("signal", [signal.name for signal in SIGNALS])
def test_every_signal_has_a_sentence(signal: str) -> None:
    for about, name in (("x", "Bid writing"), ("", "")):
        text = wording.sentence(reason(signal, about, name))
        assert text.endswith(".")
        assert text[0] == text[0].upper()


def test_a_signal_without_wording_speaks_by_its_label() -> None:
    assert wording.sentence(reason("brand_new")) == "Bid writing: brand new."
    assert wording.sentence(reason("brand_new", "", "")) == "Brand new."


def test_a_two_way_reason_says_who_gives() -> None:
    assert wording.sentence(reason("needs_met")) == "Bid writing: they offer it and you need it."
    assert wording.sentence(reason("offers_taken")) == "Bid writing: you offer it and they need it."


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "Ann: a partner of both of you, who could introduce you."),
        (2, "Ann and 1 other partner of both of you could introduce you."),
        (5, "Ann and 4 other partners of both of you could introduce you."),
    ],
)
def test_partners_in_common_are_counted(number: int, text: str) -> None:
    assert wording.sentence(replace(reason("common_partners", name="Ann"), count=number)) == text


def test_one_sidedness_says_which_side() -> None:
    assert "get more than you give" in wording.sentence(reason("balance", "gets", ""))
    assert "give more than you get" in wording.sentence(reason("balance", "gives", ""))


def test_every_direction_has_a_heading() -> None:
    assert set(wording.DIRECTIONS) == set(Direction)


def test_every_kind_of_tie_has_a_verb() -> None:
    names = {"a": "Ann", "b": "Bob"}.get
    needed = {
        "measured": {"measured_on": date(2026, 3, 31), "value": 1.0},
        "in_touch_with": {"happened_on": date(2026, 3, 31)},
    }
    for kind in RELATIONSHIP_KINDS:
        tie = kind(from_id="a", to_id="b", provenance=TOLD, **needed.get(kind.kind, {}))
        text = wording.statement(tie, lambda key: names(key) or key)
        assert text.startswith("Ann ")
        assert "_" not in text


def test_a_tie_tells_its_details() -> None:
    assert wording.detail(offer("A", "B", level=3, capacity=1.0)) == "strong, 1 day a month"
    assert wording.detail(need("A", "B", urgency=3, until=date(2027, 1, 31))) == (
        "now, until 31 January 2027"
    )
    together = collaboration("A", "B", how="referrals", since=date(2024, 5, 1))
    assert wording.detail(together) == "referrals, since 1 May 2024"
    grant = Funding(from_id="a", to_id="b", amount=12500, currency="EUR", provenance=TOLD)
    assert wording.detail(grant) == "12,500 EUR"


def test_an_organisation_says_what_the_signal_counts() -> None:
    fact = organisation("Ann", income=93700.0, description="Ann mends  bikes.\n" * 40)
    assert wording.statement(fact, str, "size_balance") == "Ann has an income of £93,700 a year"
    said = wording.statement(fact, str, "similar_activity")
    assert said.startswith("Ann says of itself: “Ann mends bikes. Ann mends")
    assert len(said) < 300


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    text = wording.sentence(reason("needs_met", name=RIGHT_TO_LEFT))
    assert text.startswith(f"\u2068{RIGHT_TO_LEFT}\u2069: they offer")


def test_an_inferred_fact_says_so() -> None:
    guessed = replace(TOLD, inferred=True, confidence=0.6)
    assert "worked out, 60% sure" in wording.source_of(guessed)


@pytest.mark.parametrize(
    ("value", "text"), [(1.2, "+1.20"), (-0.456, "\u22120.46"), (0, "+0.00"), (-0.001, "+0.00")]
)
def test_points_carry_a_sign(value: float, text: str) -> None:
    assert wording.points(value) == text


def test_days_read_as_people_write_them() -> None:
    assert wording.day(date(2026, 11, 1)) == "1 November 2026"
