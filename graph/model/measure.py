"""Measures: what partners count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Name, Prose, Quantity, Word
from graph.model.records import Node, Relationship

__all__ = ["Measure", "Measurement"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Relationship):
    """A value of a measure, in its unit, that an organisation or project reports for a day.

    ``measured_on`` is the last day of the time that the value speaks of.
    """

    kind: ClassVar[str] = "measured"
    label: ClassVar[str] = "MEASURED"
    standard: ClassVar[str] = "Shared measurement (Kania & Kramer 2011)"
    reverse: ClassVar[str] = "measured by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project")
    to_kinds: ClassVar[tuple[str, ...]] = ("measure",)
    key_fields: ClassVar[tuple[str, ...]] = ("measured_on",)

    measured_on: date
    value: Quantity
    note: Word = ""
