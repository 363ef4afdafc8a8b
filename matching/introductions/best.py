"""The introductions that do most for the whole network: good matches across its distances.

Gain of introducing u to v = fit · structure, where fit is the score of the pair and structure =
√(1 + the smaller number of partners) · Σ over landmarks s of max(0, |d(s,u) - d(s,v)| - 1): how
much nearer the tie would bring one of them to the rest (after Papagelis, Bonchi & Gionis 2011).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.draws import drawn_order
from matching.introductions.distances import FAR, open_ties, steps_from, with_ties
from matching.introductions.effect import Effect, effect
from matching.lists import MatchLists, Pairs
from matching.network import Floats, Ints, Network

__all__ = ["Introductions", "ProposedIntroduction", "best_introductions"]

_CELLS = 64 * 200_000
_FEWEST_LANDMARKS, _MOST_LANDMARKS = 64, 256
_FEWEST_ROUNDS, _WORK = 10, 400_000


@dataclass(frozen=True, slots=True)
class ProposedIntroduction:
    """Two organisations worth introducing. ``first_id`` sorts before ``second_id``.

    ``steps_before`` is how far apart they are, None where no way leads from one to the other.
    ``is_first_tie`` says that one of them has no partner at all.
    """

    first_id: str
    second_id: str
    score: float
    steps_before: int | None
    is_first_tie: bool


@dataclass(frozen=True, slots=True)
class Introductions:
    """Introductions in the order of choice, and what they would change if all came about."""

    introductions: tuple[ProposedIntroduction, ...]
    effect: Effect
    candidate_count: int


def best_introductions(
    network: Network,
    lists: MatchLists,
    *,
    count: int = 20,
    bridge: float = 1.0,
    isolated_share: float = 0.5,
    seed: int = 1,
) -> Introductions:
    """Return up to ``count`` introductions among the pairs of ``lists``, one an organisation.

    ``bridge`` in [0, 2] is the dial: 0 takes the best matches, whatever they join; 1 weighs match
    and distance alike; 2 joins what lies farthest apart, among the pairs that are in the lists.
    Organisations without any partner come first, with their best match; of the introductions they
    get at most ``isolated_share`` in [0, 1], and more only where nobody else is left. Raises
    ValueError for a figure outside its range.
    """
    if not 0 <= bridge <= 2:
        raise ValueError(f"bridge: {bridge} is not between 0 and 2")
    if not 0 <= isolated_share <= 1:
        raise ValueError(f"isolated_share: {isolated_share} is not between 0 and 1")
    if count < 0:
        raise ValueError(f"count: {count} is below 0")
    pairs = lists.pairs()
    search = _Search(network, pairs, bridge, seed)
    search.join_isolated(math.ceil(count * isolated_share))
    search.join_distant(count)
    search.join_isolated(count - len(search.picked))
    picked = np.array(search.picked, dtype=np.int64)
    first, second = pairs.first[picked], pairs.second[picked]
    return Introductions(
        introductions=_described(network, first, second, pairs.score[picked]),
        effect=effect(network, first, second, seed),
        candidate_count=len(pairs),
    )


def _described(
    network: Network, first: Ints, second: Ints, scores: Floats
) -> tuple[ProposedIntroduction, ...]:
    steps = steps_from(open_ties(network), first)[second, np.arange(len(first))]
    ids = network.organisation_ids
    return tuple(
        ProposedIntroduction(
            first_id=ids[one],
            second_id=ids[other],
            score=score,
            steps_before=far if far < FAR else None,
            is_first_tie=bool(network.degrees[[one, other]].min() == 0),
        )
        for one, other, score, far in zip(
            first.tolist(), second.tolist(), scores.tolist(), steps.tolist(), strict=True
        )
    )


class _Search:
    """Picks pairs one after the other; whoever is in one is in no other."""

    def __init__(self, network: Network, pairs: Pairs, bridge: float, seed: int) -> None:
        self.picked: list[int] = []
        self._pairs = pairs
        self._ties = open_ties(network)
        self._places = drawn_order(network, seed)
        self._structure_counts = min(1.0, bridge)
        best = float(pairs.score.max(initial=0.0)) or 1.0
        self._fit = (pairs.score / best) ** min(1.0, 2 - bridge)
        one, other = self._places[pairs.first], self._places[pairs.second]
        # Equals stand by lot.
        order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
        self._lot = np.empty_like(order)
        self._lot[order] = np.arange(len(order))
        has_none = np.diff(self._ties.indptr) == 0
        self._is_first_tie = has_none[pairs.first] | has_none[pairs.second]
        self._is_free = np.ones(len(network), dtype=np.bool_)

    def join_isolated(self, count: int) -> None:
        """Pick the best match of up to ``count`` organisations without a partner."""
        self._pick(np.where(self._is_first_tie, self._pairs.score, 0.0), count)

    def join_distant(self, count: int) -> None:
        """Pick pairs by gain until there are ``count``; distances are measured again in between."""
        rounds = min(count, max(_FEWEST_ROUNDS, _WORK // max(len(self._places), 1)))
        batch = math.ceil(count / max(rounds, 1))
        while len(self.picked) < count:
            if not self._pick(self._gains(), min(batch, count - len(self.picked))):
                break

    def _pick(self, gains: Floats, count: int) -> int:
        """Pick up to ``count`` pairs of free organisations with gains above 0; say how many."""
        pairs, free = self._pairs, self._is_free
        able = np.flatnonzero((gains > 0) & free[pairs.first] & free[pairs.second])
        order = able[np.lexsort((self._lot[able], -pairs.score[able], -gains[able]))]
        found = 0
        for pair in order.tolist():
            if found == count:
                break
            ends = [pairs.first[pair], pairs.second[pair]]
            if free[ends].all():
                free[ends] = False
                self.picked.append(pair)
                found += 1
        return found

    def _gains(self) -> Floats:
        structure = self._structure() if self._structure_counts else np.ones(len(self._pairs))
        gains = self._fit * structure**self._structure_counts
        # To whoever has nobody everybody is far: they have had their turn.
        return np.where(self._is_first_tie, 0.0, gains)

    def _structure(self) -> Floats:
        from matching.introductions.kernels import gaps  # noqa: PLC0415

        pairs = self._pairs
        picked = np.array(self.picked, dtype=np.int64)
        ties = with_ties(self._ties, pairs.first[picked], pairs.second[picked])
        degrees = np.diff(ties.indptr)
        smaller = np.minimum(degrees[pairs.first], degrees[pairs.second])
        steps = steps_from(ties, self._landmarks())
        return np.asarray(np.sqrt(smaller + 1) * gaps(steps, pairs.first, pairs.second))

    def _landmarks(self) -> Ints:
        """Return by lot some of those who have partners: as many as can be afforded."""
        having = np.flatnonzero(np.diff(self._ties.indptr))
        count = max(_FEWEST_LANDMARKS, _CELLS // max(len(self._places), 1))
        return having[np.argsort(self._places[having])][: min(count, _MOST_LANDMARKS)]
