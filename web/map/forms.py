"""What the map can be asked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = ["NOT_GIVEN", "GroupQuery", "MapQuery", "NeighbourhoodQuery", "Show", "given_id"]

_LONGEST_ID = 300
_LONGEST_NAME = 500

NOT_GIVEN = "none"
"""Stands in addresses for the organisations that name no place, or no theme."""


class Show(StrEnum):
    """How much of a map to show."""

    LARGEST = "largest"
    ALL = "all"


class MapQuery(Form):
    """Which groups to show; blank filters let all through."""

    place: str = Field(default="", max_length=_LONGEST_ID)
    theme: str = Field(default="", max_length=_LONGEST_ID)
    show: Show = Show.LARGEST

    @property
    def filter_count(self) -> int:
        """Return how many parts narrow the map."""
        return bool(self.place) + bool(self.theme)


class GroupQuery(Form):
    """Which group to list, and the page of its list."""

    place: str = Field(max_length=_LONGEST_ID)
    theme: str = Field(max_length=_LONGEST_ID)
    page: int = Field(default=1, ge=1, le=1_000_000)


class NeighbourhoodQuery(Form):
    """Whose neighbourhood to show: an id, or a name as a person types it."""

    organisation: str = Field(default="", max_length=_LONGEST_NAME)
    steps: int = Field(default=1, ge=1, le=2)
    show: Show = Show.LARGEST


def given_id(text: str) -> str | None:
    """Return the id that a filter asks for: "" for the unknown, None for any."""
    if not text:
        return None
    return "" if text == NOT_GIVEN else text
