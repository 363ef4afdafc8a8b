"""What the pages of imports can be asked."""

from __future__ import annotations

from pydantic import Field

from web.forms import Form

__all__ = ["ImportQuery", "JobQuery"]


class JobQuery(Form):
    """Which import under way."""

    job: str = Field(max_length=64)


class ImportQuery(Form):
    """Which past import."""

    id: str = Field(max_length=300)
