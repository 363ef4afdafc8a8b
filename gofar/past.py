"""The fictional network lived through: a year of it, and the report that each quarter left."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from graph.contract import GraphStore
from graph.model import Frequency, ReportSchedule, StoredReport
from reports.ports import Maker
from reports.running import run_due
from reports.schedules import checked_schedule
from seeds.demo.past import BEGINNING, demo_past, play

__all__ = ["live_through"]

_SCHEDULE = "demo-quarterly"


def live_through(store: GraphStore, maker: Maker, actor: str) -> tuple[StoredReport, ...]:
    """Write the year of the fictional network month by month; return the reports made on the way.

    The clock is moved along, so that the audit log and the reports have the days of that year.
    """
    now = datetime.combine(BEGINNING, time(18), UTC)
    clock, store.clock = store.clock, lambda: now
    found: list[StoredReport] = []
    try:
        for step in demo_past():
            for day in _days(now.date(), step.on):
                now = datetime.combine(day, time(9), UTC)
                found += [run.report for run in run_due(store, maker, store.clock) if run.report]
            now = datetime.combine(step.on, time(18), UTC)
            play(store, step, actor)
            if step.on == BEGINNING:
                _plan(store, actor)
    finally:
        store.clock = clock
    return tuple(found)


def _days(after: date, until: date) -> list[date]:
    return [after + timedelta(days=count + 1) for count in range((until - after).days)]


def _plan(store: GraphStore, actor: str) -> None:
    plan = ReportSchedule(
        id=_SCHEDULE,
        title="Quarterly report",
        frequency=Frequency.QUARTERLY,
        starts_on=BEGINNING + timedelta(days=1),
        publishes=True,
    )
    with store.transaction(actor) as tx:
        tx.upsert(checked_schedule(plan))
