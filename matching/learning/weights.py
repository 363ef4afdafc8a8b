"""Fitting weights to a sample: a regularised logistic regression, and nothing that hides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.learning.candidates import names
from matching.learning.features.track_record import OwnRecord
from matching.learning.past import Floats32
from matching.learning.windows import Sample

__all__ = ["OWN", "columns", "fit", "slopes"]

OWN = "own_partners"
"""The feature that says how far a weight may differ between the well connected and the others."""
_STRENGTH = 0.005
_STRENGTH_PER_PAIR = 1.25e-8
"""From fewer than 400,000 pairs weights are kept nearer to nought, the fewer the nearer."""
_EVENNESS = 0.75


def fit(sample: Sample) -> tuple[Floats32, Floats32, Floats32, float]:
    """Return mean, scale and weight of each column (:func:`columns`), and the intercept.

    Each pair that came about weighs 1 / (new partners of its organisation)^0.75, and those that
    didn't likewise, so that an organisation with hundreds doesn't speak for all; all windows weigh
    the same. L2 penalty on standardised columns, C = min(0.005, pairs / 80 million). Source:
    logistic regression for link prediction; weights by query as in learning to rank (Liu 2009).
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - loads sklearn

    design = columns(sample.values)
    mean = design.mean(axis=0, dtype=np.float64)
    scale = np.maximum(design.std(axis=0, dtype=np.float64), 1e-6)
    design -= mean.astype(np.float32)
    design /= scale.astype(np.float32)
    strength = min(_STRENGTH, _STRENGTH_PER_PAIR * len(design))
    model = LogisticRegression(C=strength, max_iter=100, solver="newton-cholesky")
    model.fit(design, sample.came_about, sample_weight=_query_weights(sample))
    return (
        mean.astype(np.float32),
        scale.astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
    )


def columns(values: Floats32) -> Floats32:
    """Return pairs × columns: each feature, then those of the pair times the own partners."""
    own = names().index(OWN)
    paired = _paired()
    return np.hstack((values, values[:, paired] * values[:, [own]]))


def slopes(weights: Floats32, scale: Floats32, own: Floats32) -> Floats32:
    """Return features × B: what a unit of each feature is worth to those with ``own`` partners."""
    worth = (weights / scale).astype(np.float32)
    count = len(names())
    found = np.tile(worth[:count, None], (1, len(own)))
    found[_paired()] += worth[count:, None] * own[None, :]
    return found


def _paired() -> list[int]:
    own = {feature.name for feature in OwnRecord.features}
    return [number for number, name in enumerate(names()) if name not in own]


def _query_weights(sample: Sample) -> npt.NDArray[np.float64]:
    keys = sample.window * (int(sample.row.max(initial=0)) + 1) + sample.row
    _, query = np.unique(keys, return_inverse=True)
    found = np.maximum(np.bincount(query, weights=sample.came_about), 1)
    weights = (1 / found**_EVENNESS)[query]
    weights /= np.bincount(sample.window, weights=weights)[sample.window]
    return np.asarray(weights * len(weights) / weights.sum())
