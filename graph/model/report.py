"""Reports as they are kept: what was found, and what people have made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from graph.errors import InvalidRecord
from graph.model.fields import Count, Document, Name, Word
from graph.model.records import Record

__all__ = ["ReportContent", "ReportState", "StoredReport"]


class ReportState(StrEnum):
    """How far a report has come: its words change in a draft only, and a published one is final."""

    DRAFT = "draft"
    LOCKED = "locked"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent(Record):
    """What a report found, as JSON. Its id is the SHA-256 of it, so that it can never change."""

    kind: ClassVar[str] = "report_content"
    label: ClassVar[str] = "ReportContent"

    content: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport(Record):
    """A report about a period, kept with the network that it was made from.

    ``network_version`` is the version of the store and ``network_hash`` the content hash of its
    snapshot by then, ``as_of`` the day it was looked at; ``made_at_version`` is the version when it
    was made, which says what had been made private since. ``content_id`` and ``public_content_id``
    name what was found, for coordinators and for the public. ``previous_id`` is the report it was
    compared with, ``replaces_id`` the one that it puts right. ``words`` is JSON: the texts that
    people have written in place of ours.
    """

    kind: ClassVar[str] = "stored_report"
    label: ClassVar[str] = "StoredReport"

    title: Name
    schedule_id: Word = ""
    period_start: date
    period_end: date
    as_of: date
    network_version: Count
    network_hash: Name
    made_at_version: Count
    content_id: Name
    public_content_id: Name
    previous_id: Word = ""
    replaces_id: Word = ""
    settings: Document = "{}"
    words: Document = "{}"
    state: ReportState = ReportState.DRAFT
    made_by: Name
    made_on: date
    locked_by: Word = ""
    locked_on: date | None = None
    published_by: Word = ""
    published_on: date | None = None

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if self.period_end < self.period_start:
            raise InvalidRecord(
                self.kind,
                "period_end",
                self.period_end.isoformat(),
                f"is before the start, {self.period_start.isoformat()}",
            )
