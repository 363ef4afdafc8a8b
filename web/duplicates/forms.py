"""What the pages on who is who can be asked, and told."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = [
    "Answer",
    "AnswerForm",
    "CertainForm",
    "Level",
    "PairsQuery",
    "SplitForm",
    "SplitQuery",
    "TakeBackForm",
]

_LONGEST_ID = 300
_LONGEST_NAME = 500


class Level(StrEnum):
    """How sure the pairs of a list are."""

    ALL = "all"
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Answer(StrEnum):
    """What two records are."""

    KEEP_FIRST = "first"
    KEEP_SECOND = "second"
    TWO = "two"


class PairsQuery(Form):
    """Which pairs to show; ``done`` and ``kept`` tell what has just been answered."""

    level: Level = Level.ALL
    page: int = Field(default=1, ge=1, le=1_000_000)
    done: str = Field(default="", max_length=_LONGEST_ID)
    kept: int = Field(default=0, ge=0, le=1_000_000)


class AnswerForm(Form):
    """One answer about one pair."""

    first: str = Field(max_length=_LONGEST_ID)
    second: str = Field(max_length=_LONGEST_ID)
    answer: Answer
    level: Level = Level.ALL
    page: int = Field(default=1, ge=1, le=1_000_000)


class CertainForm(Form):
    """Pairs to be made one together: the kept and the other id, with a space between."""

    pair: tuple[str, ...] = ()
    level: Level = Level.ALL


class TakeBackForm(Form):
    """Which merge to take back."""

    merge: str = Field(max_length=_LONGEST_ID)


class SplitQuery(Form):
    """Which organisation to take apart."""

    id: str = Field(max_length=_LONGEST_ID)


class SplitForm(SplitQuery):
    """What goes to the other body."""

    name: str = Field(default="", max_length=_LONGEST_NAME)
    identifier: tuple[str, ...] = ()
    fact: tuple[str, ...] = ()
