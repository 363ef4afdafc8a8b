"""Signals, and what they are measured against, in their own words; and how they did."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from pydantic import TypeAdapter

from matching.evaluation import Backtest, TextTable, tables
from matching.signals import Signal
from web.wording import DIRECTIONS

__all__ = ["Method", "described", "method", "published"]

_RESULTS = TypeAdapter(tuple[Backtest, ...])


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


def described(thing: object) -> str:
    """Return a docstring as one paragraph."""
    return " ".join((inspect.getdoc(thing) or "").split())


def published(result: str | bytes) -> tuple[TextTable, ...]:
    """Return the tables of a result as `gofar backtest --json` writes it."""
    return tuple(table for found in _RESULTS.validate_json(result) for table in tables(found))
