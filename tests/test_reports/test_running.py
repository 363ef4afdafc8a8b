"""Scheduled reports are made once, whoever looks, however often, and whatever fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from graph.contract import GraphStore
from graph.errors import StoreUnavailable
from graph.model import (
    Frequency,
    Message,
    ReportSchedule,
    ReportState,
    StoredReport,
)
from graph.stores import open_store
from graph.testing.samples import a_schedule, erase, write
from needs import ROOT
from reporting_world import MAKER, Clock, a_maker, build, grow
from reports.keeping import content_of, prove
from reports.running import WORKER, backoff, run_due

BOTH = {"recipients": ("r@example.org",), "coordinators": ("c@example.org",)}


def kept(store: GraphStore) -> list[StoredReport]:
    return list(store.records(StoredReport))


def subjects(store: GraphStore) -> list[str]:
    return sorted(message.subject for message in store.records(Message))


def test_what_is_due_is_made_once(store: GraphStore, clock: Clock) -> None:
    write(store, a_schedule(**BOTH))
    assert len(run_due(store, MAKER, clock)) == 1
    version = store.version()
    assert run_due(store, MAKER, clock) == []
    assert store.version() == version
    (report,) = kept(store)
    assert report.state is ReportState.DRAFT
    assert (report.period_start, report.made_by) == (date(2026, 1, 1), WORKER)
    assert prove(store, report, MAKER).holds
    (letter,) = store.records(Message)
    assert letter.recipient == "c@example.org"
    assert letter.is_notice
    assert "A draft waits for you" in letter.subject


def test_one_that_publishes_itself_writes_to_its_readers(store: GraphStore, clock: Clock) -> None:
    write(store, a_schedule(publishes=True, **BOTH))
    run_due(store, MAKER, clock)
    (report,) = kept(store)
    assert (report.state, report.published_on) == (ReportState.PUBLISHED, date(2026, 4, 1))
    (letter,) = store.records(Message)
    assert (letter.recipient, letter.report_id) == ("r@example.org", report.id)
    last = {entry.kind for entry in store.audit() if entry.version == store.version()}
    assert last == {"message", "report_content", "stored_report"}


def test_missed_weeks_are_named_and_only_the_newest_is_made(
    store: GraphStore, clock: Clock
) -> None:
    write(store, a_schedule(frequency=Frequency.WEEKLY, starts_on=date(2026, 3, 2), **BOTH))
    (run,) = run_due(store, MAKER, clock)
    assert run.report is not None
    assert run.report.period_start == date(2026, 3, 23)
    assert [period.start.day for period in run.skipped] == [2, 9, 16]
    (letter,) = store.records(Message)
    assert "2 to 8 March 2026; 9 to 15 March 2026; 16 to 22 March 2026" in letter.body


def test_a_failure_is_noted_told_once_and_tried_again_later(
    store: GraphStore, clock: Clock
) -> None:
    attempts = []

    def stumble(*args: object, **named: object) -> object:
        attempts.append(clock())
        raise ZeroDivisionError("no\x00thing to divide by")

    broken = a_maker(build_with=stumble)
    write(store, a_schedule(**BOTH))
    write(store, a_schedule("schedule-0", title="Other", is_paused=True))
    for _ in range(4 * 12):
        run_due(store, broken, clock)
        clock.forward(minutes=5)
    waits = [later - earlier for earlier, later in pairwise(attempts)]
    assert waits == [timedelta(minutes=5 * 2**n) for n in range(len(waits))]
    assert len(attempts) == 6
    schedule = store.record(ReportSchedule, "schedule-1")
    assert schedule is not None
    assert (schedule.failed_period, schedule.failed_attempts) == ("2026-01-01", 6)
    assert "ZeroDivisionError: no thing" in schedule.failure
    assert subjects(store) == ["A report could not be made: For the board, January to March 2026"]
    clock.forward(days=1)
    (run,) = run_due(store, MAKER, clock)
    assert run.report is not None
    mended = store.record(ReportSchedule, "schedule-1")
    assert mended is not None
    assert (mended.failed_period, mended.failed_attempts, mended.failure) == ("", 0, "")


def test_one_failure_does_not_keep_the_others(store: GraphStore, clock: Clock) -> None:
    def stumble(snapshot: object, told: object, *args: object, **named: object) -> object:
        if told.title == "Broken":  # type: ignore[attr-defined]
            raise RuntimeError
        return build(snapshot, told, *args, **named)  # type: ignore[arg-type]

    for number, title in enumerate(("Broken", "Fine", "Good")):
        write(store, a_schedule(f"schedule-{number}", title=title))
    runs = run_due(store, a_maker(build_with=stumble), clock)
    assert [bool(run.failure) for run in runs] == [True, False, False]
    assert sorted(report.title for report in kept(store)) == ["Fine", "Good"]


def test_a_store_that_can_not_be_reached_stops_the_pass(store: GraphStore, clock: Clock) -> None:
    def unreachable(*args: object, **named: object) -> object:
        raise StoreUnavailable("gone")

    write(store, a_schedule())
    with pytest.raises(StoreUnavailable):
        run_due(store, a_maker(build_with=unreachable), clock)


def test_a_schedule_that_is_removed_while_it_runs_leaves_a_report_and_no_letter(
    store: GraphStore, clock: Clock
) -> None:
    def removed(*args: object, **named: object) -> object:
        erase(store, ReportSchedule.kind, "schedule-1")
        return build(*args, **named)  # type: ignore[arg-type]

    write(store, a_schedule(**BOTH))
    run_due(store, a_maker(build_with=removed), clock)
    assert len(kept(store)) == 1
    assert subjects(store) == []
    assert store.record(ReportSchedule, "schedule-1") is None


def test_two_schedules_of_one_period_make_two_reports(store: GraphStore, clock: Clock) -> None:
    write(store, a_schedule("s-1"), a_schedule("s-2"))
    run_due(store, MAKER, clock)
    one, other = kept(store)
    assert one.id != other.id
    assert one.content_id == other.content_id


def test_the_wait_doubles_up_to_a_day() -> None:
    waits = [backoff(attempts) for attempts in (0, 1, 2, 3, 9, 10, 10**9)]
    assert [wait.total_seconds() / 60 for wait in waits] == [5, 5, 10, 20, 1280, 1440, 1440]


# --- more than one worker ----------------------------------------------------------------

CHILD = """
import os, signal, sys
from datetime import datetime
from graph.stores import open_store
from reporting_world import Clock, MAKER, a_maker, build
from reports.running import run_due

