"""Organisations: who is in the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Amount, Name, Prose, Word
from graph.model.records import Node

__all__ = ["Organisation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Node):
    """A body that can take part in the network, whatever its legal form.

    ``income`` is GBP a year; ``postcode`` is that of the office, which is not where it works (see
    :class:`graph.model.place.WorksIn`). ``closed_on`` marks a body that has ceased to operate.
    """

    kind: ClassVar[str] = "organisation"
    label: ClassVar[str] = "Organisation"
    plural: ClassVar[str] = "organisations"
    standard: ClassVar[str] = "Identifiers after org-id.guide"

    name: Name
    other_names: tuple[str, ...] = ()
    description: Prose = ""
    organisation_type: Word = ""
    income: Amount | None = None
    website: Word = ""
    postcode: Word = ""
    closed_on: date | None = None
