"""Skills: what an organisation can do or lend, the terms of the capability vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.fields import Name, Prose, Word
from graph.model.records import Node

__all__ = ["Skill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill(Node):
    """A capability that can be offered or needed; ``parent_id`` is the broader term."""

    kind: ClassVar[str] = "skill"
    label: ClassVar[str] = "Skill"
    plural: ClassVar[str] = "skills"
    standard: ClassVar[str] = "graph/vocabulary/capability.csv; hierarchy after SKOS broader"

    name: Name
    other_names: tuple[str, ...] = ()
    description: Prose = ""
    parent_id: Word = ""
