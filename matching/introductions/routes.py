"""Who could introduce one organisation to another: routes through partners of partners.

A route is worth the product of the trust in its ties, halved for each introducer after the first.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.introductions.trust import trust
from matching.network import Floats, Ints, Network, row_of

__all__ = ["MOST_INTRODUCERS", "Route", "Routes", "Step", "find_routes"]

MOST_INTRODUCERS = 3
"""A word that has to pass through more people than this hardly carries."""

_MOST_STEPS = MOST_INTRODUCERS + 1
_HANDED_ON = 0.5
_MOST_LOOKED_AT = 20
_MOST_POPPED = 20_000

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One hand-over: two who work together, the trust in their tie, and the facts behind it."""

    from_id: str
    to_id: str
    trust: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one organisation to another; ``strength`` in (0, 1] is what it is worth."""

    steps: tuple[Step, ...]
    strength: float

    @property
    def introducers(self) -> tuple[str, ...]:
        """Return the ids of those in between, in order."""
        return tuple(step.to_id for step in self.steps[:-1])


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes found, strongest first.

    ``are_partners`` says that the two know each other already, so that nobody need introduce them.
    ``is_willingness_known`` is False where nobody has said who will introduce: every partner then
    counts as willing.
    """

    from_id: str
    to_id: str
    routes: tuple[Route, ...]
    are_partners: bool
    is_willingness_known: bool


def find_routes(
    network: Network,
    from_id: str,
    to_id: str,
    *,
    count: int = 3,
    willing: Collection[str] | None = None,
) -> Routes:
    """Return up to ``count`` routes with at most three introducers; raises UnknownOrganisation.

    As many as possible share no introducer. Nobody on a route is closed, and no two on it are
    barred from being brought together. ``willing`` are the ids of those who will introduce; None
    means that nobody has said.
    """
    a, b = network.index_of(from_id), network.index_of(to_id)
    are_partners = b in row_of(network.agreed, a)
    barred = b in row_of(network.barred, a)
    usable = network.is_open.copy()
    if willing is not None:
        usable &= np.isin(np.arange(len(network)), [network.index_of(one) for one in willing])
    for end in (a, b):
        usable[row_of(network.barred, end)] = False
    found: list[Path] = []
    if a != b and network.is_open[a] and network.is_open[b] and not (are_partners or barred):
        found = _chosen(network, a, b, usable, count)
    return Routes(
        from_id=from_id,
        to_id=to_id,
        routes=tuple(_route(network, path) for path in found),
        are_partners=are_partners,
        is_willingness_known=willing is not None,
    )


def _route(network: Network, path: Path) -> Route:
    ids = network.organisation_ids
    weights = trust(network)
    steps = tuple(
        Step(ids[i], ids[j], _trust_in(weights, i, j), network.tie_facts(i, j))
        for i, j in pairwise(path)
    )
    return Route(steps, math.exp(-_length(weights, path)))


def _chosen(
    network: Network, a: int, b: int, usable: npt.NDArray[np.bool_], count: int
) -> list[Path]:
    """Return the paths of which most share no introducer, and among these the shortest."""
    weights = trust(network)
    paths: dict[Path, float] = {}
    left = usable.copy()
    for _ in range(count):
        found = _shortest(network, a, b, left, _MOST_LOOKED_AT)
        paths |= {path: _length(weights, path) for path in found}
        if not found:
            break
        # What is found once its introducers are gone shares none with the first.
        left[list(found[0][1:-1])] = False
    ranked = _without_detours(sorted(paths, key=lambda path: (paths[path], path)))
    sizes = range(min(count, len(ranked)), 0, -1)
    apart = next((found for size in sizes if (found := _apart(ranked, paths, size))), [])
    others = [path for path in ranked if path not in apart]
    picked = [*apart, *others[: count - len(apart)]]
    return sorted(picked, key=lambda path: (paths[path], path))


def _without_detours(ranked: list[Path]) -> list[Path]:
    """Leave out paths that only add introducers to those of a shorter one."""
    kept: list[Path] = []
    for path in ranked:
        if not any(set(shorter) <= set(path) for shorter in kept):
            kept.append(path)
    return kept


