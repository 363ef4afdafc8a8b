"""E-mails in the making: who hears what, in which words. Same reason and person, same id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.model import Message, ReportSchedule, ReportState, StoredReport
from reports.periods import Period, named

__all__ = ["draft_waits", "given_up", "published", "run_failed"]

_MOST_NAMED = 10
_LONGEST_WHY = 2_000


def published(report: StoredReport, recipients: Iterable[str], now: datetime) -> list[Message]:
    """Return the letters that bring a published report to each of its readers."""
    period = named(Period(report.period_start, report.period_end))
    body = (
        f"The report “{report.title}” on {period} has been published.\n\n"
        f"It shows the network as it was on {_day(report)} and comes with this e-mail as a PDF. "
        "Small numbers are left out of it, and so is whatever its owner hasn’t made public.\n"
    )
    return [
        _letter("published", report.id, recipient, f"{report.title}: {period}", body, now, report)
        for recipient in recipients
    ]


def draft_waits(
    schedule: ReportSchedule, report: StoredReport, skipped: Sequence[Period], now: datetime
) -> list[Message]:
    """Return the notices that a draft waits to be read, or that one has gone out by itself."""
    period = named(Period(report.period_start, report.period_end))
    if report.state is ReportState.PUBLISHED:
        # It has told its readers itself: only what was missed is news.
        subject = f"Published: {schedule.title}, {period}"
        body = f"The report “{schedule.title}” on {period} was made and published by itself.\n"
    else:
        subject = f"A draft waits for you: {schedule.title}, {period}"
        body = (
            f"The report “{schedule.title}” on {period} is ready as a draft. Read it, change its "
            "words where they don’t fit, lock it and publish it: nobody else sees it before.\n"
        )
    if skipped:
        body += f"\nNo report was made on {_listed(skipped)}: gofar wasn’t running when it was due "
        body += "or couldn’t make it. If you need one, make it by hand.\n"
    elif report.state is ReportState.PUBLISHED:
        return []
    return [
        _letter("draft", report.id, coordinator, subject, body, now, report, is_notice=True)
        for coordinator in schedule.coordinators
    ]


def run_failed(
    schedule: ReportSchedule, period: Period, failure: str, now: datetime
) -> list[Message]:
    """Return the notices that a report could not be made: one a period, however often it fails."""
    body = (
        f"The report “{schedule.title}” on {named(period)} could not be made:\n\n"
        f"{failure[:_LONGEST_WHY]}\n\n"
        "gofar tries again by itself, and says no more of it. The page of reports shows how it "
        "stands.\n"
    )
    subject = f"A report could not be made: {schedule.title}, {named(period)}"
    about = f"{schedule.id}\x1f{period.start}"
    return [
        _letter("failed", about, person, subject, body, now, schedule=schedule, is_notice=True)
        for person in schedule.coordinators
    ]


def given_up(
    message: Message, coordinators: Iterable[str], failure: str, now: datetime
) -> list[Message]:
    """Return the notices that a letter can't be sent, to all coordinators but its own reader."""
    body = (
        f"The e-mail “{message.subject}” could not be sent to {message.recipient}:\n\n"
        f"{failure[:_LONGEST_WHY]}\n\n"
        "gofar has given up. Correct the address, or send it again from the page of e-mails.\n"
    )
    return [
        _letter(
            "given up",
            message.id,
            person,
            f"An e-mail could not be sent to {message.recipient}",
            body,
            now,
            is_notice=True,
        )
        for person in coordinators
        if person != message.recipient
    ]


def _letter(
    reason: str,
    about: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    report: StoredReport | None = None,
    *,
    schedule: ReportSchedule | None = None,
    is_notice: bool = False,
) -> Message:
    key = "\x1f".join((reason, about, recipient)).encode("utf-8", "surrogatepass")
    at = now.isoformat()
    schedule_id = schedule.id if schedule else report.schedule_id if report else ""
    return Message(
        id=f"message-{hashlib.blake2b(key, digest_size=12).hexdigest()}",
        recipient=recipient,
        subject=_line(subject)[:500],
        body=body,
        report_id=report.id if report else "",
        schedule_id=schedule_id,
        is_notice=is_notice,
        queued_at=at,
        next_try_at=at,
    )


def _line(text: str) -> str:
    """Return text on one line, without what turns its direction around or can't be seen."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


def _day(report: StoredReport) -> str:
    return named(Period(report.as_of, report.as_of))


def _listed(periods: Sequence[Period]) -> str:
    names = [named(period) for period in periods[-_MOST_NAMED:]]
    more = len(periods) - len(names)
    return "; ".join([*([f"{more:,} earlier periods"] if more else []), *names])
