"""Working a change out anew when somebody else wrote between the plan and the commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graph.errors import StaleVersion

__all__ = ["until_current"]

T = TypeVar("T")

_ATTEMPTS = 20


def until_current(change: Callable[[], T]) -> T:
    """Return what ``change`` returns; it reads the store, plans and commits at that version.

    Raises StaleVersion where others are faster twenty times in a row, and whatever else it raises.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return change()
        except StaleVersion:
            continue
    return change()
