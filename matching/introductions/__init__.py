"""Introductions: who could introduce whom, and which ones the network needs most."""

from __future__ import annotations

from matching.introductions.best import Introductions, ProposedIntroduction, best_introductions
from matching.introductions.effect import Change, Effect
from matching.introductions.routes import MOST_INTRODUCERS, Route, Routes, Step, find_routes

__all__ = [
    "MOST_INTRODUCERS",
    "Change",
    "Effect",
    "Introductions",
    "ProposedIntroduction",
    "Route",
    "Routes",
    "Step",
    "best_introductions",
    "find_routes",
]
