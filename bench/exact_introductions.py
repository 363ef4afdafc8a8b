"""The exact greedy for introductions, which weighs every pair against every distance: an oracle."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from bench.columns import snapshot_of
from bench.world import World, generate
from matching.introductions import best_introductions
from matching.introductions.distances import open_ties, steps_from, with_ties
from matching.lists import MatchLists
from matching.network import Ints, Network

__all__ = ["exact_greedy", "exact_share", "total_steps", "within_largest_circle"]

_TOP, _COUNT = 10, 20


def exact_greedy(ties: sparse.csr_array, first: Ints, second: Ints, count: int) -> list[int]:
    """Return the numbers of up to ``count`` pairs, each the one that shortens all paths most.

    One pair an organisation, as in :func:`matching.introductions.best_introductions`. O(count ·
    pairs · n²) time.
    """
    steps = steps_from(ties, np.arange(ties.shape[0])).astype(np.int64)
    free = np.ones(ties.shape[0], dtype=np.bool_)
    picked: list[int] = []
    while len(picked) < count:
        able = np.flatnonzero(free[first] & free[second])
        gains = [_gain(steps, first[pair], second[pair]) for pair in able.tolist()]
        if not gains or max(gains) == 0:
            break
        best = int(able[np.argmax(gains)])
        u, v = first[best], second[best]
        free[[u, v]] = False
        picked.append(best)
        there = steps[:, [u]] + 1 + steps[[v], :]
        steps = np.minimum(steps, np.minimum(there, there.T))
    return picked


def total_steps(ties: sparse.csr_array, first: Ints, second: Ints) -> int:
    """Return the steps between all organisations once these are tied too, both ways counted."""
    joined = with_ties(ties, first, second)
    return int(steps_from(joined, np.arange(ties.shape[0])).sum(dtype=np.int64))


def exact_share(
    size: int,
    seed: int,
    lists_of: Callable[[World, Network, int, int], MatchLists],
    *,
    is_whole: bool,
) -> float:
    """Return what part of the exact greedy's gain ours has, the dial at bridging only.

    On the whole network, or within its largest circle.
    """
    world = generate(size, seed=seed)
    network = Network.compile(snapshot_of(world))
    ties = open_ties(network)
    lists = lists_of(world, network, _TOP, seed)
    pairs = (lists if is_whole else within_largest_circle(network, lists)).pairs()
    exact = exact_greedy(ties, pairs.first, pairs.second, _COUNT)
    # The exact greedy joins those without a partner before all else.
    offered = MatchLists.of(network, pairs.first, pairs.second, pairs.score)
    found = best_introductions(network, offered, count=_COUNT, bridge=2, isolated_share=1)
    ours = found.introductions
    nobody = np.empty(0, dtype=np.int64)
    base = total_steps(ties, nobody, nobody)
    ends = np.array([[network.index_of(end) for end in (o.first_id, o.second_id)] for o in ours])
    gained = base - total_steps(ties, ends[:, 0], ends[:, 1])
    return gained / (base - total_steps(ties, pairs.first[exact], pairs.second[exact]))


def within_largest_circle(network: Network, lists: MatchLists) -> MatchLists:
    """Return the lists without pairs that join circles, which are easily found."""
    _, circle = connected_components(open_ties(network), directed=False)
    inside = circle == np.bincount(circle).argmax()
    kept = inside[lists.starts] & inside[lists.ends]
    return MatchLists(lists.starts[kept], lists.ends[kept], lists.scores[kept])


def _gain(steps: Ints, u: int, v: int) -> int:
    """Return by how much a tie of ``u`` and ``v`` shortens all paths, each counted once."""
    near_u = np.flatnonzero(steps[u] + 1 < steps[v])
    near_v = np.flatnonzero(steps[v] + 1 < steps[u])
    there = steps[u, near_u][:, None] + 1 + steps[v, near_v][None, :]
    return int(np.maximum(steps[np.ix_(near_u, near_v)] - there, 0).sum())
