"""What a set of introductions would change, if all of them came about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.draws import drawn_order
from matching.introductions.distances import FAR, open_ties, steps_from, with_ties
from matching.main_things import main_things
from matching.network import Ints, Network

__all__ = ["Change", "Effect", "effect"]

_CELLS = 64 * 200_000
_FEWEST_SAMPLED = 64
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Change:
    """One figure without the introductions, and with them."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Effect:
    """The network before and after. Closed organisations count in none of the figures.

    ``circles``: parts of the network between which no way leads; an organisation without partners
    is one by itself. ``reached``: how many others an organisation can reach at all, on average.
    ``mean_path``: steps between two organisations that a way leads between today, measured from
    ``sampled`` of them. ``within_two_steps``: how many organisations those introduced reach by
    their partners and their partners' partners, on average. ``groups_joined``: pairs of groups
    (main place and theme) that had no tie and get their first.
    """

    circles: Change
    reached: Change
    mean_path: Change
    within_two_steps: Change
    groups_joined: int
    sampled: int


def effect(network: Network, first: Ints, second: Ints, seed: int) -> Effect:
    """Return what introducing ``first[p]`` to ``second[p]``, for all p, would change."""
    ties = open_ties(network)
    joined = with_ties(ties, first, second)
    is_open = np.flatnonzero(network.is_open)
    sampled = _sample(network, is_open, seed)
    before, after = _circle_sizes(ties, is_open), _circle_sizes(joined, is_open)
    return Effect(
        circles=Change(len(before), len(after)),
        reached=Change(_mean_reached(before), _mean_reached(after)),
        mean_path=_mean_path(ties, joined, sampled),
        within_two_steps=_reach(ties, joined, np.union1d(first, second)),
        groups_joined=_groups_joined(network, ties, first, second),
        sampled=len(sampled),
    )


def _sample(network: Network, is_open: Ints, seed: int) -> Ints:
    """Draw from whom paths are measured: everybody in a small network, at least 64 in any."""
    count = max(_FEWEST_SAMPLED, _CELLS // max(len(network), 1))
    # Not the draw that the landmarks come from: nobody is measured by what was aimed at.
    places = drawn_order(network, ~seed)
    return is_open[np.argsort(places[is_open])][:count]


def _circle_sizes(ties: sparse.csr_array, is_open: Ints) -> Ints:
    _, labels = connected_components(ties, directed=False)
    return np.unique(labels[is_open], return_counts=True)[1].astype(np.int64)


def _mean_reached(circle_sizes: Ints) -> float:
    """Return the mean number of others in the circle of an organisation."""
    everybody = int(circle_sizes.sum())
    return float((circle_sizes * (circle_sizes - 1)).sum() / everybody) if everybody else 0.0


def _mean_path(ties: sparse.csr_array, joined: sparse.csr_array, sampled: Ints) -> Change:
    total, count = np.zeros(2), 0
    for start in range(0, len(sampled), _BLOCK):
        block = sampled[start : start + _BLOCK]
        before, after = steps_from(ties, block), steps_from(joined, block)
        # Of the pairs that have a way today: a new way over a long distance is no loss.
        known = (before > 0) & (before < FAR)
        total += before[known].sum(dtype=np.int64), after[known].sum(dtype=np.int64)
        count += int(known.sum())
    return Change(*(total / max(count, 1)).tolist())


def _reach(ties: sparse.csr_array, joined: sparse.csr_array, introduced: Ints) -> Change:
    if not len(introduced):
        return Change(0.0, 0.0)
    totals = [
        sum(
            int((steps_from(network, introduced[start : start + _BLOCK], far=3) < 3).sum())
            for start in range(0, len(introduced), _BLOCK)
        )
        for network in (ties, joined)
    ]
    # Nobody reaches itself.
    return Change(*(total / len(introduced) - 1 for total in totals))


def _groups_joined(network: Network, ties: sparse.csr_array, first: Ints, second: Ints) -> int:
    found = main_things(network)
    _, group = np.unique(np.column_stack((found.place, found.theme)), axis=0, return_inverse=True)
    group = group.reshape(-1)
    coordinates = ties.tocoo()
    known = _group_pairs(group[coordinates.row], group[coordinates.col])
    return len(np.setdiff1d(_group_pairs(group[first], group[second]), known))


def _group_pairs(one: Ints, other: Ints) -> Ints:
    """Return each pair of different groups once, packed in one number."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    return np.unique(((low << 32) | high)[low != high])
