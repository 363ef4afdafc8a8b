"""Offers and needs: the two sides of the market that matching clears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Amount, Level
from graph.model.records import Relationship

__all__ = ["Need", "Offer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Relationship):
    """An organisation can give a skill to others.

    ``level``: 1 can help, 2 experienced, 3 can teach it. ``capacity``: days a month, if known.
    """

    kind: ClassVar[str] = "offers"
    label: ClassVar[str] = "OFFERS"
    reverse: ClassVar[str] = "offered by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("skill",)

    level: Level = 2
    capacity: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Relationship):
    """An organisation lacks a skill. ``urgency``: 1 some day, 2 this year, 3 now."""

    kind: ClassVar[str] = "needs"
    label: ClassVar[str] = "NEEDS"
    reverse: ClassVar[str] = "needed by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("skill",)

    urgency: Level = 2
    until: date | None = None
