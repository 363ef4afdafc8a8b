"""Vetoes: two organisations that must not be brought together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Prose
from graph.model.records import Relationship

__all__ = ["NotWith"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWith(Relationship):
    """An organisation must not be brought together with another, until a day if one is set.

    It holds both ways. Only coordinators and the organisation that said so ever see it.
    """

    kind: ClassVar[str] = "not_with"
    label: ClassVar[str] = "NOT_WITH"
    reverse: ClassVar[str] = "kept apart by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    is_confidential: ClassVar[bool] = True

    why: Prose = ""
    until: date | None = None
