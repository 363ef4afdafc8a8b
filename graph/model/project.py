"""Projects: what organisations do together, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.errors import InvalidRecord
from graph.model.fields import Name, Prose, Word
from graph.model.records import Node, Relationship

__all__ = ["Project", "Requires", "TakesPartIn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Node):
    """A piece of work with a beginning and, usually, an end. A funded grant is a project."""

    kind: ClassVar[str] = "project"
    label: ClassVar[str] = "Project"
    plural: ClassVar[str] = "projects"
    standard: ClassVar[str] = "360Giving 1.4 grant where it comes from one"

    name: Name
    description: Prose = ""
    programme: Word = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        Node.__post_init__(self)
        _refuse_reversed(self.kind, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPartIn(Relationship):
    """An organisation has a role in a project, for a time. Two roles are two ties."""

    kind: ClassVar[str] = "takes_part_in"
    label: ClassVar[str] = "TAKES_PART_IN"
    reverse: ClassVar[str] = "carried out by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("project",)
    key_fields: ClassVar[tuple[str, ...]] = ("role",)

    role: Word = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        Relationship.__post_init__(self)
        _refuse_reversed(self.kind, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires(Relationship):
    """A project cannot do without a skill."""

    kind: ClassVar[str] = "requires"
    label: ClassVar[str] = "REQUIRES"
    reverse: ClassVar[str] = "required by"
    from_kinds: ClassVar[tuple[str, ...]] = ("project",)
    to_kinds: ClassVar[tuple[str, ...]] = ("skill",)


def _refuse_reversed(kind: str, starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidRecord(
            kind, "ends_on", ends_on.isoformat(), f"is before the start, {starts_on.isoformat()}"
        )
