"""What was learned from the network, kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.model.fields import Name, Prose
from graph.model.records import Record

__all__ = ["LearnedModel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedModel(Record):
    """A model with its card; learning again replaces it, and the audit log keeps the one before.

    ``data_hash`` names the network that it was learned from, ``content`` holds the weights as JSON.
    """

    kind: ClassVar[str] = "learned_model"
    label: ClassVar[str] = "LearnedModel"

    data_hash: Name
    learned_by: Name
    learned_on: date
    content: Prose
