"""A matching round for the whole network: who should meet whom when nobody has time for all.

Match lists look at one organisation at a time, so everybody is sent to the same few. A round looks
at all at once: the pairs with the largest sum of reciprocal scores, where nobody is in more pairs
than its limit, and the small and new are in at least as many as their floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from matching.draws import drawn_order
from matching.lists import MatchLists, Pairs, Ranking
from matching.network import Ints, Network
from matching.rounds.exposure import Exposure, exposure
from matching.rounds.floors import small_or_new
from matching.rounds.problem import pose
from matching.rounds.solve import solve

__all__ = ["MatchingRound", "PriceOfFairness", "ProposedPair", "matching_round", "plan_round"]

_TIMES_LONGER = 4


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two organisations that should meet in this round; ``first_id`` sorts before ``second_id``."""

    first_id: str
    second_id: str
    score: float


@dataclass(frozen=True, slots=True)
class PriceOfFairness:
    """What limits and floors take from the sum of scores.

    ``wished`` is what there would be if everybody met the best of its own list, as many as its
    limit, however many others want the same; ``with_limits`` is left once nobody is in more pairs
    than its limit, ``with_floors`` once the small and new have their places too.
    """

    wished: float
    with_limits: float
    with_floors: float

    @property
    def of_limits(self) -> float:
        """Return the share of ``wished`` that the limits take, in [0, 1]."""
        return max(0.0, 1 - self.with_limits / self.wished) if self.wished else 0.0

    @property
    def of_floors(self) -> float:
        """Return the share of ``with_limits`` that the floors take, in [0, 1]."""
        return 1 - self.with_floors / self.with_limits if self.with_limits else 0.0


@dataclass(frozen=True, slots=True)
class MatchingRound:
    """The pairs of a round, best first, and what it is worth.

    No round that keeps the same limits and floors scores above ``bound``. ``before`` counts how
    often each organisation stands in the first ``limit`` places of somebody's list, ``after`` in
    how many pairs of the round it is. ``left_out`` are the open organisations in no pair;
    ``below_floor`` those of the small and new that have fewer pairs than promised, because there
    are none to give them.
    """

    pairs: tuple[ProposedPair, ...]
    total_score: float
    bound: float
    before: Exposure
    after: Exposure
    price: PriceOfFairness
    left_out: tuple[str, ...]
    below_floor: tuple[str, ...]
    candidate_count: int

    @property
    def gap(self) -> float:
        """Return by what share of the bound the total may fall short of the best, in [0, 1]."""
        return max(0.0, 1 - self.total_score / self.bound) if self.bound else 0.0


def plan_round(
    network: Network,
    suggest: Callable[[int, Sequence[str] | None], Iterable[Ranking]],
    *,
    limit: int = 3,
    limits: Mapping[str, int] | None = None,
    floor: int = 1,
    top: int = 20,
    seed: int = 1,
) -> MatchingRound:
    """Return a round over lists of ``top``; whoever it leaves out gets a list four times as long.

    ``suggest(k, ids)`` gives the lists of these organisations, or of all: ``suggest_all`` without
    the network. The rest is as in :func:`matching_round`.
    """
    planned = partial(matching_round, network, limit=limit, limits=limits, floor=floor, seed=seed)
    lists = MatchLists.from_rankings(network, suggest(top, None))
    found = planned(lists)
    waiting = sorted({*found.left_out, *found.below_floor})
    if not waiting:
        return found
    longer = lists.replaced(
        MatchLists.from_rankings(network, suggest(top * _TIMES_LONGER, waiting))
    )
    return found if len(longer) == len(lists) else planned(longer)


def matching_round(
    network: Network,
    lists: MatchLists,
    *,
    limit: int = 3,
    limits: Mapping[str, int] | None = None,
    floor: int = 1,
    seed: int = 1,
) -> MatchingRound:
    """Return the round with the largest total score found, and how far from the best it may be.

    Nobody is in more than ``limit`` pairs, or than ``limits`` says of it by id. Whoever is small or
    new (:func:`matching.rounds.floors.small_or_new`) is in ``floor`` pairs or more as far as the
    lists allow. Pairs come from ``lists``, which hold no barred pair, existing partner or closed
    organisation. Equals are told apart by a draw that ``seed`` repeats.

    Raises ValueError for a limit or floor below 0, and UnknownOrganisation.
    """
    limit_of = _limits(network, limit, limits or {})
    if floor < 0:
        raise ValueError(f"floor: {floor} is below 0")
    floor_of = np.where(small_or_new(network), floor, 0)
    pairs = lists.pairs()
    places = drawn_order(network, seed)
    problem = pose(pairs, places, limit_of, floor_of, seed)
    solution = solve(problem)
    chosen = np.sort(problem.origin[solution.chosen])
    counts = np.bincount(
        np.concatenate((pairs.first[chosen], pairs.second[chosen])), minlength=len(network)
    )
    wished = lists.best(limit_of)
    return MatchingRound(
        pairs=_proposed(network, pairs, chosen),
        total_score=float(pairs.score[chosen].sum()),
        bound=solution.bound,
        before=exposure(np.bincount(wished.ends, minlength=len(network)), network.is_open),
        after=exposure(counts, network.is_open),
        price=PriceOfFairness(
            wished=float(wished.scores.sum()) / 2,
            with_limits=problem.total(solution.without_floors),
            with_floors=problem.total(solution.chosen),
        ),
        left_out=_ids(network, network.is_open & (limit_of > 0) & (counts == 0)),
        below_floor=_ids(network, counts < np.minimum(floor_of, limit_of)),
        candidate_count=len(pairs),
    )


def _limits(network: Network, limit: int, limits: Mapping[str, int]) -> Ints:
    found = np.full(len(network), limit, dtype=np.int64)
    for organisation_id, own in limits.items():
        found[network.index_of(organisation_id)] = own
    if len(found) and found.min() < 0:
        raise ValueError(f"limit: {found.min()} is below 0")
    return found


def _proposed(network: Network, pairs: Pairs, chosen: Ints) -> tuple[ProposedPair, ...]:
    order = chosen[np.argsort(-pairs.score[chosen], kind="stable")]
    ids = network.organisation_ids
    return tuple(
        ProposedPair(ids[first], ids[second], score)
        for first, second, score in zip(
            pairs.first[order].tolist(),
            pairs.second[order].tolist(),
            pairs.score[order].tolist(),
            strict=True,
        )
    )


def _ids(network: Network, picked: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(network.organisation_ids[i] for i in np.flatnonzero(picked).tolist())
