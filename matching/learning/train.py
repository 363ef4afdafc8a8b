"""Learning from a network: what came of what was known a quarter of a year before, and longer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.learning.calibration import Band, bands
from matching.learning.candidates import names
from matching.learning.model import ModelCard, PairModel
from matching.learning.past import Floats32, Ints, Past
from matching.learning.weights import fit
from matching.learning.windows import Progress, Sample, Window, sample, windows
from matching.metrics import measured
from matching.network import Network

__all__ = ["train"]

_KEPT_APART = 300
_SHARE_APART = 5
_LIST = 10


def train(network: Network, *, seed: int = 0, progress: Progress | None = None) -> PairModel:
    """Learn who comes to work with whom from the dated undertakings of ``network``.

    The same network and seed give the same model. Organisations drawn from the last window are
    kept apart first, to say how good the model is and what its scores mean, then learned from
    too. Raises NotEnoughHistory.
    """
    past = Past.of(network)
    found = windows(past, seed)
    apart = _set_apart(found[0], seed)
    pairs = sample(found, seed, progress=progress or _silent)
    found_true, ndcg, ndcg_common = _judged(
        _fitted(pairs.without(apart.rows), network, past, seed), apart
    )
    # What was kept apart to judge the model is learned from too in the end: it is the latest.
    final = _fitted(pairs, network, past, seed)
    card = replace(final.card, kept_apart=len(apart.rows), ndcg=ndcg, ndcg_common=ndcg_common)
    return replace(final, bands=found_true, card=card)


def _fitted(pairs: Sample, network: Network, past: Past, seed: int) -> PairModel:
    mean, scale, weights, intercept = fit(pairs)
    return PairModel(
        features=names(),
        mean=_plain(mean),
        scale=_plain(scale),
        weights=_plain(weights),
        intercept=round(intercept, 6),
        bands=(),
        card=ModelCard(
            data_hash=network.snapshot.content_hash,
            last_day=past.day,
            seed=seed,
            organisations=pairs.organisations,
            pairs=len(pairs.came_about),
            came_about=int(pairs.came_about.sum()),
            kept_apart=0,
            ndcg=0.0,
            ndcg_common=0.0,
        ),
    )


def _silent(done: int, total: int) -> None:
    del done, total


def _plain(numbers: Floats32) -> tuple[float, ...]:
    """Return the numbers to seven digits: what is stored is what was measured."""
    return tuple(float(f"{number:.7g}") for number in numbers.tolist())


def _set_apart(latest: Window, seed: int) -> Window:
    """Return some organisations of the latest window, to judge by."""
    count = min(_KEPT_APART, len(latest.rows) // _SHARE_APART)
    drawn = np.random.default_rng((seed, 77)).permutation(len(latest.rows))[:count]
    return replace(latest, rows=np.sort(latest.rows[drawn]))


def _judged(model: PairModel, apart: Window) -> tuple[tuple[Band, ...], float, float]:
    """Return what the scores of a model mean on organisations that it was not learned from.

    And NDCG@10 there, of its own lists and of lists by partners in common.
    """
    common = names().index("common")
    scores, hits = [], []
    lists: dict[str, list[Ints]] = {"model": [], "common": []}
    for seen, came in apart.seen():
        found = model.scores(seen)
        scores.append(found[seen.is_real])
        hits.append(came[seen.is_real])
        plain = np.where(seen.is_real, seen.values[common], -np.inf)
        for name, by in (("model", found), ("common", plain)):
            order = np.argsort(-by, axis=0, kind="stable")[:_LIST]
            lists[name].append(np.take_along_axis(seen.block.pool, order, axis=0).T)
    if not scores:
        return (), 0.0, 0.0
    partners = apart.past.new_partners(apart.later)[apart.rows]
    ndcg = {
        name: round(float(measured(np.concatenate(found), partners)["ndcg"].mean()), 4)
        for name, found in lists.items()
    }
    return bands(np.concatenate(scores), np.concatenate(hits)), ndcg["model"], ndcg["common"]
