"""When a scheduled report is due: pure functions of a schedule, a time and what was made."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from graph.errors import InvalidRecord
from graph.model import Frequency, ReportSchedule
from reports.addresses import checked_addresses
from reports.periods import Period, period_before, period_of

__all__ = ["Due", "checked_schedule", "due", "due_at", "next_due_at"]

_DAY = timedelta(days=1)
_AT = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_EARLIEST = date(2000, 1, 1)
_LATEST = date(2200, 1, 1)
_DAYS_LOOKED_AT = 2 * 366


@dataclass(frozen=True, slots=True)
class Due:
    """The period whose report is to be made now, and earlier ones that were missed for good.

    After a long stop only the newest report is made: a month's worth of weekly reports in one night
    would help nobody. Any of the others can be made by hand.
    """

    period: Period
    skipped: tuple[Period, ...] = ()


def due(schedule: ReportSchedule, now: datetime, made: Collection[date]) -> Due | None:
    """Return what is due at ``now``; ``made`` are the first days of the periods made already."""
    period = None if schedule.is_paused else _latest(schedule, now)
    if period is None or period.start in made:
        return None
    skipped: list[Period] = []
    earlier = period_before(schedule.frequency, period.start)
    while earlier.end >= schedule.starts_on and earlier.start not in made:
        skipped.append(earlier)
        earlier = period_before(schedule.frequency, earlier.start)
    return Due(period, tuple(reversed(skipped)))


def due_at(schedule: ReportSchedule, period: Period) -> datetime:
    """Return the instant, in UTC, at which the report on a period is due."""
    day = period.end + schedule.day * _DAY
    local = datetime.combine(day, time.fromisoformat(schedule.at), ZoneInfo(schedule.zone))
    return local.astimezone(UTC)


def next_due_at(schedule: ReportSchedule, now: datetime) -> datetime:
    """Return the first instant after ``now`` at which a report of this schedule is due."""
    period = period_of(schedule.frequency, max(schedule.starts_on, now.date() - 40 * _DAY))
    while due_at(schedule, period) <= now:
        period = period_of(schedule.frequency, period.end + _DAY)
    return due_at(schedule, period)


def _latest(schedule: ReportSchedule, now: datetime) -> Period | None:
    # A day later than in UTC somewhere on earth; what isn't due yet is passed over at once.
    period = period_of(schedule.frequency, now.date() + _DAY)
    while due_at(schedule, period) > now:
        period = period_before(schedule.frequency, period.start)
    return period if period.end >= schedule.starts_on else None


def checked_schedule(schedule: ReportSchedule) -> ReportSchedule:
    """Return a schedule whose times and addresses can be used; raises InvalidRecord, InputError."""
    if schedule.frequency is Frequency.WEEKLY and schedule.day > 7:
        _refuse("day", schedule.day, "is not a day of a week", "Choose 1 (Monday) to 7 (Sunday).")
    if not _EARLIEST <= schedule.starts_on < _LATEST:
        _refuse("starts_on", f"{schedule.starts_on}", "is too far away", "Name a day near today.")
    if not _AT.fullmatch(schedule.at):
        _refuse("at", schedule.at, "is not a time of day", "Write hours and minutes, as in 07:00.")
    if not _is_zone(schedule.zone):
        _refuse("zone", schedule.zone, "is no time zone", "Write Europe/London, for example.")
    if not _is_safe(schedule.at, schedule.zone, schedule.starts_on.year):
        _refuse(
            "at",
            schedule.at,
            f"comes twice or not at all when the clocks of {schedule.zone} change",
            "Choose a time outside that hour, as in 07:00.",
        )
    return replace(
        schedule,
        recipients=checked_addresses(schedule.recipients),
        coordinators=checked_addresses(schedule.coordinators),
    )


def _refuse(field: str, value: object, why: str, remedy: str) -> None:
    raise InvalidRecord(ReportSchedule.kind, field, value, why, remedy=remedy)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not in the database; not even a name
        return False
    return True


@lru_cache(maxsize=64)
def _is_safe(at: str, zone: str, year: int) -> bool:
    """Say whether a local time comes once a day, on each day of two years."""
    local = datetime.combine(date(year, 1, 1), time.fromisoformat(at), ZoneInfo(zone))
    days = (local + number * _DAY for number in range(_DAYS_LOOKED_AT))
    # Where clocks change, the two readings of one local time lie apart.
    return all(day.utcoffset() == day.replace(fold=1).utcoffset() for day in days)
