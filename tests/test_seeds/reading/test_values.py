from __future__ import annotations

from datetime import date

import pytest

from seeds.reading.values import as_date, as_flag, as_number, plain_text, prose


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2024",
        "31.3.2024",
        "31-03-2024",
        "31/03/24",
        "2024-03-31",
        "2024-03-31T00:00:00+00:00",
        "2024-03-31 10:15",
        "31/03/2024 10:15",
        "45382",
        "31 March 2024",
        "31 Mar 2024",
    ],
)
def test_a_day_is_read_as_the_british_write_it(text: str) -> None:
    assert as_date(text) == date(2024, 3, 31)


@pytest.mark.parametrize("text", ["", "bad", "31/02/2024", "13/13/2024", "7", "2024", "9" * 99])
def test_what_is_no_day_is_none(text: str) -> None:
    assert as_date(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", 1234.5),
        ("£1,234", 1234),
        ("1234 GBP", 1234),
        ("£ 12", 12),
        ("(5)", -5),
        ("-5", -5),
        ("1e3", 1000),
        (".5", 0.5),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: float) -> None:
    assert as_number(text) == number


@pytest.mark.parametrize("text", ["", "£", "1,23", "abc", "1.2.3", "nan", "inf", "12 apples"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert as_number(text) is None


def test_yes_and_no_are_told_apart() -> None:
    assert (as_flag("Yes"), as_flag("n"), as_flag("perhaps")) == (True, False, None)


def test_control_characters_are_mended_or_removed() -> None:
    assert prose("a\x96b\x00c\td\n") == "a–b c\td\n"
    assert plain_text(" a\x07 b\n\nc ") == "a b c"
