"""Goals: the common agenda of collective impact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Name, Prose, Word
from graph.model.records import Node, Relationship

__all__ = ["Advances", "Goal", "SignOff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Node):
    """A change that partners agree to work towards, by ``due_on`` if a day is set."""

    kind: ClassVar[str] = "goal"
    label: ClassVar[str] = "Goal"
    plural: ClassVar[str] = "goals"
    standard: ClassVar[str] = "Common agenda (Kania & Kramer 2011)"

    name: Name
    description: Prose = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advances(Relationship):
    """An organisation, project or measure serves a goal."""

    kind: ClassVar[str] = "advances"
    label: ClassVar[str] = "ADVANCES"
    reverse: ClassVar[str] = "advanced by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project", "measure")
    to_kinds: ClassVar[tuple[str, ...]] = ("goal",)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(Relationship):
    """An organisation has put its name to a goal. ``role`` says what it will do towards it."""

    kind: ClassVar[str] = "signed"
    label: ClassVar[str] = "SIGNED"
    standard: ClassVar[str] = "Common agenda (Kania & Kramer 2011)"
    reverse: ClassVar[str] = "signed by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("goal",)

    role: Word = ""
    signed_on: date | None = None
