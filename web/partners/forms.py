"""What the search for partners can be asked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = ["Partners", "PartnersQuery", "RoutesQuery", "Top"]


class Partners(StrEnum):
    """Whether organisations that work together already are suggested too."""

    INCLUDE = "include"


class Top(StrEnum):
    """How many suggestions to show."""

    FIVE = "5"
    TEN = "10"
    TWENTY = "20"


class PartnersQuery(Form):
    """For whom partners are wanted: an id or a name, as somebody typed it."""

    organisation: str = Field(default="", max_length=500)
    partners: Partners | None = None
    top: Top = Top.TEN


class RoutesQuery(Form):
    """Who should be introduced to whom: two ids or names."""

    organisation: str = Field(max_length=500)
    partner: str = Field(max_length=500)
