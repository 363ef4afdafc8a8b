"""Measuring suggestions against what came of it, and against every simple way to suggest."""

from __future__ import annotations

from matching.evaluation.backtest import backtest
from matching.evaluation.baselines import BASELINES, Baseline
from matching.evaluation.rankers import Learned, Prior, Ranker, Scored, rankers
from matching.evaluation.result import FEW, Backtest, Measured, Section
from matching.evaluation.split import Split, known_before, split_at
from matching.evaluation.tables import TextTable, tables
from matching.metrics import DEPTH, METRICS, TOP, Metric

__all__ = [
    "BASELINES",
    "DEPTH",
    "FEW",
    "METRICS",
    "TOP",
    "Backtest",
    "Baseline",
    "Learned",
    "Measured",
    "Metric",
    "Prior",
    "Ranker",
    "Scored",
    "Section",
    "Split",
    "TextTable",
    "backtest",
    "known_before",
    "rankers",
    "split_at",
    "tables",
]
