"""What can be measured: anything that gives each organisation a list of others, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.errors import NotEnoughHistory
from matching.evaluation.baselines import BASELINES, Baseline
from matching.learning import top, train
from matching.network import Floats, Ints, Network
from matching.pool import candidate_pool
from matching.suggest import suggest_all

__all__ = ["Learned", "Prior", "Ranker", "Scored", "best", "rankers"]

_BLOCK = 64


class Ranker(Protocol):
    """Gives lists for many organisations at once; ``name`` is a word, ``label`` for readers."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def is_baseline(self) -> bool:
        """Whether it is one of those that gofar has to beat."""

    def top(self, network: Network, rows: Ints, k: int) -> Ints:
        """Return int64[len(rows), k]: for each row organisations, best first; -1 where none.

        Only of :func:`matching.pool.candidate_pool`, and nobody twice.
        """


@dataclass(frozen=True, slots=True)
class Scored:
    """A baseline's scores as lists; equal scores come in an order drawn by ``seed``."""

    baseline: Baseline
    seed: int = 0
    is_baseline: bool = True

    @property
    def name(self) -> str:
        return self.baseline.name

    @property
    def label(self) -> str:
        return self.baseline.label

    def top(self, network: Network, rows: Ints, k: int) -> Ints:
        blocks = [
            best(network, part, self.baseline.scores(network, part), k, self.seed)
            for part in _blocks(rows)
        ]
        return np.concatenate(blocks) if blocks else np.empty((0, k), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Prior:
    """gofar's own suggestions under the weights that it comes with, as anybody gets them."""

    name: str = "prior"
    label: str = "gofar, weights not learned"
    is_baseline: bool = False

    def top(self, network: Network, rows: Ints, k: int) -> Ints:
        wanted = [network.organisation_ids[row] for row in rows.tolist()]
        lists = suggest_all(network, k=k, organisation_ids=wanted)
        found = np.full((len(rows), k), -1, dtype=np.int64)
        for place, (_, ranking) in enumerate(lists):
            found[place, : len(ranking)] = [network.index_of(partner) for partner, _ in ranking]
        return found


@dataclass(frozen=True, slots=True)
class Learned:
    """gofar's suggestions under weights learned from nothing but the network that it is given."""

    seed: int = 0
    name: str = "learned"
    label: str = "gofar, weights learned"
    is_baseline: bool = False

    def top(self, network: Network, rows: Ints, k: int) -> Ints:
        try:
            model = network.remembered("learned.model", lambda: train(network, seed=self.seed))
        except NotEnoughHistory:
            return Prior().top(network, rows, k)
        return top(network, model, rows, k)


def rankers(seed: int = 0) -> tuple[Ranker, ...]:
    """Return all that a backtest measures: what gofar has to beat, and what gofar suggests."""
    return (*(Scored(baseline, seed) for baseline in BASELINES), Prior(), Learned(seed))


def best(network: Network, rows: Ints, scores: Floats, k: int, seed: int) -> Ints:
    """Return int64[len(rows), k]: whoever scores best among those who may be suggested.

    ``scores`` is float64[len(rows), n]. Equal scores come in an order that ``seed`` and the
    organisation draw: in order of id, whoever is first in a register would look better.
    """
    found = np.full((len(rows), k), -1, dtype=np.int64)
    for place, row in enumerate(rows.tolist()):
        pool = candidate_pool(network, row)
        if not network.is_open[row] or len(pool) == 0 or k < 1:
            continue
        lot = np.random.default_rng((seed, row)).random(len(pool))
        first = _first(scores[place, pool], lot, min(k, len(pool)))
        found[place, : len(first)] = pool[first]
    return found


def _first(scores: Floats, lot: Floats, k: int) -> Ints:
    """Return the places of the ``k`` highest scores, equal ones by lot, without sorting all."""
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
    above = np.flatnonzero(scores > threshold)
    level = np.flatnonzero(scores == threshold)
    wanted = k - len(above)
    level = level[np.argpartition(lot[level], wanted - 1)[:wanted]]
    chosen = np.concatenate((above, level))
    return chosen[np.lexsort((lot[chosen], -scores[chosen]))]


def _blocks(rows: Ints) -> Iterator[Ints]:
    for start in range(0, len(rows), _BLOCK):
        yield rows[start : start + _BLOCK]
