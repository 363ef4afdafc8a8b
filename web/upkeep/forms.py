"""What the page that keeps the network fresh can be asked, and told."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = [
    "Answer",
    "AnswerForm",
    "ListQuery",
    "PlaceForm",
    "Section",
    "Told",
    "UndoForm",
    "WordForm",
]

_LONGEST_ID = 500
_LONGEST_TEXT = 200
_MOST_ROWS = 100


class Section(StrEnum):
    """A list of the page; ``ORGANISATION`` is the page of one organisation."""

    OVERVIEW = "overview"
    INFERRED = "inferred"
    UNCONFIRMED = "unconfirmed"
    REMOVED = "removed"
    PLACES = "places"
    WORDS = "words"
    ORGANISATION = "organisation"


class Answer(StrEnum):
    """What a person can say of rows."""

    CONFIRM = "confirm"
    REJECT = "reject"
    REOPEN = "reopen"
    CLOSE = "close"


class ListQuery(Form):
    """Which list, which page of it, and what has just happened.

    ``about`` narrows the facts worked out to those about one term or thing.
    """

    section: Section = Section.OVERVIEW
    page: int = Field(default=1, ge=1, le=1_000_000)
    about: str = Field(default="", max_length=_LONGEST_ID)
    done: str = Field(default="", max_length=_LONGEST_ID)
    rest: int = Field(default=0, ge=0)


class Told(Form):
    """Where an answer was given, and about which rows: those chosen, or all that were shown."""

    section: Section
    page: int = Field(default=1, ge=1, le=1_000_000)
    about: str = Field(default="", max_length=_LONGEST_ID)
    organisation: str = Field(default="", max_length=_LONGEST_ID)
    id: tuple[str, ...] = Field(default=(), max_length=_MOST_ROWS)
    shown: tuple[str, ...] = Field(default=(), max_length=_MOST_ROWS)
    all: str = Field(default="", pattern="^(yes)?$")

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the rows that the answer is about."""
        return tuple(dict.fromkeys(self.shown if self.all else self.id))


class AnswerForm(Told):
    """An answer about ties or about removed organisations."""

    answer: Answer


class PlaceForm(Told):
    """Where organisations work or have their office; ``place`` is what somebody typed."""

    place: str = Field(default="", max_length=_LONGEST_TEXT)
    how: str = Field(default="works_in", pattern="^(works_in|based_in)$")


class WordForm(Told):
    """What phrases mean: a term by its name, or nothing."""

    term: str = Field(default="", max_length=_LONGEST_TEXT)
    answer: str = Field(pattern="^(map|ignore)$")


class TellForm(Form):
    """What an organisation works on, is for or offers."""

    organisation: str = Field(max_length=_LONGEST_ID)
    term: str = Field(max_length=_LONGEST_ID)


class UndoForm(Form):
    """Which answer to take back, and where to go then."""

    undo: str = Field(max_length=_LONGEST_ID)
    section: Section = Section.OVERVIEW
    page: int = Field(default=1, ge=1, le=1_000_000)
    about: str = Field(default="", max_length=_LONGEST_ID)
    organisation: str = Field(default="", max_length=_LONGEST_ID)
