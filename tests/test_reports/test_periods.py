"""Weeks, months and quarters, and what people call them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model import Frequency
from reports.periods import Period, named, period_before, period_of, period_said

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1999, 1, 1), date(2100, 12, 31))


@given(st.sampled_from(Frequency), DAYS)
def test_periods_cover_every_day_once(frequency: Frequency, day: date) -> None:
    period = period_of(frequency, day)
    assert period.start <= day <= period.end
    assert period_of(frequency, period.start) == period_of(frequency, period.end) == period
    before = period_before(frequency, day)
    assert before.end + timedelta(days=1) == period.start


def test_a_week_begins_on_monday_and_a_quarter_in_january() -> None:
    assert period_of(Frequency.WEEKLY, date(2026, 11, 29)).start == date(2026, 11, 23)
    quarter = period_of(Frequency.QUARTERLY, date(2026, 12, 31))
    assert quarter == Period(date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-W10", date(2026, 3, 2), date(2026, 3, 8)),
        ("2026-01-15:2026-02-20", date(2026, 1, 15), date(2026, 2, 20)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("this-week", date(2026, 11, 23), date(2026, 11, 29)),
        (" Last-Month ", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_period_is_read_as_people_write_it(said: str, start: date, end: date) -> None:
    assert period_said(said, TODAY) == Period(start, end)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "2026",
        "2026-Q5",
        "2026-13",
        "2026-W60",
        "next-week",
        "2026-02-20:2026-01-15",
        "x" * 10**6,
        "2027-Q1",
        "2026-Q\u0661",
        "\x00",
        "2026-01-01:",
        "0000-Q1",
    ],
)
def test_what_is_no_period_or_yet_to_come_is_refused(said: str) -> None:
    with pytest.raises(InputError) as refused:
        period_said(said, TODAY)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "February 2026"),
        (date(2026, 3, 2), date(2026, 3, 8), "2 to 8 March 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "30 March to 5 April 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (date(2026, 12, 1), date(2027, 1, 31), "December 2026 to January 2027"),
        (date(2026, 3, 2), date(2026, 3, 2), "2 March 2026"),
    ],
)
def test_a_period_has_a_name(start: date, end: date, name: str) -> None:
    assert named(Period(start, end)) == name


def test_the_first_and_the_last_day_there_is_have_names() -> None:
    assert named(Period(date(2026, 1, 1), date.max)) == "January 2026 to December 9999"
    assert named(Period(date.min, date(1, 1, 5))) == "1 to 5 January 1"