url, now, dies = sys.argv[1], datetime.fromisoformat(sys.argv[2]), sys.argv[3] == "dies"
store = open_store(url)
print("ready", flush=True)
sys.stdin.readline()
if dies:
    store.commit = lambda unit: os.kill(os.getpid(), signal.SIGKILL)
runs = run_due(store, MAKER, Clock(now))
print(len(runs))
"""


@pytest.fixture
def start(clock: Clock) -> Callable[..., subprocess.Popen[str]]:
    def begin(url: str, how: str = "lives") -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CHILD, url, clock().isoformat(), how]
        path = f"{ROOT}:{ROOT / 'tests'}"
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": path, "PATH": ""},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    return begin


def test_two_workers_at_once_make_one_report(
    store: GraphStore, store_url: str, start: Callable[..., subprocess.Popen[str]]
) -> None:
    write(store, *(a_schedule(f"s-{number}", publishes=True, **BOTH) for number in range(6)))
    children = [start(store_url) for _ in range(2)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    made = [int(child.communicate(timeout=60)[0].split()[-1]) for child in children]
    assert sum(made) == 6
    assert len(kept(store)) == 6
    assert len(list(store.records(Message))) == 6
    assert all(child.returncode == 0 for child in children)


def test_a_killed_run_is_caught_up(
    store: GraphStore,
    store_url: str,
    clock: Clock,
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    write(store, a_schedule(publishes=True, **BOTH))
    child = start(store_url, "dies")
    child.communicate("go\n", timeout=60)
    assert child.returncode == -9
    assert kept(store) == []
    assert subjects(store) == []
    run_due(store, MAKER, clock)
    assert len(kept(store)) == 1
    assert len(subjects(store)) == 1


@pytest.mark.neo4j
def test_it_is_the_same_on_neo4j(clean_neo4j: str, clock: Clock) -> None:
    with open_store(clean_neo4j) as store, open_store(clean_neo4j) as other:
        for each in (store, other):
            each.clock = clock
        grow(store, "First", clock() - timedelta(days=100))
        write(store, a_schedule(publishes=True, **BOTH))
        late = a_maker(
            build_with=lambda *args, **named: (
                run_due(other, MAKER, clock),
                build(*args, **named),
            )[1]
        )
        # While the first works its report out, the second makes it, stores it and writes letters.
        assert run_due(store, late, clock) == []
        (report,) = kept(store)
        assert prove(store, report, MAKER).holds
        assert content_of(store, report, MAKER).figures[0].value == 1
        assert len(subjects(store)) == 1
