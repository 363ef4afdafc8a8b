"""When a report is due: whatever the clocks do and whenever somebody looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError, InvalidRecord
from graph.model import Frequency, ReportSchedule
from graph.testing.samples import a_schedule
from reports.periods import Period, period_before, period_of
from reports.schedules import checked_schedule, due, due_at, next_due_at

LONDON = ZoneInfo("Europe/London")
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


@st.composite
def schedules(draw: st.DrawFn) -> ReportSchedule:
    frequency = draw(st.sampled_from(Frequency))
    hour = draw(st.sampled_from([0, *range(2, 24)]))
    return checked_schedule(
        a_schedule(
            frequency=frequency,
            day=draw(st.integers(1, 7 if frequency is Frequency.WEEKLY else 28)),
            at=f"{hour:02d}:{draw(st.integers(0, 59)):02d}",
            starts_on=draw(st.dates(date(2025, 1, 1), date(2027, 12, 31))),
        )
    )


@settings(max_examples=60)
@given(
    schedules(),
    st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=120),
    st.integers(0, 60 * 24 * 365),
)
def test_each_period_is_made_once_or_named_as_skipped_once(
    schedule: ReportSchedule, steps: list[int], first: int
) -> None:
    now = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(minutes=first)
    made: list[Period] = []
    skipped: list[Period] = []
    for step in steps:
        now += timedelta(minutes=step)
        found = due(schedule, now, {period.start for period in made})
        if found is not None:
            assert due_at(schedule, found.period) <= now
            made.append(found.period)
            skipped += found.skipped
        assert due(schedule, now, {period.start for period in made}) is None
    seen = sorted([*made, *skipped])
    assert len(set(seen)) == len(seen)
    assert not set(made) & set(skipped)
    # All that were due from the first that counts, without a hole.
    wanted = []
    period = period_of(schedule.frequency, schedule.starts_on)
    while due_at(schedule, period) <= now:
        wanted.append(period)
        period = period_of(schedule.frequency, period.end + timedelta(days=1))
    assert seen == wanted


@settings(max_examples=40)
@given(schedules(), st.integers(0, 5 * 366 * 24 * 60))
def test_frequent_looks_make_every_period(schedule: ReportSchedule, minutes: int) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    now = max(start, due_at(schedule, _first(schedule)))
    made = {due(schedule, now, ()).period.start}  # type: ignore[union-attr]
    for _ in range(3):
        now = next_due_at(schedule, now)
        assert due(schedule, now - timedelta(seconds=1), made) is None
        found = due(schedule, now, made)
        assert found is not None
        assert found.skipped == ()
        made.add(found.period.start)


def _first(schedule: ReportSchedule) -> Period:
    return period_of(schedule.frequency, schedule.starts_on)


@given(schedules(), st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_the_wall_clock_shows_the_time_that_was_asked_for(
    schedule: ReportSchedule, day: date
) -> None:
    period = period_of(schedule.frequency, day)
    at = due_at(schedule, period).astimezone(LONDON)
    assert f"{at:%H:%M}" == schedule.at
    assert at.date() == period.end + timedelta(days=schedule.day)


def test_seven_in_london_is_six_or_seven_in_utc() -> None:
    schedule = a_schedule(at="07:00")
    assert due_at(schedule, QUARTER) == datetime(2026, 4, 1, 6, tzinfo=UTC)
    winter = Period(date(2026, 10, 1), date(2026, 12, 31))
    assert due_at(schedule, winter) == datetime(2027, 1, 1, 7, tzinfo=UTC)


def test_a_paused_schedule_makes_nothing_and_then_the_newest() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    weekly = {"frequency": Frequency.WEEKLY, "starts_on": date(2026, 10, 5)}
    assert due(a_schedule(is_paused=True, **weekly), now, ()) is None
    found = due(a_schedule(**weekly), now, {date(2026, 10, 5)})
    assert found is not None
    assert found.period.start == date(2026, 11, 16)
    assert [period.start.day for period in found.skipped] == [12, 19, 26, 2, 9]


def test_a_period_that_was_over_when_the_schedule_began_is_none_of_its() -> None:
    schedule = a_schedule(starts_on=date(2026, 11, 24))
    assert due(schedule, datetime(2026, 12, 31, tzinfo=UTC), ()) is None
    found = due(schedule, datetime(2027, 1, 1, 7, tzinfo=UTC), ())
    assert found is not None
    assert found.period == period_before(Frequency.QUARTERLY, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "01:00"),
        ("at", "01:30"),
        ("at", "01:59"),
        ("at", "7:00"),
        ("at", "24:00"),
        ("at", "noon"),
        ("at", ""),
        ("at", "07:00\n"),
        ("zone", "Europe/Londn"),
        ("at", "1\u0663:00"),
        ("zone", "../../etc/passwd"),
        ("zone", ""),
        ("zone", "x" * 400),
        ("starts_on", date(1, 1, 1)),
        ("starts_on", date(9999, 12, 31)),
    ],
)
def test_a_time_that_can_not_be_used_is_refused(field: str, value: object) -> None:
    with pytest.raises(InvalidRecord) as refused:
        checked_schedule(a_schedule(**{field: value}))
    assert refused.value.field == field
    assert refused.value.remedy


@pytest.mark.parametrize("at", ["00:59", "02:00", "00:00", "23:59"])
def test_the_times_around_the_hour_of_change_are_taken(at: str) -> None:
    assert checked_schedule(a_schedule(at=at)).at == at


def test_the_hour_of_change_is_that_of_the_zone() -> None:
    assert checked_schedule(a_schedule(at="01:30", zone="Asia/Tokyo")).at == "01:30"
    with pytest.raises(InvalidRecord):
        checked_schedule(a_schedule(at="02:30", zone="America/New_York"))


def test_a_week_has_seven_days() -> None:
    with pytest.raises(InvalidRecord, match="day of a week"):
        checked_schedule(a_schedule(frequency=Frequency.WEEKLY, day=8))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "board",
        "a@b",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "Ada <ada@example.org>",
        "a@exa mple.org",
        "\x00@example.org",
        "a" * 10**6 + "@example.org",
    ],
)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    given = a_schedule(coordinators=("ada@example.org",))
    if not address:
        assert checked_schedule(given).coordinators == ("ada@example.org",)
        return
    with pytest.raises(InputError):
        checked_schedule(a_schedule(recipients=(address,)))


def test_addresses_are_written_in_one_way_and_once() -> None:
    kept = checked_schedule(a_schedule(recipients=("Ada@EXAMPLE.org", "Ada@example.org")))
    assert kept.recipients == ("Ada@example.org",)
