"""The best partners of many organisations at once, ranked exactly as by scoring them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from matching.engine.index import DIRECTIONS, Index, compile_index, is_fit
from matching.network import Floats, Ints, Network
from matching.scoring import ONE_SIDEDNESS
from matching.signals import SIGNALS
from matching.signals.forms import Form, Pairwise, Product
from matching.suggestion import Direction

__all__ = ["Engine", "Ranking", "blocks_of", "engine_of", "known_engine", "rank_in_threads"]

_KEY = "engine"
_BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best partners of some organisations, best first.

    Those of the ``a``-th stand in ``starts[a]:starts[a + 1]``; ``gets`` and ``gives`` are the
    points of their one-way reasons.
    """

    starts: Ints
    partners: Ints
    scores: Floats
    gets: Floats
    gives: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """Ranks partners; holds arrays only, so that it can be sent to another machine."""

    index: Index
    log_signals: tuple[int, ...]
    pairwise: tuple[tuple[int, Pairwise], ...]

    @classmethod
    def of(cls, network: Network, forms: Sequence[Form]) -> Engine:
        """Compile forms that are fit, given in the order of SIGNALS."""
        return cls(
            index=compile_index(network, forms),
            log_signals=tuple(
                at
                for at, form in enumerate(forms)
                if isinstance(form, Product) and form.is_logarithmic
            ),
            pairwise=tuple((at, f) for at, f in enumerate(forms) if isinstance(f, Pairwise)),
        )

    def rank(self, who: Ints, k: int, *, include_partners: bool = False) -> Ranking:
        """Return the ``k`` best partners of each of ``who``, equal scores in order of number."""
        # Compiled code takes a moment to load, and small networks never need it.
        from matching.engine.kernels import best_of  # noqa: PLC0415

        if k < 1:
            nobody, nothing = np.empty(0, dtype=np.int64), np.empty(0)
            return Ranking(np.zeros(len(who) + 1, np.int64), nobody, nothing, nothing, nothing)
        # One-sidedness can make more of points that go one way only.
        factors = [
            1.0 if SIGNALS[at].direction is Direction.SHARED else 1 + ONE_SIDEDNESS
            for at, _ in self.pairwise
        ]
        slack = lift = 0.0
        for factor, (_, form) in zip(factors, self.pairwise, strict=True):
            slack += factor * (form.most - form.least)
            lift += factor * max(0.0, form.most)
        starts, found, parts = best_of(
            self.index, self.index.numbers[who], k, include_partners, slack, lift
        )
        found = self.index.originals[found]
        asked = np.repeat(np.arange(len(who)), np.diff(starts))
        for at in self.log_signals:
            parts[:, at] = self.index.scales[at] * np.log1p(parts[:, at])
        for at, form in self.pairwise:
            parts[:, at] = form.pair_points(who[asked], found)
        sums = {direction: np.zeros(len(found)) for direction in DIRECTIONS}
        for at, signal in enumerate(SIGNALS):
            sums[signal.direction] += parts[:, at]
        gets, gives = sums[Direction.GETS], sums[Direction.GIVES]
        totals = gets + gives + sums[Direction.SHARED] - ONE_SIDEDNESS * np.abs(gets - gives)
        order = np.lexsort((found, -totals, asked))
        rank = np.arange(len(found)) - starts[:-1][asked[order]]
        order = order[(rank < k) & (totals[order] > 0)]
        ends = np.searchsorted(asked[order], np.arange(len(who) + 1))
        return Ranking(ends, found[order], totals[order], gets[order], gives[order])


def engine_of(network: Network) -> Engine | None:
    """Return the engine of a network, made once; None where some signal has no fit form."""
    return network.remembered(_KEY, lambda: _made(network))


def known_engine(network: Network) -> Engine | None:
    """Return the engine of a network if it has been made."""
    return engine_of(network) if network.remembers(_KEY) else None


def blocks_of(who: Ints) -> list[Ints]:
    """Return the organisations in blocks, which are ranked one at a time."""
    return [who[start : start + _BLOCK] for start in range(0, len(who), _BLOCK)]


def rank_in_threads(engine: Engine, who: Ints, k: int) -> Iterator[tuple[Ints, Ranking]]:
    """Yield block after block with its ranking, using every processor that there is."""
    from numba import get_num_threads  # noqa: PLC0415 - as slow to load as all compiled code

    with ThreadPoolExecutor(get_num_threads()) as threads:
        blocks = blocks_of(who)
        asked = [threads.submit(engine.rank, block, k) for block in blocks]
        try:
            for block, answer in zip(blocks, asked, strict=True):
                yield block, answer.result()
        finally:
            for answer in asked:
                answer.cancel()


def _made(network: Network) -> Engine | None:
    forms = [signal.form(network) for signal in SIGNALS]
    known = [form for form in forms if form is not None]
    return Engine.of(network, known) if is_fit(SIGNALS, forms) else None
