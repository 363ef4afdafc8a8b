"""What the page of gaps can be asked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = ["GapQuery", "Providers"]


class Providers(StrEnum):
    """By how many a missing skill is offered."""

    NONE = "none"
    ONE = "one"


class GapQuery(Form):
    """Which gaps to show."""

    skill: str = Field(default="", max_length=200)
    providers: Providers | None = None
    place: str = Field(default="", max_length=300)
