"""Which of the networks that there have been a reader looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["TODAY", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """A day, None for today, and whether facts and ties that nobody told are part of it."""

    as_of: date | None = None
    with_inferred: bool = True


TODAY = View()
"""The network of today, with all that is known of it."""
