"""Weeks, months and quarters: what a report is about."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from graph.errors import InputError, quoted
from graph.model import Frequency

__all__ = ["Period", "named", "period_before", "period_of", "period_said"]

_DAY = timedelta(days=1)
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Some days, from the first to the last."""

    start: date
    end: date


def period_of(frequency: Frequency, day: date) -> Period:
    """Return the week (Monday to Sunday), month or calendar quarter that a day lies in."""
    if frequency is Frequency.WEEKLY:
        start = day - timedelta(days=day.weekday())
        return Period(start, start + timedelta(days=6))
    length = _MONTHS[frequency]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Period(
        date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])
    )


def period_before(frequency: Frequency, day: date) -> Period:
    """Return the last period that was over when ``day`` began."""
    return period_of(frequency, period_of(frequency, day).start - _DAY)


def named(period: Period) -> str:
    """Return what people call a period: "January to March 2026", "2 to 8 March 2026"."""
    start, end = period.start, period.end
    if start == end:
        return _day(start)
    # Not by the day after: the last day that there is has none.
    is_whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if is_whole and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B} {start.year}"
    if is_whole:
        year = "" if start.year == end.year else f" {start.year}"
        return f"{start:%B}{year} to {end:%B} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {_day(end)}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {start:%B}{year} to {_day(end)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def period_said(text: str, today: date) -> Period:
    """Return the period that somebody means by what they wrote; raises InputError.

    ``2026-Q1``, ``2026-03`` (a month), ``2026-W10``, ``2026-01-15:2026-02-20``, or ``this`` or
    ``last`` with ``week``, ``month`` or ``quarter``: ``last-quarter``.
    """
    said = text.strip().casefold()
    try:
        found = _spoken(said, today) or _numbered(said)
    except ValueError:
        found = None
    if found is None or found.end < found.start:
        raise InputError(
            f"{quoted(text)} is not a period.",
            remedy="Write 2026-Q1, 2026-03, 2026-W10, 2026-01-15:2026-02-20, this-quarter or "
            "last-month, for example.",
        )
    if found.start > today:
        raise InputError(
            f"{quoted(text)} is yet to come: it begins on {found.start}.",
            remedy="Name a period that has begun.",
        )
    return found


_SPOKEN = {
    "week": Frequency.WEEKLY,
    "month": Frequency.MONTHLY,
    "quarter": Frequency.QUARTERLY,
}


def _spoken(said: str, today: date) -> Period | None:
    which, _, what = said.replace(" ", "-").partition("-")
    frequency = _SPOKEN.get(what)
    if frequency is None or which not in {"this", "last"}:
        return None
    return (period_of if which == "this" else period_before)(frequency, today)


def _numbered(said: str) -> Period | None:
    first, colon, last = said.partition(":")
    if colon:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    year, dash, part = said.partition("-")
    if not dash or len(year) != 4 or not year.isdigit() or not part[-1:].isdigit():
        return None
    if part[0] == "q" and part[1:] in {"1", "2", "3", "4"}:
        return period_of(Frequency.QUARTERLY, date(int(year), 3 * int(part[1:]), 1))
    if part[0] == "w":
        return period_of(Frequency.WEEKLY, date.fromisocalendar(int(year), int(part[1:]), 1))
    if len(part) == 2:
        return period_of(Frequency.MONTHLY, date(int(year), int(part), 1))
    return None
