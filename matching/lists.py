"""Everybody's match lists as arrays, and the pairs that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.network import Floats, Ints, Network
from matching.pool import may_be_suggested

__all__ = ["MatchLists", "Pairs", "Ranking"]

Ranking = tuple[str, Sequence[tuple[str, float]]]
"""An organisation's id and its suggestions as (id, score), as ``suggest_all`` gives them."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of organisations, each once, by number: ``first`` is the lower; equal lengths.

    ``score`` is the reciprocal score: the harmonic mean of the scores that each side gives the
    other (RECON, Pizzato et al. 2010); where only one list names the other, that list's score
    stands for both, because the score of a pair hardly depends on who looks.
    """

    first: Ints
    second: Ints
    score: Floats

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class MatchLists:
    """Who is suggested to whom: arrays of equal length, organisation by organisation, best first.

    Made by :meth:`of` or :meth:`from_rankings`, which leave out whoever may not be suggested.
    """

    starts: Ints
    ends: Ints
    scores: Floats

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def of(cls, network: Network, starts: Ints, ends: Ints, scores: Floats) -> MatchLists:
        """Return lists of numbered organisations, in any order.

        Left out: scores that aren't above zero, and pairs that may not be suggested, whoever made
        the lists. Among equal scores the order given stands.
        """
        usable = np.isfinite(scores) & (scores > 0) & may_be_suggested(network, starts, ends)
        starts, ends, scores = starts[usable], ends[usable], scores[usable]
        order = np.lexsort((-scores, starts))
        return cls(starts[order], ends[order], scores[order])

    @classmethod
    def from_rankings(cls, network: Network, rankings: Iterable[Ranking]) -> MatchLists:
        """Return the lists that ``suggest_all`` yields; raises KeyError for an unknown id."""
        number_of = {key: number for number, key in enumerate(network.organisation_ids)}
        starts: list[int] = []
        ends: list[int] = []
        scores: list[float] = []
        for organisation_id, ranking in rankings:
            starts += [number_of[organisation_id]] * len(ranking)
            ends += [number_of[partner] for partner, _ in ranking]
            scores += [score for _, score in ranking]
        return cls.of(
            network,
            np.array(starts, dtype=np.int64),
            np.array(ends, dtype=np.int64),
            np.array(scores, dtype=np.float64),
        )

    def best(self, count: int | Ints) -> MatchLists:
        """Return the first ``count`` of each list, or int64[n]: of each organisation's."""
        kept = self._ranks() < (count if isinstance(count, int) else count[self.starts])
        return MatchLists(self.starts[kept], self.ends[kept], self.scores[kept])

    def replaced(self, longer: MatchLists) -> MatchLists:
        """Return these lists with those of ``longer`` in place of the same organisations'."""
        kept = ~np.isin(self.starts, longer.starts)
        starts = np.concatenate((self.starts[kept], longer.starts))
        order = np.argsort(starts, kind="stable")
        return MatchLists(
            starts[order],
            np.concatenate((self.ends[kept], longer.ends))[order],
            np.concatenate((self.scores[kept], longer.scores))[order],
        )

    def pairs(self) -> Pairs:
        """Return every pair that some list names, in order of (first, second)."""
        first, second = np.minimum(self.starts, self.ends), np.maximum(self.starts, self.ends)
        order = np.lexsort((self.scores, second, first))
        first, second, scores = first[order], second[order], self.scores[order]
        is_new = np.ones(len(first), dtype=np.bool_)
        is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        heads = np.flatnonzero(is_new)
        # A pair that both lists name stands twice in a row, the lower score first.
        tails = np.append(heads[1:], len(first)) - 1 if len(first) else heads
        low, high = scores[heads], scores[tails]
        return Pairs(first[heads], second[heads], 2 * low * high / (low + high))

    def _ranks(self) -> Ints:
        if not len(self):
            return np.empty(0, dtype=np.int64)
        starts_anew = np.flatnonzero(np.diff(self.starts, prepend=self.starts[0] - 1))
        lengths = np.diff(np.append(starts_anew, len(self)))
        return np.arange(len(self)) - np.repeat(starts_anew, lengths)
