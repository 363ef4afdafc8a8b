"""``python -m bench.capability``: capability gaps on generated worlds, beside plain networkx.

Ties are given as the partners an organisation has on average: 20 make two million of 200,000.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import networkx as nx
from rich.console import Console
from rich.table import Table

from bench.columns import snapshot_of
from bench.figures import peak_mebibytes
from bench.world import generate
from matching.gaps.capability import Gap, capability_gaps, find_fillers
from matching.network import Network, row_of
from matching.signals.nearness import nearness

__all__ = ["by_networkx", "main", "measured"]

T = TypeVar("T")
_SPLITS = (("skill",), ("place",), ("theme",), ("skill", "place"))
_SHOWN = 20
_SMALL = 2_000


def measured(network: Network) -> dict[str, str]:
    """Return seconds for each split, the first ``20`` gaps described, and for their fillers."""
    rows = {}
    first: tuple[Gap, ...] = ()
    for by in _SPLITS:
        took, found = _timed(lambda by=by: capability_gaps(network, by=by, limit=_SHOWN))  # type: ignore[misc]
        name = " × ".join(by)
        rows[f"{name}: s"] = f"{took:.2f}"
        rows[f"{name}: gaps of cells"] = f"{found.found:,} of {found.cells:,}"
        first = first or found.gaps
    first_took, _ = _timed(lambda: find_fillers(network, first[0]))
    took, _ = _timed(lambda: [find_fillers(network, gap) for gap in first[1:]])
    rows["fillers of the first gap: s"] = f"{first_took:.2f}"
    rows["fillers of 19 more: s"] = f"{took:.2f}"
    rows["peak memory, MiB"] = f"{peak_mebibytes():,.0f}"
    return rows


def by_networkx(network: Network) -> dict[int, int]:
    """Return how many of those who need each skill have nobody in reach, the plain way."""
    partners = nx.from_scipy_sparse_array(network.ties)
    near = nearness(network)
    offers: dict[int, set[int]] = defaultdict(set)
    working: dict[int, set[int]] = defaultdict(set)
    for i in range(len(network)):
        for skill in row_of(network.offers, i).tolist():
            offers[skill].add(i)
        for place in row_of(network.places, i).tolist():
            working[place].add(i)
    unmet: dict[int, int] = defaultdict(int)
    for i in range(len(network)):
        reach = set(nx.single_source_shortest_path_length(partners, i, cutoff=2))
        for place in row_of(network.places, i).tolist():
            for other in (place, *row_of(near, place).tolist()):
                reach |= working[other]
        for skill in row_of(network.needs, i).tolist():
            unmet[skill] += not (offers[skill] & reach) - {i}
    return unmet


def main() -> None:
    """Measure each size and print a table; compare with networkx at 2,000."""
    parser = argparse.ArgumentParser(prog="python -m bench.capability", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=(_SMALL, 20_000, 200_000))
    parser.add_argument("--partners", type=float, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    console = Console()
    # What has to be loaded is loaded before anything is measured.
    measured(_network(500, given.partners, given.seed))
    columns = {}
    for size in given.sizes:
        console.print(f"{size:,} organisations …")
        columns[size] = measured(_network(size, given.partners, given.seed))
    table = Table(title="Capability gaps")
    table.add_column("")
    for size in given.sizes:
        table.add_column(f"{size:,}", justify="right")
    for name in columns[given.sizes[0]]:
        table.add_row(name, *(columns[size][name] for size in given.sizes))
    console.print(table)
    network = _network(_SMALL, given.partners, given.seed)
    took, plain = _timed(lambda: by_networkx(network))
    ours_took, ours = _timed(lambda: capability_gaps(network, with_met=True))
    ids = network.thing_ids("skill")
    same = {ids[skill]: count for skill, count in plain.items()} == {
        gap.skill_id: gap.unmet for gap in ours.gaps
    }
    console.print(
        f"by skill, {_SMALL:,} organisations: networkx {took:.1f} s, gofar {ours_took:.2f} s, "
        f"{'the same figures' if same else 'DIFFERENT FIGURES'}"
    )


def _network(size: int, partners: float, seed: int) -> Network:
    return Network.compile(snapshot_of(generate(size, partners=partners, seed=seed)))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    main()
