"""Signals in their own words: their docstrings are written for readers."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from matching.signals import Signal
from web.wording import DIRECTIONS

__all__ = ["Method", "method"]


@dataclass(frozen=True, slots=True)
class Method:
    """One signal: what it says, where it counts, and its formula and source."""

    name: str
    label: str
    direction: str
    summary: str
    details: str


def method(signal: Signal) -> Method:
    """Return a signal as the page about suggestions shows it."""
    summary, _, details = (inspect.getdoc(signal) or "").partition("\n\n")
    return Method(
        name=signal.name,
        label=signal.label[:1].upper() + signal.label[1:],
        direction=DIRECTIONS[signal.direction],
        summary=" ".join(summary.split()),
        details=details,
    )
