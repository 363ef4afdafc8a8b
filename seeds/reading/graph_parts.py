"""The parts of a drawn network, whatever file it was read from: elements and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seeds.problems import Problem, Skipped, Where

__all__ = ["Element", "Link", "Part"]


@dataclass(frozen=True, slots=True)
class Element:
    """A node. ``attributes`` are by title; their values are text, in JSON also lists and numbers.

    ``id`` is '' where the file tells nodes by their labels.
    """

    where: Where
    id: str
    label: str
    type: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge, from and to what the file calls its ends: their ids or their labels."""

    where: Where
    source: str
    target: str
    type: str
    attributes: Mapping[str, Any]


Part = Element | Link | Problem | Skipped