def _apart(ranked: list[Path], lengths: dict[Path, float], size: int) -> list[Path]:
    """Return the ``size`` paths of least length together without a common introducer, or []."""
    best: list[Path] = []
    least = math.inf
    waiting: list[tuple[list[Path], float, list[Path]]] = [([], 0.0, ranked)]
    while waiting:
        chosen, length, left = waiting.pop()
        if length >= least:
            continue
        if len(chosen) == size:
            best, least = chosen, length
            continue
        for place in range(len(left) - 1, -1, -1):
            # The others will be no shorter than this one, which comes before them.
            path = left[place]
            if length + (size - len(chosen)) * lengths[path] < least:
                apart = [p for p in left[place + 1 :] if not set(p[1:-1]) & set(path[1:-1])]
                waiting.append(([*chosen, path], length + lengths[path], apart))
    return best


def _shortest(
    network: Network, a: int, b: int, usable: npt.NDArray[np.bool_], count: int
) -> list[Path]:
    """Return up to ``count`` paths from ``a`` to ``b``, shortest first: A* over partial paths.

    What is left to go is known for each number of steps, so hardly any false start is looked at.
    """
    weights = trust(network)
    to_go = _to_go(weights, b, usable, len(network))
    # Of equal estimates the path that has come farthest is continued: it is nearest to an end.
    heap: list[tuple[float, float, Path]] = [(0.0, 0.0, (a,))]
    found: list[Path] = []
    for _ in range(_MOST_POPPED):
        if not heap or len(found) == count:
            break
        _, travelled, path = heapq.heappop(heap)
        if path[-1] == b:
            found.append(path)
            continue
        kept_off = {*path}.union(*(row_of(network.barred, z).tolist() for z in path))
        left = to_go[_MOST_STEPS - len(path)]
        for k, length in _onward(weights, path[-1], left):
            if k not in kept_off:
                reached = length - travelled
                heapq.heappush(heap, (reached + float(left[k]), -reached, (*path, k)))
    return found


def _onward(weights: sparse.csr_array, i: int, left: Floats) -> Iterator[tuple[int, float]]:
    """Yield the partners of ``i`` from whom the end can be reached, with the length to each."""
    nexts, lengths = _steps_from(weights, i)
    fits = np.isfinite(left[nexts])
    yield from zip(nexts[fits].tolist(), lengths[fits].tolist(), strict=True)


def _to_go(
    weights: sparse.csr_array, b: int, usable: npt.NDArray[np.bool_], count: int
) -> list[Floats]:
    """Return per number of steps, 0 … 3, float64[n]: the least length to ``b`` within so many."""
    least = np.full(count, np.inf)
    least[b] = 0.0
    found = [least]
    fringe: Ints = np.array([b])
    for _ in range(_MOST_STEPS - 1):
        least = found[-1].copy()
        pointers = weights.indptr
        lengths = np.diff(pointers)[fringe]
        shift = np.repeat(pointers[fringe] - np.append(0, np.cumsum(lengths)[:-1]), lengths)
        entries = np.arange(int(lengths.sum())) + shift
        ends = weights.indices[entries]
        along = np.repeat(found[-1][fringe], lengths) + _cost(weights.data[entries])
        np.minimum.at(least, ends, along)
        least[~usable] = np.inf
        least[b] = 0.0
        found.append(least)
        fringe = np.flatnonzero(np.isfinite(least))
    return found


def _steps_from(weights: sparse.csr_array, i: int) -> tuple[Ints, Floats]:
    entries = slice(weights.indptr[i], weights.indptr[i + 1])
    return weights.indices[entries].astype(np.int64), _cost(weights.data[entries])


def _cost(values: Floats) -> Floats:
    return -np.log(values * _HANDED_ON)


def _trust_in(weights: sparse.csr_array, i: int, j: int) -> float:
    place = np.searchsorted(row_of(weights, i), j)
    return float(weights.data[weights.indptr[i] + place])


def _length(weights: sparse.csr_array, path: Path) -> float:
    """Return the negative logarithm of what a path is worth."""
    whole = sum(-math.log(_trust_in(weights, i, j) * _HANDED_ON) for i, j in pairwise(path))
    # The first introducer costs nothing: two ties make one introduction.
    return whole + 2 * math.log(_HANDED_ON)
