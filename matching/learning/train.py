"""Learning from a network: what came of what was known a quarter of a year before, and longer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.learning.calibration import bands
from matching.learning.candidates import Candidates, names
from matching.learning.model import ModelCard, PairModel
from matching.learning.past import Floats32, Ints, Past
from matching.learning.weights import fit
from matching.learning.windows import Progress, Window, sample, windows
from matching.metrics import measured
from matching.network import Network

__all__ = ["train"]

_KEPT_APART = 300
_SHARE_APART = 5
_LIST = 10


def train(network: Network, *, seed: int = 0, progress: Progress | None = None) -> PairModel:
    """Learn who comes to work with whom from the dated undertakings of ``network``.

    The same network and seed give the same model. Organisations drawn from the last window are
    kept apart, to say how good the model is and what its scores mean. Raises NotEnoughHistory.
    """
    told = progress or _silent
    past = Past.of(network)
    found = windows(past, seed)
    learned, apart = _set_apart(found, seed)
    pairs = sample(learned, seed, progress=told)
    mean, scale, weights, intercept = fit(pairs)
    blank = ModelCard(
        data_hash=network.snapshot.content_hash,
        last_day=past.day,
        seed=seed,
        organisations=sum(len(window.rows) for window in learned),
        pairs=len(pairs.came_about),
        came_about=int(pairs.came_about.sum()),
        kept_apart=len(apart.rows),
        ndcg=0.0,
        ndcg_common=0.0,
    )
    model = PairModel(
        features=names(),
        mean=_plain(mean),
        scale=_plain(scale),
        weights=_plain(weights),
        intercept=round(intercept, 6),
        bands=(),
        card=blank,
    )
    return _measured(model, apart)


def _silent(done: int, total: int) -> None:
    del done, total


def _plain(numbers: Floats32) -> tuple[float, ...]:
    """Return the numbers to seven digits: what is stored is what was measured."""
    return tuple(float(f"{number:.7g}") for number in numbers.tolist())


def _set_apart(found: tuple[Window, ...], seed: int) -> tuple[tuple[Window, ...], Window]:
    """Return the windows without some organisations of the first, and these."""
    first = found[0]
    count = min(_KEPT_APART, len(first.rows) // _SHARE_APART)
    drawn = np.random.default_rng((seed, 77)).permutation(len(first.rows))[:count]
    apart = np.sort(first.rows[drawn])
    left = tuple(
        Window(window.past, window.later, np.setdiff1d(window.rows, apart)) for window in found
    )
    return left, Window(first.past, first.later, apart)


def _measured(model: PairModel, apart: Window) -> PairModel:
    """Return the model with its bands, and how good it is on organisations kept apart."""
    new = apart.past.new_partners(apart.later)
    common = names().index("common")
    scores, hits = [], []
    lists: dict[str, list[Ints]] = {"model": [], "common": []}
    for seen in Candidates(apart.past).blocks(apart.rows):
        found = model.scores(seen)
        came = np.take_along_axis(new[seen.block.rows].toarray().T > 0, seen.block.pool, axis=0)
        scores.append(found[seen.is_real])
        hits.append(came[seen.is_real])
        plain = np.where(seen.is_real, seen.values[common], -np.inf)
        for name, by in (("model", found), ("common", plain)):
            order = np.argsort(-by, axis=0, kind="stable")[:_LIST]
            lists[name].append(np.take_along_axis(seen.block.pool, order, axis=0).T)
    if not scores:
        return model
    partners = new[apart.rows]
    ndcg = {
        name: float(measured(np.concatenate(found), partners)["ndcg"].mean())
        for name, found in lists.items()
    }

    card = replace(model.card, ndcg=round(ndcg["model"], 4), ndcg_common=round(ndcg["common"], 4))
    return replace(model, bands=bands(np.concatenate(scores), np.concatenate(hits)), card=card)
