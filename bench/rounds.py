"""``python -m bench.rounds``: matching rounds, introductions and routes on generated worlds.

The lists are made up (:func:`lists_of`), so that only what is measured takes time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.columns import snapshot_of
from bench.exact_introductions import exact_share, within_largest_circle
from bench.world import World, generate
from matching.introductions import best_introductions, find_routes
from matching.lists import MatchLists, Pairs
from matching.network import Network
from matching.rounds import matching_round

__all__ = ["lists_of", "main"]

T = TypeVar("T")
Row = dict[str, str]

_SIZES = (2_000, 20_000, 200_000)
_DRAWN_PER_PLACE = 3
_ANYWHERE = 0.3
_LARGE = 100_000
_LIMIT = 3
_ROUTES = 200
_EXACT_SIZE = 600


def lists_of(world: World, network: Network, top: int, seed: int) -> MatchLists:
    """Return made-up match lists of ``top``: mostly within the place, and skewed to the popular.

    What a round and introductions cost hangs on the shape of the lists and not on how they came
    about, so that they can be measured without working out all matches first.
    """
    rng = np.random.default_rng(seed)
    appeal = rng.lognormal(0, 0.8, world.size)
    by_place = np.argsort(world.place, kind="stable")
    bounds = np.searchsorted(world.place[by_place], np.arange(world.place.max() + 2))
    one = np.repeat(np.arange(world.size), top * _DRAWN_PER_PLACE)
    low, high = bounds[world.place[one]], bounds[world.place[one] + 1]
    near = by_place[rng.integers(low, high)]
    far = rng.choice(world.size, len(one), p=appeal / appeal.sum())
    other = np.where(rng.random(len(one)) < _ANYWHERE, far, near)
    packed = np.unique(np.minimum(one, other) * world.size + np.maximum(one, other))
    first, second = packed // world.size, packed % world.size
    score = np.sqrt(appeal[first] * appeal[second]) * rng.lognormal(0, 0.5, len(packed))
    return MatchLists.of(
        network,
        np.concatenate((first, second)),
        np.concatenate((second, first)),
        np.concatenate((score, score)),
    ).best(top)


def main() -> int:
    """Measure each size and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.rounds", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 150)
    # What has to be compiled is compiled before anything is measured.
    _measured(500, given.seed)
    columns = []
    for size in given.sizes:
        console.print(f"{size:,} organisations …")
        columns.append(_measured(size, given.seed))
    table = Table(title="Rounds and introductions")
    table.add_column("")
    for size in given.sizes:
        table.add_column(f"{size:,}", justify="right")
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    console.print(table)
    shares = ", ".join(
        f"{share:.1%} ({apart})"
        for apart, share in (
            ("whole network", exact_share(_EXACT_SIZE, given.seed, lists_of, is_whole=True)),
            ("largest circle only", exact_share(_EXACT_SIZE, given.seed, lists_of, is_whole=False)),
        )
    )
    console.print(f"20 introductions at {_EXACT_SIZE}, gain against the exact greedy: {shares}")
    return 0


def _measured(size: int, seed: int) -> Row:
    world = generate(size, seed=seed)
    network = Network.compile(snapshot_of(world))
    top = 10 if size >= _LARGE else 20
    lists = lists_of(world, network, top, seed)
    taken, found = _timed(lambda: matching_round(network, lists, limit=_LIMIT))
    greedy_took, greedy = _timed(lambda: _greedy_total(lists.pairs(), size))
    wanted = 200 if size >= _LARGE else 20
    inside = within_largest_circle(network, lists)
    introducing, introduced = _timed(lambda: best_introductions(network, inside, count=wanted))
    rng = np.random.default_rng(seed)
    ends = [
        (network.organisation_ids[one], network.organisation_ids[other])
        for one, other in rng.integers(0, size, (_ROUTES, 2)).tolist()
    ]
    find_routes(network, *ends[0])
    routes = [_timed(lambda ends=ends: find_routes(network, *ends)) for ends in ends]  # type: ignore[misc]
    path = introduced.effect.mean_path
    return {
        "list length": f"{top}",
        "pairs on offer": f"{found.candidate_count:,}",
        "round s (of the processor)": str(taken),
        "round: gap to the bound": f"{found.gap:.3%}",
        "greedy s": str(greedy_took),
        "greedy: gap to the bound": f"{1 - greedy / found.bound:.2%}",
        "never proposed, lists → round": _both(found.before.never_share, found.after.never_share),
        "most often proposed": f"{found.before.largest} → {found.after.largest}",
        "Gini of exposure": f"{found.before.gini:.2f} → {found.after.gini:.2f}",
        "price of limits, of floors": f"{found.price.of_limits:.2%}, {found.price.of_floors:.2%}",
        "introductions within the largest circle": f"{wanted}",
        "introductions s": str(introducing),
        "introductions: mean path": f"{path.after / path.before - 1:+.4%}",
        "route p50, p95 ms": "{:.1f}, {:.1f}".format(
            *np.percentile([1000 * took.wall for took, _ in routes], (50, 95))
        ),
        "pairs with a route": f"{np.mean([bool(found.routes) for _, found in routes]):.0%}",
    }


def _both(before: float, after: float) -> str:
    return f"{before:.1%} → {after:.1%}"


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds by the clock and of the processor: on a busy machine they differ."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} ({self.processor:.2f})"


def _timed(work: Callable[[], T]) -> tuple[_Spent, T]:
    started = time.perf_counter(), time.process_time()
    done = work()
    return _Spent(time.perf_counter() - started[0], time.process_time() - started[1]), done


def _greedy_total(pairs: Pairs, size: int) -> float:
    """Return what the heaviest pairs first come to, as long as both have room."""
    room = [_LIMIT] * size
    total = 0.0
    order = np.argsort(-pairs.score, kind="stable")
    for first, second, score in zip(
        pairs.first[order].tolist(),
        pairs.second[order].tolist(),
        pairs.score[order].tolist(),
        strict=True,
    ):
        if room[first] and room[second]:
            room[first] -= 1
            room[second] -= 1
            total += score
    return total


if __name__ == "__main__":
    sys.exit(main())
