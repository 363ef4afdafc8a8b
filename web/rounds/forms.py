"""What the pages of rounds and introductions can be asked."""

from __future__ import annotations

from enum import StrEnum

from web.forms import Form

__all__ = ["Count", "Dial", "Floor", "IntroductionsQuery", "Limit", "RoundQuery"]


class Limit(StrEnum):
    """In how many pairs an organisation is at most."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"


class Floor(StrEnum):
    """How many pairs the small and new are promised."""

    NONE = "0"
    ONE = "1"


class RoundQuery(Form):
    """Which round to plan."""

    limit: Limit = Limit.THREE
    floor: Floor = Floor.ONE


class Count(StrEnum):
    """How many introductions."""

    TEN = "10"
    TWENTY = "20"
    FIFTY = "50"


class Dial(StrEnum):
    """What counts for an introduction: the match, the distance, or both."""

    MATCH = "match"
    BOTH = "both"
    DISTANCE = "distance"

    @property
    def bridge(self) -> float:
        """Return the value of the engine's dial."""
        return {Dial.MATCH: 0.0, Dial.BOTH: 1.0, Dial.DISTANCE: 2.0}[self]


class IntroductionsQuery(Form):
    """Which introductions to look for."""

    count: Count = Count.TWENTY
    dial: Dial = Dial.BOTH
