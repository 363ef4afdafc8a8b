"""What a backtest found, as data: the same for a table, a file and a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.evaluation.bootstrap import Difference, Interval

__all__ = ["FEW", "Backtest", "Measured", "Section"]

FEW = "few_"
"""Before the name of a metric: the same, where only partners that had few partners count."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One ranking: the mean of each metric over the organisations asked for, with its interval.

    A metric that there was nothing to measure by is left out.
    ``differences`` compare each metric with the baseline that is best at it, chosen on these very
    organisations and so in the baselines' favour. ``shown`` is the share of all organisations
    that stand among anybody's first ten, ``gini`` how unevenly they do.
    """

    name: str
    label: str
    is_baseline: bool
    metrics: Mapping[str, Interval]
    differences: Mapping[str, Difference]
    shown: float
    gini: float


@dataclass(frozen=True, slots=True)
class Section:
    """All rankings for one sort of organisations; ``best`` names the best baseline by metric."""

    found: int
    """How many such organisations the history has."""
    asked: int
    """How many of them were measured."""
    partners: float
    """Partners to be found for each, on average."""
    rankings: tuple[Measured, ...]
    best: Mapping[str, str]

    def ranking(self, name: str) -> Measured:
        """Return one ranking by name; raises KeyError."""
        return {ranking.name: ranking for ranking in self.rankings}[name]


@dataclass(frozen=True, slots=True)
class Backtest:
    """What came of ranking by what was known before ``cutoff``, judged by what came after.

    ``known`` are organisations that had worked in a project before, ``cold`` those that had not.
    ``data_hash`` is the SHA-256 of all facts of the history but for who told them and when.
    """

    cutoff: date
    known: Section
    cold: Section
    counts: Mapping[str, int]
    settings: Mapping[str, int]
    data_hash: str
