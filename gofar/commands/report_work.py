"""gofar worker, gofar reports run-due and outbox: the work that no person does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import structlog

from gofar.options import opened, store_option
from gofar.reporting import mail_goes_to, office_of
from gofar.settings import read_settings
from gofar.worker import work_until_stopped
from graph.model import Message
from reports.outbox import messages, retry
from reports.periods import named

__all__ = ["outbox", "run_due_", "worker"]


@click.command()
@store_option
def worker(store_url: str | None) -> None:
    """Make scheduled reports and send e-mails, once a minute, until stopped.

    For an app that runs with GOFAR_WORKER=off. Several may run at once: nothing is done twice.
    """
    settings = read_settings()
    with opened(store_url) as store:
        office = office_of(store, settings)
        click.echo(f"Working for {store.name}. {mail_goes_to(settings)} (Ctrl+C stops it)")
        work_until_stopped(office)
    click.echo("Stopped.")


@click.command("run-due")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def run_due_(as_json: bool, store_url: str | None) -> None:
    """Make the reports that are due, send the e-mails that wait, and end; for cron and systemd.

    The exit code is 1 where a report couldn't be made or an e-mail never will be sent.
    """
    with opened(store_url) as store, _log_on_stderr():
        done = office_of(store, read_settings()).work()
    rows = [
        {
            "schedule": run.schedule.id,
            "title": run.schedule.title,
            "period": named(run.period),
            "report": run.report.id if run.report else "",
            "failure": run.failure,
            "skipped": [named(period) for period in run.skipped],
        }
        for run in done.runs
    ]
    sent = done.sent
    if as_json:
        counts = {"sent": sent.sent, "delayed": sent.delayed, "failed": sent.failed}
        click.echo(json.dumps({"runs": rows, "emails": counts}, ensure_ascii=False, indent=2))
    for row in () if as_json else rows:
        outcome = f"FAILED: {row['failure']}" if row["failure"] else f"made {row['report']}"
        click.echo(f"{row['title']}, {row['period']}: {outcome}")
        for period in row["skipped"]:
            click.echo(f"{row['title']}, {period}: missed, and not made up for")
    if not as_json:
        click.echo(f"E-mails: {sent.sent} sent, {sent.delayed} put off, {sent.failed} given up.")
    if done.has_failed:
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--retry", "again", is_flag=True, help="Try all again that failed or were put off.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def outbox(again: bool, as_json: bool, store_url: str | None) -> None:
    """List e-mails: those that failed, those that wait, those that were sent."""
    settings = read_settings()
    with opened(store_url) as store:
        if again:
            tried = retry(store, None, actor=settings.actor, now=store.clock())
            if not as_json:
                click.echo(f"{len(tried)} will be tried again at the next run.")
        rows = [_row(message) for message in messages(store)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        why = f" ({row['failure']})" if row["failure"] else ""
        click.echo(f"{row['id']}  {row['recipient']}, {row['subject']}: {row['state']}{why}")
    if not rows:
        click.echo(f"There is no e-mail yet. {mail_goes_to(settings)}")


@contextmanager
def _log_on_stderr() -> Iterator[None]:
    """Keep the log off the output, which may be piped."""
    usual = structlog.get_config()
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    try:
        yield
    finally:
        structlog.configure(**usual)


def _row(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "recipient": message.recipient,
        "subject": message.subject,
        "state": message.state.value,
        "attempts": message.attempts,
        "next_try_at": message.next_try_at,
        "sent_at": message.sent_at,
        "failure": message.failure,
        "report": message.report_id,
    }
