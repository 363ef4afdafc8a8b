"""Things above and below each other: places in counties, themes under broader ones."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["above"]


def above(thing: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the broader things of a thing, nearest first; a circle ends where it closes."""
    found: list[str] = []
    parent = parents.get(thing, "")
    while parent and parent not in found:
        found.append(parent)
        parent = parents.get(parent, "")
    return tuple(found)
