"""Learning from what came about: a transparent model, trained by time, with its card."""

from __future__ import annotations

from matching.learning.calibration import Band, chance
from matching.learning.features import GROUPS
from matching.learning.model import ModelCard, PairModel, model_from_json, model_to_json
from matching.learning.ranking import suggest_all_learned, top
from matching.learning.suggest import learned_label, suggest_learned
from matching.learning.train import train

__all__ = [
    "GROUPS",
    "Band",
    "ModelCard",
    "PairModel",
    "chance",
    "learned_label",
    "model_from_json",
    "model_to_json",
    "suggest_all_learned",
    "suggest_learned",
    "top",
    "train",
]
