"""Schedules: which reports are made by themselves, when, and whom they go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from graph.model.fields import Count, Document, Name, Number, Prose, Word
from graph.model.records import Record

__all__ = ["Frequency", "Message", "MessageState", "ReportSchedule"]

DayOfPeriod = Annotated[int, Number(1, 28)]


class Frequency(StrEnum):
    """How often a report is made."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class MessageState(StrEnum):
    """Where an e-mail stands. One that has ``failed`` is not tried again."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSchedule(Record):
    """A report that is made after each week, month or quarter, from ``starts_on`` on.

    It is made ``day`` days into the next period, at ``at`` (HH:MM by the clock of ``zone``).
    ``recipients`` get it once it is published; ``coordinators`` hear of drafts that wait and runs
    that failed. ``failed_period`` is the first day of the period whose run failed last, with why,
    how often, and the instant of the next try (UTC, as ISO text).
    """

    kind: ClassVar[str] = "report_schedule"
    label: ClassVar[str] = "ReportSchedule"

    title: Name
    frequency: Frequency
    day: DayOfPeriod = 1
    at: Word = "07:00"
    zone: Word = "Europe/London"
    starts_on: date
    settings: Document = "{}"
    recipients: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    publishes: bool = False
    is_paused: bool = False
    failed_period: Word = ""
    failed_attempts: Count = 0
    next_try_at: Word = ""
    failure: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Record):
    """An e-mail to one person, kept when it is sent. Same reason and person, same id.

    ``queued_at``, ``next_try_at`` and ``sent_at`` are instants in UTC, as ISO text; nobody else
    tries before ``next_try_at``, so it is also how one worker holds off the others. ``report_id``
    names the report that goes along, ``schedule_id`` the schedule whose coordinators hear if it
    can't be sent. A ``notice`` is for coordinators, and nothing goes along.
    """

    kind: ClassVar[str] = "message"
    label: ClassVar[str] = "Message"

    recipient: Name
    subject: Name
    body: Prose
    report_id: Word = ""
    schedule_id: Word = ""
    is_notice: bool = False
    queued_at: Word
    state: MessageState = MessageState.WAITING
    attempts: Count = 0
    next_try_at: Word = ""
    sent_at: Word = ""
    failure: Prose = ""
