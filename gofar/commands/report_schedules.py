"""gofar reports schedule: which reports are made by themselves, when, and whom they go to."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import datetime

import click

from gofar.options import DAY, opened, store_option
from gofar.report_options import asked_scope, scope_options
from gofar.settings import read_settings
from graph.contract import GraphStore
from graph.model import Frequency, ReportSchedule
from graph.retrying import until_current
from reports.errors import UnknownSchedule
from reports.schedules import checked_schedule, next_due_at

__all__ = ["schedule"]


@click.group()
def schedule() -> None:
    """Plan reports that are made by themselves after each week, month or quarter."""


@schedule.command()
@click.argument("title")
@click.option(
    "--every",
    "frequency",
    type=click.Choice([each.value for each in Frequency]),
    default=Frequency.QUARTERLY.value,
    show_default=True,
    help="How often.",
)
@click.option(
    "--day",
    type=click.IntRange(1, 28),
    default=1,
    show_default=True,
    help="On which day of the next week, month or quarter.",
)
@click.option("--at", default="07:00", show_default=True, metavar="HH:MM", help="At what time.")
@click.option(
    "--zone", default="Europe/London", show_default=True, metavar="ZONE", help="By whose clock."
)
@click.option("--starts-on", type=DAY, metavar="DAY", help="Periods from then on. Default: today.")
@scope_options
@click.option(
    "--to", "recipients", multiple=True, metavar="ADDRESS", help="Who gets it; may be repeated."
)
@click.option(
    "--tell",
    "coordinators",
    multiple=True,
    metavar="ADDRESS",
    help="Who hears of drafts that wait and runs that failed; may be repeated.",
)
@click.option("--publish", "publishes", is_flag=True, help="Publish it without a person’s look.")
@store_option
def add(
    title: str,
    frequency: str,
    day: int,
    at: str,
    zone: str,
    starts_on: datetime | None,
    recipients: tuple[str, ...],
    coordinators: tuple[str, ...],
    publishes: bool,
    store_url: str | None,
    **narrowed: str,
) -> None:
    """Plan a report called TITLE."""
    with opened(store_url) as store:
        planned = checked_schedule(
            ReportSchedule(
                id=f"schedule-{secrets.token_hex(12)}",
                title=title,
                frequency=Frequency(frequency),
                day=day,
                at=at,
                zone=zone,
                starts_on=starts_on.date() if starts_on else store.clock().date(),
                settings=asked_scope(store, **narrowed).to_json(),
                recipients=tuple(dict.fromkeys(recipients)),
                coordinators=tuple(dict.fromkeys(coordinators)),
                publishes=publishes,
            )
        )
        with store.transaction(read_settings().actor) as transaction:
            transaction.upsert(planned)
        due = next_due_at(planned, store.clock())
    click.echo(f"Planned: {planned.id}, next on {due:%Y-%m-%d %H:%M} UTC.")


@schedule.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def list_(as_json: bool, store_url: str | None) -> None:
    """List all schedules with their next day and what failed last."""
    with opened(store_url) as store:
        now = store.clock()
        rows = [
            {
                "id": each.id,
                "title": each.title,
                "every": each.frequency.value,
                "is_paused": each.is_paused,
                "next": "" if each.is_paused else next_due_at(each, now).isoformat(),
                "recipients": each.recipients,
                "coordinators": each.coordinators,
                "publishes": each.publishes,
                "failed_period": each.failed_period,
                "failure": each.failure,
            }
            for each in store.records(ReportSchedule)
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        click.echo("Nothing is planned. See gofar reports schedule add --help.")
    for row in () if as_json else rows:
        when = "paused" if row["is_paused"] else f"next on {row['next']}"
        failed = f"; FAILED for {row['failed_period']}: {row['failure']}" if row["failure"] else ""
        click.echo(f"{row['id']}  {row['title']}, {row['every']}: {when}{failed}")


@schedule.command()
@click.argument("schedule_id", metavar="SCHEDULE")
@store_option
def pause(schedule_id: str, store_url: str | None) -> None:
    """Let a schedule rest."""
    _set_paused(store_url, schedule_id, True)
    click.echo(f"Paused. To go on: gofar reports schedule resume {schedule_id}")


@schedule.command()
@click.argument("schedule_id", metavar="SCHEDULE")
@store_option
def resume(schedule_id: str, store_url: str | None) -> None:
    """Let a schedule go on; of what it missed, only the newest report is made."""
    _set_paused(store_url, schedule_id, False)
    click.echo("It goes on.")


@schedule.command()
@click.argument("schedule_id", metavar="SCHEDULE")
@store_option
def remove(schedule_id: str, store_url: str | None) -> None:
    """Remove a schedule; its reports stay."""
    with opened(store_url) as store:
        _known(store, schedule_id)
        with store.transaction(read_settings().actor) as transaction:
            transaction.delete(ReportSchedule.kind, [schedule_id])
    click.echo("Removed. Its reports stay.")


def _set_paused(store_url: str | None, schedule_id: str, is_paused: bool) -> None:
    with opened(store_url) as store:

        def write() -> None:
            version = store.version()
            changed = replace(_known(store, schedule_id), is_paused=is_paused)
            actor = read_settings().actor
            with store.transaction(actor, expected_version=version) as transaction:
                transaction.upsert(changed)

        until_current(write)


def _known(store: GraphStore, schedule_id: str) -> ReportSchedule:
    found = store.record(ReportSchedule, schedule_id)
    if found is None:
        raise UnknownSchedule(schedule_id)
    return found
