"""The learned score as a model: weights that anybody can read, and what they were learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field, TypeAdapter

from matching.errors import ModelMismatch
from matching.learning.calibration import Band
from matching.learning.candidates import Seen, names
from matching.learning.features.track_record import OwnRecord
from matching.learning.past import Floats32
from matching.learning.weights import OWN, slopes

__all__ = ["ModelCard", "PairModel", "model_from_json", "model_to_json"]

Numbers = tuple[Annotated[float, Field(allow_inf_nan=False)], ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model was learned from, and how well it did on organisations kept apart.

    ``data_hash`` names the network, ``last_day`` is the day after its last undertaking began (days
    since 1970). ``pairs`` were learned from, ``came_about`` of them came about. ``kept_apart``
    organisations judged a first model that was not learned from them: NDCG@10 was ``ndcg``, and
    ``ndcg_common`` where they are ranked by partners in common. They were learned from afterwards.
    """

    data_hash: str
    last_day: int
    seed: int
    organisations: int
    pairs: int
    came_about: int
    kept_apart: int
    ndcg: float
    ndcg_common: float


@dataclass(frozen=True, slots=True)
class PairModel:
    """Log-odds that two come to work together: intercept + Σ weight · (column - mean) / scale.

    Columns are those of :func:`matching.learning.weights.columns`. ``bands`` tell what came of
    pairs by their score.
    """

    features: tuple[str, ...]
    mean: Numbers
    scale: Numbers
    weights: Numbers
    intercept: float
    bands: tuple[Band, ...]
    card: ModelCard

    def __post_init__(self) -> None:
        if self.features != names():
            raise ModelMismatch(len(self.features), len(names()))

    def scores(self, seen: Seen) -> Floats32:
        """Return P × B log-odds; -inf where there is no candidate."""
        slope, base = self._lines(seen)
        found = np.einsum("fpb,fb->pb", seen.values, slope) + base[None, :]
        return np.where(seen.is_real, found, np.float32(-np.inf))

    def parts(self, seen: Seen) -> Floats32:
        """Return features × P × B: what each feature adds for a candidate, against a usual one.

        A usual candidate has the mean of each feature. Where a feature is the organisation's own,
        and so the same for all, it adds to the base and not here.
        """
        slope, _ = self._lines(seen)
        usual = np.asarray(self.mean[: len(names())], dtype=np.float32)
        own = np.array([name in _OWN for name in names()])
        found = (seen.values - usual[:, None, None]) * slope[:, None, :]
        found[own] = 0
        return np.asarray(found, dtype=np.float32)

    def start(self, seen: Seen) -> npt.NDArray[np.float64]:
        """Return float64[B]: the log-odds of a usual candidate, by the organisation's own record.

        With :meth:`parts` it makes up :meth:`scores`, but for the rounding of float32.
        """
        slope, base = self._lines(seen)
        usual = np.asarray(self.mean[: len(names())], dtype=np.float64)[:, None]
        own = np.array([name in _OWN for name in names()])[:, None]
        taken = np.where(own, seen.values[:, 0], usual)
        return np.asarray(base + (slope * taken).sum(axis=0), dtype=np.float64)

    def _lines(self, seen: Seen) -> tuple[Floats32, Floats32]:
        own = seen.values[names().index(OWN), 0]
        weights, scale, mean = (
            np.asarray(numbers, dtype=np.float32)
            for numbers in (self.weights, self.scale, self.mean)
        )
        slope = slopes(weights, scale, own)
        base = self.intercept - float((weights * mean / scale).sum())
        return slope, np.full(len(own), base, dtype=np.float32)


_OWN = frozenset(feature.name for feature in OwnRecord.features)
_ADAPTER = TypeAdapter(PairModel)


def model_to_json(model: PairModel) -> str:
    """Return the model on one line."""
    return _ADAPTER.dump_json(model).decode()


def model_from_json(text: str) -> PairModel:
    """Read what :func:`model_to_json` wrote; raises ModelMismatch for another program's model."""
    return _ADAPTER.validate_json(text)
