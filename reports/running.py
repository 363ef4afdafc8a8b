"""Making the reports that are due: each once, whoever comes first, and none in another's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from graph.contract import GraphStore
from graph.errors import GofarError, StoreUnavailable
from graph.model import Record, ReportSchedule, ReportState, StoredReport
from graph.retrying import until_current
from reports.keeping import keep
from reports.letters import draft_waits, published, run_failed
from reports.making import Made, Order, make
from reports.periods import Period, named
from reports.ports import Maker
from reports.schedules import Due, due
from reports.scope import scope_from_json
from reports.steps import new_messages

__all__ = ["WORKER", "Run", "backoff", "run_due"]

WORKER = "gofar"
"""Who is in the audit log for what is done without a person."""

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=24)
_MOST_DOUBLINGS = 10
_LONGEST_FAILURE = 10_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one schedule: the report that was made, or why it couldn't be.

    ``skipped`` periods were missed and are not made up for.
    """

    schedule: ReportSchedule
    period: Period
    report: StoredReport | None = None
    failure: str = ""
    skipped: tuple[Period, ...] = ()


def backoff(attempts: int, first: timedelta = _FIRST_WAIT) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time, a day at most."""
    doublings: int = min(max(attempts - 1, 0), _MOST_DOUBLINGS)
    return min(_LONGEST_WAIT, first * (1 << doublings))


def run_due(store: GraphStore, maker: Maker, clock: Callable[[], datetime]) -> list[Run]:
    """Make the reports that are due by ``clock`` (aware UTC), store them, and queue the letters.

    Repeating it makes nothing twice, not even at the same time in two processes. What fails is
    noted with its schedule, told to its coordinators once a period, and tried again later.
    """
    runs = []
    for schedule in store.records(ReportSchedule):
        now = clock()
        made = {
            report.period_start
            for report in store.records(StoredReport)
            if report.schedule_id == schedule.id
        }
        found = due(schedule, now, made)
        if found is None or _waits(schedule, found, now):
            continue
        run = _run(store, maker, schedule, found, now)
        if run is not None:
            runs.append(run)
    return runs


def _waits(schedule: ReportSchedule, found: Due, now: datetime) -> bool:
    is_same = schedule.failed_period == found.period.start.isoformat()
    return is_same and bool(schedule.next_try_at) and now.isoformat() < schedule.next_try_at


def _run(
    store: GraphStore, maker: Maker, schedule: ReportSchedule, found: Due, now: datetime
) -> Run | None:
    """Make one report; return None where another worker made it meanwhile."""
    period = found.period
    try:
        order = Order(
            title=schedule.title,
            period=period,
            scope=scope_from_json(schedule.settings),
            schedule_id=schedule.id,
        )
        made = make(store, maker, order, actor=WORKER, now=now)
        if schedule.publishes:
            made = _published(made, now)
        report = made.report
        beside = partial(_beside, store, report, found, now)
        if not keep(store, made, actor=WORKER, beside=beside):
            return None
    except StoreUnavailable:
        raise  # there is nowhere to note it
    except Exception as error:
        # A fault in one report, whatever it is, must not keep the others from being made.
        log.exception("report failed", schedule=schedule.id, period=named(period), exc_info=error)
        failure = (
            str(error) if isinstance(error, GofarError) else f"{type(error).__name__}: {error}"
        )
        _note_failure(store, schedule.id, period, failure[:_LONGEST_FAILURE], now)
        return Run(schedule, period, failure=failure)
    log.info(
        "report made",
        schedule=schedule.id,
        period=named(period),
        report=report.id,
        skipped=[named(each) for each in found.skipped],
    )
    return Run(schedule, period, report, skipped=found.skipped)


def _published(made: Made, now: datetime) -> Made:
    day = now.date()
    report = replace(
        made.report,
        state=ReportState.PUBLISHED,
        locked_by=WORKER,
        locked_on=day,
        published_by=WORKER,
        published_on=day,
    )
    return replace(made, report=report)


def _beside(store: GraphStore, report: StoredReport, found: Due, now: datetime) -> list[Record]:
    """Return what is written in one transaction with the report: letters, and that all is well."""
    schedule = store.record(ReportSchedule, report.schedule_id)
    if schedule is None:
        return []  # removed meanwhile
    letters = draft_waits(schedule, report, found.skipped, now)
    if report.state is ReportState.PUBLISHED:
        letters += published(report, schedule.recipients, now)
    records: list[Record] = [*new_messages(store, letters)]
    if schedule.failed_period:
        records.append(_with_failure(schedule, "", 0, "", ""))
    return records


def _with_failure(
    schedule: ReportSchedule, period: str, attempts: int, next_try_at: str, failure: str
) -> ReportSchedule:
    return replace(
        schedule,
        failed_period=period,
        failed_attempts=attempts,
        next_try_at=next_try_at,
        failure=failure,
    )


def _note_failure(
    store: GraphStore, schedule_id: str, period: Period, failure: str, now: datetime
) -> None:
    def note() -> None:
        version = store.version()
        schedule = store.record(ReportSchedule, schedule_id)
        if schedule is None:
            return  # removed meanwhile
        is_same = schedule.failed_period == period.start.isoformat()
        attempts = schedule.failed_attempts + 1 if is_same else 1
        next_try_at = (now + backoff(attempts)).isoformat()
        clean = "".join(each if each.isprintable() or each == "\n" else " " for each in failure)
        with store.transaction(WORKER, expected_version=version) as transaction:
            transaction.upsert(
                _with_failure(schedule, period.start.isoformat(), attempts, next_try_at, clean),
                *new_messages(store, run_failed(schedule, period, clean, now)),
            )

    until_current(note)
