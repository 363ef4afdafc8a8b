"""What the search for partners can be asked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from web.forms import Form

__all__ = ["PairQuery", "Partners", "PartnersQuery", "Top"]


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


class PairQuery(Form):
    """Which two organisations a page is about: two ids or names."""

    organisation: str = Field(max_length=500)
    partner: str = Field(max_length=500)
