"""What the page of gaps can be asked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from matching import Scope
from web.forms import Form

__all__ = ["GapQuery", "Providers", "Split"]


class Providers(StrEnum):
    """By how many what is missing is offered."""

    NONE = "none"
    ONE = "one"
    FAR = "far"


class Split(StrEnum):
    """What gaps are split by; the parts of a value are dimensions."""

    SKILL = "skill"
    SKILL_PLACE = "skill-place"
    SKILL_THEME = "skill-theme"
    SKILL_COMMUNITY = "skill-community"
    PLACE = "place"
    THEME = "theme"
    COMMUNITY = "community"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions."""
        return tuple(self.value.split("-"))


class GapQuery(Form):
    """Which gaps to show."""

    by: Split = Split.SKILL
    skill: str = Field(default="", max_length=200)
    providers: Providers | None = None
    place: str = Field(default="", max_length=300)
    theme: str = Field(default="", max_length=300)
    community: str = Field(default="", max_length=300)

    @property
    def scope(self) -> Scope:
        """Return what the gaps are narrowed to; the words for a skill pick among what is found."""
        return Scope(place_id=self.place, theme_id=self.theme, community_id=self.community)

    @property
    def filter_count(self) -> int:
        """Return how many parts narrow the list."""
        parts = (self.skill, self.providers, self.place, self.theme, self.community)
        return sum(map(bool, parts))
