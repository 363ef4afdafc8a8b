"""A year under a moved clock: four quarters, two changes of clocks, a stop, and a mail server."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from graph.contract import GraphStore
from graph.model import Frequency, Message, MessageState, ReportState, StoredReport
from graph.stores import open_store
from graph.testing.samples import a_schedule, write
from mail_server import MailServer
from reporting_world import MAKER, Clock, grow
from reports.delivery import Security, SMTPPostman
from reports.keeping import content_of, prove, stored_reports
from reports.office import Office
from reports.schedules import checked_schedule

LONDON = ZoneInfo("Europe/London")
READERS = ("board@example.org", "funder@example.org")
STOPPED = (datetime(2026, 6, 24, tzinfo=UTC), datetime(2026, 7, 8, 12, tzinfo=UTC))
"""Two weeks without power, over the day on which the second quarter's report is due."""


def opened(folder: Path, clock: Clock) -> GraphStore:
    store = open_store(f"sqlite:///{folder / 'network.db'}")
    store.clock = clock
    return store


def test_a_year_makes_four_reports_and_sends_each_reader_four(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 1, 1, 12, tzinfo=UTC))
    server = MailServer()
    made_at: list[datetime] = []
    with opened(tmp_path, clock) as store, server.running():
        write(
            store,
            checked_schedule(
                a_schedule(
                    starts_on=date(2026, 1, 1),
                    at="00:30",  # next to the hour that comes twice or not at all
                    recipients=READERS,
                    coordinators=("boss@example.org",),
                    publishes=True,
                )
            ),
        )
        postman = SMTPPostman("127.0.0.1", server.port, "gofar@example.org", security=Security.NONE)
        office = Office(store, MAKER, postman, clock)
        server.answers += ["451 come back"] * 3
        for week in range(53):
            grow(store, f"body-{week}", clock())
            for _ in range(7 * 8):
                clock.forward(hours=3)
                if STOPPED[0] <= clock() < STOPPED[1]:
                    continue
                made_at += [clock() for run in office.work().runs if run.report]
        reports = stored_reports(store)[::-1]
        # The first quarter's is due on 1 April, the fourth's on 1 January.
        assert [report.as_of for report in reports] == [
            date(2026, 3, 31),
            date(2026, 6, 30),
            date(2026, 9, 30),
            date(2026, 12, 31),
        ]
        assert {report.state for report in reports} == {ReportState.PUBLISHED}
        assert [at.astimezone(LONDON).date().isoformat() for at in made_at] == [
            "2026-04-01",
            "2026-07-08",
            "2026-10-01",
            "2027-01-01",
        ]
        assert made_at[1] - STOPPED[1] <= timedelta(hours=3)
        # Late or not, each shows the end of its quarter: a body was added each Thursday.
        sizes = [content_of(store, each, MAKER).figures[0].value for each in reports]
        assert sizes == [13, 26, 39, 53]
        earlier = [content_of(store, each, MAKER).figures[0].before for each in reports]
        assert earlier == [None, 13, 26, 39]
        assert [each.previous_id for each in reports] == ["", *(each.id for each in reports[:-1])]
        assert all(prove(store, report, MAKER).holds for report in reports)
        assert {message.state for message in store.records(Message)} == {MessageState.SENT}
    got = Counter((recipient, mail["Message-ID"]) for recipient, mail in server.letters)
    assert set(got.values()) == {1}
    assert Counter(recipient for recipient, _ in got) == dict.fromkeys(READERS, 4)


def test_a_year_of_weeks_across_both_changes_makes_each_once(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 1, 5, tzinfo=UTC))
    with opened(tmp_path, clock) as store:
        grow(store, "one", clock())
        weekly = a_schedule(
            frequency=Frequency.WEEKLY, starts_on=date(2026, 1, 5), at="02:00", day=7
        )
        write(store, checked_schedule(weekly))
        office = Office(store, MAKER, SMTPPostman("127.0.0.1", 1, "x@example.org"), clock)
        made: list[datetime] = []
        # Day 7 is a Sunday: the clocks change one hour before the report is due.
        while clock() < datetime(2027, 1, 4, tzinfo=UTC):
            made += [clock() for _ in office.work().runs]
            clock.forward(hours=1 if clock().weekday() == 6 else 6)
        starts = [report.period_start for report in store.records(StoredReport)]
    assert len(starts) == len(set(starts)) == 51
    assert {at.astimezone(LONDON).hour for at in made} == {2}
    assert {at.hour for at in made} == {1, 2}
