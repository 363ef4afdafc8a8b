"""Contacts: the log of continuous communication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Prose, Word
from graph.model.records import Relationship

__all__ = ["Contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Relationship):
    """Two organisations were in touch on a day. ``how``: a meeting, a call, an e-mail."""

    kind: ClassVar[str] = "in_touch_with"
    label: ClassVar[str] = "IN_TOUCH_WITH"
    standard: ClassVar[str] = "Continuous communication (Kania & Kramer 2011)"
    reverse: ClassVar[str] = "in touch with"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    key_fields: ClassVar[tuple[str, ...]] = ("happened_on", "how")
    is_symmetric: ClassVar[bool] = True

    happened_on: date
    how: Word = ""
    note: Prose = ""
