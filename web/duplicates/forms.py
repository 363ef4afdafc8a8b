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
    "MergedQuery",
    "PairsQuery",
    "SplitForm",
    "SplitQuery",
    "TakeBackForm",
]

_LONGEST_ID = 300
_LONGEST_NAME = 500
_MOST_PAIRS = 100


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
    """Which pairs to show; ``done``, ``kept`` and ``rest`` tell what has just been answered."""

    level: Level = Level.ALL
    page: int = Field(default=1, ge=1, le=1_000_000)
    done: str = Field(default="", max_length=_LONGEST_ID)
    kept: int = Field(default=0, ge=0, le=1_000_000)
    rest: int = Field(default=0, ge=0, le=1_000_000)


class MergedQuery(Form):
    """Which page of the merges that stand to show."""

    page: int = Field(default=1, ge=1, le=1_000_000)


class AnswerForm(Form):
    """One answer about one pair."""

    first: str = Field(max_length=_LONGEST_ID)
    second: str = Field(max_length=_LONGEST_ID)
    answer: Answer
    level: Level = Level.ALL
    page: int = Field(default=1, ge=1, le=1_000_000)


class CertainForm(Form):
    """Pairs to be made one together, those chosen or all that were shown: see ``in_order``."""

    pair: tuple[str, ...] = Field(default=(), max_length=_MOST_PAIRS)
    shown: tuple[str, ...] = Field(default=(), max_length=_MOST_PAIRS)
    all: str = Field(default="", pattern="^(yes)?$")
    level: Level = Level.ALL
    page: int = Field(default=1, ge=1, le=1_000_000)

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return the pairs that are meant, each once."""
        return tuple(dict.fromkeys(self.shown if self.all else self.pair))


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
    other_name: tuple[str, ...] = ()
    fact: tuple[str, ...] = ()
