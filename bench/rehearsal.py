"""``python -m bench.rehearsal``: closings, what-ifs and introductions' effects on generated worlds.

Beside them stands what they replace: one closing after the other, from a sample; and what networkx
takes for the points at which the network falls apart, without how much falls off.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx
import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import sparse

from bench.columns import snapshot_of
from bench.world import generate
from graph.model import Offer, Provenance
from matching.gaps.rehearsal import closing_costs, if_closed, single_points, tie_effects, what_if
from matching.network import Network
from matching.testing.worlds import TOLD

__all__ = ["main"]

T = TypeVar("T")

_SIZES = (2_000, 20_000, 200_000)
_SAMPLE = 10
_PAIRS = 200
_HOUR = 3_600


def main() -> int:
    """Measure each size and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.rehearsal", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 150)
    columns = []
    for size in given.sizes:
        console.print(f"{size:,} organisations …")
        columns.append(_measured(size, given.seed))
    table = Table(title="Rehearsals, what-ifs and introductions, seconds by the clock")
    table.add_column("")
    for size in given.sizes:
        table.add_column(f"{size:,}", justify="right")
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    console.print(table)
    return 0


def _measured(size: int, seed: int) -> dict[str, str]:
    network = Network.compile(snapshot_of(generate(size, seed=seed)))
    rng = np.random.default_rng(seed)
    ids = network.organisation_ids
    costing, costs = _timed(lambda: closing_costs(network))
    pointing, _ = _timed(lambda: single_points(network))
    sample = [ids[row] for row in rng.integers(0, size, _SAMPLE).tolist()]
    each, _ = _timed(lambda: [if_closed(network, one) for one in sample])
    hub = ids[int(network.degrees.argmax())]
    closing, found = _timed(lambda: if_closed(network, hub))
    pairs = [(ids[one], ids[other]) for one, other in rng.integers(0, size, (_PAIRS, 2)).tolist()]
    first, _ = _timed(lambda: tie_effects(network, pairs[:1]))
    rest, _ = _timed(lambda: tie_effects(network, pairs))
    trying, _ = _timed(lambda: what_if(network, added=[_offer(network)], removed=[hub]))
    searching, cut_points = _timed(lambda: _articulation_points(network))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    hours = each / _SAMPLE * size / _HOUR
    return {
        "ties": f"{network.ties.nnz // 2:,}",
        "costs of all closings": f"{costing:.2f}",
        "organisations with a cost": f"{len(costs):,}",
        "the same, one after the other": f"{hours:,.1f} hours (from {_SAMPLE})",
        "points at which it falls apart, by networkx": f"{searching:.1f} ({cut_points:,})",
        "single points of failure": f"{pointing:.2f}",
        "closing of the one with most partners": f"{closing:.2f} ({len(found.ties_lost):,})",
        "effect of an introduction, the first": f"{first:.2f}",
        "effect of each further one, ms": f"{1_000 * rest / _PAIRS:.2f}",
        "what-if: one offer more, one organisation less": f"{trying:.1f}",
        "peak memory so far, MiB": f"{peak // 1024:,}",
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _offer(network: Network) -> Offer:
    told: Provenance = TOLD
    return Offer(
        from_id=network.organisation_ids[0], to_id=network.thing_ids("skill")[-1], provenance=told
    )


def _articulation_points(network: Network) -> int:
    ends = sparse.triu(network.ties, k=1).tocoo()
    whole: nx.Graph[int] = nx.Graph()
    whole.add_edges_from(zip(ends.row.tolist(), ends.col.tolist(), strict=True))
    return len(set(nx.articulation_points(whole)))


if __name__ == "__main__":
    sys.exit(main())
