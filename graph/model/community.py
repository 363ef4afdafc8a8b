"""Communities: who is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.fields import Name, Prose, Word
from graph.model.records import Node, Relationship

__all__ = ["Community", "Serves"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Community(Node):
    """A group of people that work is for; ``parent_id`` is the broader group."""

    kind: ClassVar[str] = "community"
    label: ClassVar[str] = "Community"
    plural: ClassVar[str] = "communities"
    standard: ClassVar[str] = "graph/vocabulary/communities.csv; hierarchy after SKOS broader"

    name: Name
    other_names: tuple[str, ...] = ()
    description: Prose = ""
    parent_id: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves(Relationship):
    """An organisation or project serves a community."""

    kind: ClassVar[str] = "serves"
    label: ClassVar[str] = "SERVES"
    reverse: ClassVar[str] = "served by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project")
    to_kinds: ClassVar[tuple[str, ...]] = ("community",)
