"""Learning from what came about: a transparent model, trained by time, with its card."""

from __future__ import annotations

from matching.learning.calibration import Band, Chance, chance
from matching.learning.features import GROUPS
from matching.learning.model import ModelCard, PairModel, model_from_json, model_to_json
from matching.learning.ranking import ranked, top
from matching.learning.train import train

__all__ = [
    "GROUPS",
    "Band",
    "Chance",
    "ModelCard",
    "PairModel",
    "chance",
    "model_from_json",
    "model_to_json",
    "ranked",
    "top",
    "train",
]
