"""What the pages of coalitions can be asked: a brief, members, and the text of a call."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from werkzeug.datastructures import MultiDict

from web.forms import Form

__all__ = ["BriefQuery", "CallForm", "MembersQuery", "SwapQuery", "rows_joined"]

_LONGEST_TEXT = 300
_LONGEST_CALL = 60_000
_MOST = 40
_LISTS = ("need", "place", "theme", "community", "must", "must_not", "lead_type")
_MOST_MONEY = 10**12
Money = Annotated[int, Field(ge=0, le=_MOST_MONEY)]
Text = Annotated[str, Field(max_length=_LONGEST_TEXT)]
Texts = tuple[Text, ...]


class BriefQuery(Form):
    """A brief as somebody typed it. ``need`` holds names or ids of skills, with ``:level``.

    ``search`` says that the form was sent, and isn't only shown.
    """

    need: Texts = Field(default=(), max_length=_MOST)
    place: Texts = Field(default=(), max_length=_MOST)
    within: int = Field(default=10, ge=0, le=2_000)
    theme: Texts = Field(default=(), max_length=_MOST)
    community: Texts = Field(default=(), max_length=_MOST)
    must: Texts = Field(default=(), max_length=_MOST)
    must_not: Texts = Field(default=(), max_length=_MOST)
    fewest: int = Field(default=2, ge=1, le=20)
    most: int = Field(default=8, ge=1, le=20)
    each: int = Field(default=3, ge=1, le=30)
    member_min: Money | None = None
    member_max: Money | None = None
    lead_min: Money | None = None
    lead_max: Money | None = None
    lead_type: Texts = Field(default=(), max_length=_MOST)
    lead_register: str = Field(default="", max_length=_LONGEST_TEXT)
    lead_projects: int = Field(default=0, ge=0, le=1_000)
    lead_led: int = Field(default=0, ge=0, le=1_000)
    budget: Money | None = None
    search: str = Field(default="", pattern="^(yes)?$")

    def address(self) -> dict[str, Any]:
        """Return the fields of an address that leads to this brief again."""
        given = self.model_dump(include=set(BriefQuery.model_fields), exclude_defaults=True)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in given.items()
        }


class MembersQuery(BriefQuery):
    """A brief, and organisations that somebody put together for it."""

    member: Texts = Field(default=(), max_length=_MOST)


class SwapQuery(MembersQuery):
    """Whose seat is to be taken by somebody else."""

    leaving: str = Field(max_length=_LONGEST_TEXT)


class CallForm(Form):
    """The text of a call, pasted."""

    text: str = Field(default="", max_length=_LONGEST_CALL)


def rows_joined(given: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what a form with rows sent as :class:`BriefQuery` reads it.

    Blank rows are left out; a skill and the level beside it become one value, "skill:level".
    """
    levels = given.getlist("level")
    joined: MultiDict[str, str] = MultiDict()
    for name, value in given.items(multi=True):
        if name != "level" and value.strip() and not (levels and name == "need"):
            joined.add(name, value.strip())
    if levels:
        for place, need in enumerate(given.getlist("need")):
            level = levels[place] if place < len(levels) else "1"
            if need.strip():
                joined.add("need", need.strip() if level == "1" else f"{need.strip()}:{level}")
    return joined
