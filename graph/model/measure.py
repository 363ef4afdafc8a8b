"""Measures: what partners count together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.fields import Name, Prose, Word
from graph.model.records import Node

__all__ = ["Measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Node):
    """A shared indicator and its unit; tie it to its goal by ADVANCES."""

    kind: ClassVar[str] = "measure"
    label: ClassVar[str] = "Measure"
    plural: ClassVar[str] = "measures"
    standard: ClassVar[str] = "Shared measurement (Kania & Kramer 2011)"

    name: Name
    description: Prose = ""
    unit: Word = ""
