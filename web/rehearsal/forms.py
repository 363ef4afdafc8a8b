"""What the pages of rehearsals can be asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matching.gaps.rehearsal import StepKind
from web.forms import Form

__all__ = ["ROWS", "ClosingQuery", "WhatIfQuery"]

ROWS = (1, 2, 3, 4)
"""A what-if in the browser has so many lines; the prompt takes more."""

Text = Annotated[str, Field(max_length=300)]


class ClosingQuery(Form):
    """Whose closing to rehearse: an id or a name."""

    organisation: str = Field(max_length=500)


class WhatIfQuery(Form):
    """Up to four changes; ``other`` is an organisation or a skill, by what ``what`` says."""

    what1: StepKind | None = None
    who1: Text = ""
    other1: Text = ""
    what2: StepKind | None = None
    who2: Text = ""
    other2: Text = ""
    what3: StepKind | None = None
    who3: Text = ""
    other3: Text = ""
    what4: StepKind | None = None
    who4: Text = ""
    other4: Text = ""

    def rows(self) -> list[tuple[int, StepKind | None, str, str]]:
        """Return the lines with their numbers, the blank ones too."""
        return [
            (
                row,
                getattr(self, f"what{row}"),
                getattr(self, f"who{row}"),
                getattr(self, f"other{row}"),
            )
            for row in ROWS
        ]
