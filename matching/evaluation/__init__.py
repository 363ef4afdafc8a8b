"""Measuring suggestions against what came of it, and against every simple way to suggest."""

from __future__ import annotations

from matching.evaluation.backtest import backtest
from matching.evaluation.baselines import BASELINES, Baseline
from matching.evaluation.metrics import DEPTH, METRICS, TOP, Metric
from matching.evaluation.rankers import Prior, Ranker, Scored, baselines
from matching.evaluation.result import FEW, Backtest, Measured, Section
from matching.evaluation.split import Split, known_before, split_at

__all__ = [
    "BASELINES",
    "DEPTH",
    "FEW",
    "METRICS",
    "TOP",
    "Backtest",
    "Baseline",
    "Measured",
    "Metric",
    "Prior",
    "Ranker",
    "Scored",
    "Section",
    "Split",
    "backtest",
    "baselines",
    "known_before",
    "split_at",
]
