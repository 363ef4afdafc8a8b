"""Themes: what work is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.fields import Name, Prose, Word
from graph.model.records import Node, Relationship

__all__ = ["Theme", "WorksOn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Node):
    """A field of activity; ``parent_id`` is the broader theme."""

    kind: ClassVar[str] = "theme"
    label: ClassVar[str] = "Theme"
    plural: ClassVar[str] = "themes"
    standard: ClassVar[str] = "Ids after UKCAT codes; hierarchy after SKOS broader"

    name: Name
    other_names: tuple[str, ...] = ()
    description: Prose = ""
    parent_id: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksOn(Relationship):
    """An organisation or project works on a theme."""

    kind: ClassVar[str] = "works_on"
    label: ClassVar[str] = "WORKS_ON"
    reverse: ClassVar[str] = "worked on by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project")
    to_kinds: ClassVar[tuple[str, ...]] = ("theme",)
