"""Matching rounds: pairs for the whole network, within everybody's limit."""

from __future__ import annotations

from matching.rounds.exposure import Exposure
from matching.rounds.floors import SMALL_INCOME
from matching.rounds.plan import (
    MatchingRound,
    PriceOfFairness,
    ProposedPair,
    matching_round,
    plan_round,
)

__all__ = [
    "SMALL_INCOME",
    "Exposure",
    "MatchingRound",
    "PriceOfFairness",
    "ProposedPair",
    "matching_round",
    "plan_round",
]
