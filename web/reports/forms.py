"""What the pages of reports can be asked, and told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from graph.model import Frequency
from web.forms import Form

__all__ = [
    "ChangeForm",
    "CompareQuery",
    "FileQuery",
    "ListQuery",
    "MakeForm",
    "OutboxQuery",
    "PublishForm",
    "ScheduleForm",
    "ScheduleQuery",
    "ShowQuery",
    "Step",
    "StepForm",
    "StepQuery",
    "Version",
    "WordsQuery",
]

_LONGEST_ID = 300
_LONGEST_LIST = 20_000


class Version(StrEnum):
    """For whom: all that coordinators see, or what everybody may."""

    FULL = "full"
    PUBLIC = "public"


class FileForm(StrEnum):
    """The forms that a report can be had in."""

    PDF = "pdf"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"


class Step(StrEnum):
    """A step that needs a second look."""

    LOCK = "lock"
    UNLOCK = "unlock"
    PUBLISH = "publish"


class Change(StrEnum):
    """What can be done with a schedule."""

    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"


class ListQuery(Form):
    """The list of reports has nothing to ask."""


class ShowQuery(Form):
    """Which report, and in which version."""

    id: str = Field(max_length=_LONGEST_ID)
    version: Version = Version.FULL


class FileQuery(ShowQuery):
    """Which file."""

    form: FileForm = FileForm.PDF


class RowsQuery(ShowQuery):
    """The rows of which table."""

    table: str = Field(max_length=_LONGEST_ID)


class WordsQuery(Form):
    """Whose words."""

    id: str = Field(max_length=_LONGEST_ID)


class StepQuery(Form):
    """Which step to take with which report."""

    id: str = Field(max_length=_LONGEST_ID)
    step: Step


class StepForm(StepQuery):
    """A step, and the report as it was seen."""

    seen: str = Field(default="", max_length=40)


class PublishForm(StepForm):
    """A step that may send letters: one address a line."""

    recipients: str = Field(default="", max_length=_LONGEST_LIST)


class CompareQuery(Form):
    """Which two reports."""

    before: str = Field(default="", max_length=_LONGEST_ID)
    after: str = Field(default="", max_length=_LONGEST_ID)
    version: Version = Version.FULL


class MakeForm(Form):
    """Which report to make."""

    title: str = Field(default="Report", max_length=200)
    period: str = Field(default="this-quarter", max_length=40)
    start: date | None = None
    end: date | None = None
    place: str = Field(default="", max_length=200)
    theme: str = Field(default="", max_length=200)
    community: str = Field(default="", max_length=200)
    compare: str = Field(default="", max_length=_LONGEST_ID)
    replaces: str = Field(default="", max_length=_LONGEST_ID)


class ScheduleQuery(Form):
    """Which schedule is to be removed, after a second look."""

    remove: str = Field(default="", max_length=_LONGEST_ID)


class ScheduleForm(Form):
    """A new schedule: addresses one a line."""

    title: str = Field(default="", max_length=200)
    frequency: Frequency = Frequency.QUARTERLY
    day: int = Field(default=1, ge=1, le=28)
    at: str = Field(default="07:00", max_length=20)
    starts_on: date | None = None
    place: str = Field(default="", max_length=200)
    theme: str = Field(default="", max_length=200)
    community: str = Field(default="", max_length=200)
    recipients: str = Field(default="", max_length=_LONGEST_LIST)
    coordinators: str = Field(default="", max_length=_LONGEST_LIST)
    publishes: bool = False


class ChangeForm(Form):
    """What to do with a schedule."""

    id: str = Field(max_length=_LONGEST_ID)
    change: Change


class OutboxQuery(Form):
    """How many letters have just been put back."""

    again: int | None = Field(default=None, ge=0, le=10**9)
