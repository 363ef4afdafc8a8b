"""What the list of organisations can be asked."""

from __future__ import annotations

from pydantic import Field

from web.directory import Order, Question, Standing
from web.forms import Form

__all__ = ["ListQuery", "NamesQuery", "ShowQuery"]

_LONGEST_ID = 300
_LONGEST_TEXT = 200


class ListQuery(Form):
    """Search, filters, order and page of the list."""

    text: str = Field(default="", max_length=_LONGEST_TEXT)
    place: str = Field(default="", max_length=_LONGEST_ID)
    theme: str = Field(default="", max_length=_LONGEST_ID)
    community: str = Field(default="", max_length=_LONGEST_ID)
    offers: str = Field(default="", max_length=_LONGEST_ID)
    needs: str = Field(default="", max_length=_LONGEST_ID)
    standing: Standing | None = None
    order: Order = Order.NAME
    page: int = Field(default=1, ge=1, le=1_000_000)

    def question(self) -> Question:
        """Return the query without its page."""
        return Question(**self.model_dump(exclude={"page"}))


class ShowQuery(Form):
    """Which organisation to show; ``show="all"`` lifts the limit on long lists.

    ``done`` and ``rest`` say what somebody has just answered about it.
    """

    id: str = Field(max_length=500)
    show: str = Field(default="", pattern="^(all)?$")
    done: str = Field(default="", max_length=500)
    rest: int = Field(default=0, ge=0)


class NamesQuery(Form):
    """What somebody has typed so far."""

    text: str = Field(default="", max_length=_LONGEST_TEXT)
