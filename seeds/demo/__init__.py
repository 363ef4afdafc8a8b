"""A fictional network with planted truths, for trying gofar out and for testing it."""

from __future__ import annotations

from seeds.demo.truths import Truths
from seeds.demo.world import SEED, demo_records, demo_truths, load_demo

__all__ = ["SEED", "Truths", "demo_records", "demo_truths", "load_demo"]
