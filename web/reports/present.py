"""Reports, schedules and letters as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from graph.model import (
    Frequency,
    Message,
    MessageState,
    ReportSchedule,
    ReportState,
    StoredReport,
)
from reports.comparing import Comparison
from reports.periods import Period, named
from reports.render.wording import block_text
from reports.report import ColumnKind, Figure, Report, Withheld
from reports.wording import PUBLIC
from web.wording import day, number

__all__ = [
    "FREQUENCIES",
    "FigureRow",
    "MessageRow",
    "ReportRow",
    "ScheduleRow",
    "block_label",
    "comparison_rows",
    "message_row",
    "report_row",
    "schedule_row",
    "title_of",
]

FREQUENCIES = {
    Frequency.WEEKLY: "Every week",
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every quarter",
}
_STATES = {
    ReportState.DRAFT: ("Draft", "yellow"),
    ReportState.LOCKED: ("Locked", "blue"),
    ReportState.PUBLISHED: ("Published", "green"),
}
_MESSAGE_STATES = {
    MessageState.WAITING: ("Waiting", "yellow"),
    MessageState.SENT: ("Sent", "green"),
    MessageState.FAILED: ("Not sent", "red"),
}
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list."""

    id: str
    name: str
    state: str
    colour: str
    remark: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule in a list."""

    id: str
    title: str
    rhythm: str
    next: str
    is_paused: bool
    recipients: tuple[str, ...]
    coordinators: tuple[str, ...]
    failure: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A letter in a list."""

    recipient: str
    subject: str
    state: str
    colour: str
    remark: str
    failure: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of two reports."""

    label: str
    before: str
    after: str
    difference: str


def title_of(report: StoredReport) -> str:
    """Return what a report is called on pages: its title and its period."""
    return f"{report.title}, {named(Period(report.period_start, report.period_end))}"


def report_row(report: StoredReport, *, makes: bool) -> ReportRow:
    """Return a report as a list shows it; who made it is for those who make reports."""
    state, colour = _STATES[report.state]
    by = f" by {report.made_by}" if makes else ""
    if report.published_on is not None:
        whose = f" by {report.published_by}" if makes else ""
        remark = f"Published on {day(report.published_on)}{whose}"
    else:
        remark = f"Made on {day(report.made_on)}{by}"
    return ReportRow(report.id, title_of(report), state, colour, remark)


def schedule_row(schedule: ReportSchedule, due: datetime | None) -> ScheduleRow:
    """Return a schedule as a list shows it."""
    failure = ""
    if schedule.failed_period:
        failure = f"The report for the period from {schedule.failed_period} could not be made: "
        failure += schedule.failure
    end = "published by itself" if schedule.publishes else "made as a draft"
    return ScheduleRow(
        id=schedule.id,
        title=schedule.title,
        rhythm=f"{FREQUENCIES[schedule.frequency]}, {end}",
        next="Paused" if due is None else _moment(due, schedule.zone),
        is_paused=schedule.is_paused,
        recipients=schedule.recipients,
        coordinators=schedule.coordinators,
        failure=failure,
    )


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def message_row(message: Message) -> MessageRow:
    """Return a letter as a list shows it."""
    state, colour = _MESSAGE_STATES[message.state]
    if message.state is MessageState.SENT:
        remark = f"on {_at(message.sent_at)}"
    elif message.state is MessageState.FAILED:
        remark = f"tried {message.attempts} times"
    elif message.attempts and message.next_try_at:
        remark = f"tried {message.attempts} times, again on {_at(message.next_try_at)}"
    else:
        remark = "goes out within a minute"
    return MessageRow(message.recipient, message.subject, state, colour, remark, message.failure)


def _at(text: str) -> str:
    local = datetime.fromisoformat(text).astimezone(_LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def block_label(key: str, content: Report) -> str:
    """Return what a text that can be written anew is, in words."""
    if key.startswith(PUBLIC):
        return f"{block_label(key.removeprefix(PUBLIC), content)}, in the version for the public"
    text = block_text(content, key)
    return f"{text[:1].upper()}{text[1:]}"


def comparison_rows(found: Comparison) -> Sequence[FigureRow]:
    """Return the figures of two reports, each with by how much it has grown."""
    return [
        FigureRow(
            each.label,
            _value(each.before),
            _value(each.after),
            _difference(each.difference, (each.after or each.before)),
        )
        for each in found.figures
    ]


def _value(figure: Figure | None) -> str:
    if figure is None:
        return "not in it"
    value = figure.value
    if value is None:
        return "–"
    if isinstance(value, Withheld):
        return value.value
    shown = f"{value:.1%}" if figure.kind is ColumnKind.SHARE else number(value)
    return f"{shown} {figure.unit}".strip()


def _difference(difference: float | None, figure: Figure | None) -> str:
    if difference is None or figure is None:
        return ""
    if figure.kind is ColumnKind.SHARE:
        return f"{100 * difference:+.1f} points"
    return f"{difference:+,.0f}" if figure.kind is ColumnKind.COUNT else f"{difference:+,.2f}"
