"""What the pages of exports can be asked."""

from __future__ import annotations

from pydantic import Field

from web.forms import Form

__all__ = ["FormatQuery"]


class FormatQuery(Form):
    """Which format."""

    name: str = Field(max_length=40)
