"""``python -m bench.structure``: how a network hangs together, step by step, beside plain networkx.

Worlds have ten ties an organisation. networkx is asked for a part where the whole would take more
than a minute, and what that comes to for the whole is marked with “~”. Sizes run from small to
large, so that the peak of memory is that of each size; networkx runs last, and after it is read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import combinations
from typing import TypeVar

import networkx as nx
import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import sparse

from bench.columns import snapshot_of
from bench.figures import peak_mebibytes
from bench.world import generate
from matching.gaps.coverage import coverage_of
from matching.gaps.structure import structure
from matching.gaps.structure.apart import islands_of, isolates_of
from matching.gaps.structure.between import between, holes, source_count
from matching.gaps.structure.core import zones_of
from matching.gaps.structure.cuts import cuts_in
from matching.gaps.structure.ground import Ground, ground_of, pattern_of
from matching.gaps.structure.ranks import moves
from matching.gaps.structure.silos import silos_in
from matching.network import Network

__all__ = ["main"]

T = TypeVar("T")
Row = dict[str, str]

_SIZES = (2_000, 20_000, 200_000)
_PARTNERS = 20
_PLANTED, _SILO_SIZE, _WAYS = 40, 12, 3
_MISSING = 0.3
_LIMIT_S, _LEAST_S = 60.0, 5.0


def main() -> int:
    """Measure each size and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.structure", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--no-rivals", action="store_true", help="leave networkx out")
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 150)
    # What has to be compiled is compiled before anything is measured.
    structure(Network.compile(snapshot_of(generate(500, partners=6, seed=given.seed))))
    columns = []
    for size in sorted(given.sizes):
        console.print(f"{size:,} organisations …")
        columns.append(_measured(size, given.seed, with_rivals=not given.no_rivals))
    table = Table(title="Structure, s by the clock", caption="~: a part, and what all would take")
    table.add_column("")
    for size in sorted(given.sizes):
        table.add_column(f"{size:,}", justify="right")
    for name in columns[-1]:
        table.add_row(name, *(column.get(name, "") for column in columns))
    console.print(table)
    return 0


def _measured(size: int, seed: int, *, with_rivals: bool) -> Row:
    network = Network.compile(snapshot_of(generate(size, partners=_PARTNERS, seed=seed)))
    row: Row = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = work()
        row[name] = f"{time.perf_counter() - started:.2f}"
        return done

    found = timed("all of it", lambda: structure(network))
    row["… peak memory, MiB"] = f"{peak_mebibytes():,.0f}"
    ground = timed("order by lot, open ties", lambda: ground_of(network, seed))
    timed("coverage", lambda: coverage_of(network))
    timed("isolates and islands", lambda: (isolates_of(ground), islands_of(ground)))
    cuts = timed("cut points and bridges", lambda: cuts_in(ground))
    timed("… the 50 largest, with what falls off", lambda: (cuts.points(50, frozenset()),))
    timed("silos", lambda: silos_in(ground, seed))
    timed("core, middle, edge", lambda: zones_of(ground))
    timed("constraint and effective size", lambda: holes(ground.ties))
    having = np.flatnonzero(ground.degrees)
    sources = having[: source_count(len(having), len(ground.ends))]
    row["betweenness: sources"] = f"{len(sources):,}"
    seen = timed("betweenness", lambda: between(ground.ties, sources))
    rng = np.random.default_rng(seed)
    timed(
        f"ranges of ranks, {_MISSING:.0%} missing", lambda: moves(ground.ties, seen, _MISSING, rng)
    )
    row["ties"] = f"{found.tie_count:,}"
    row["silos found"] = f"{len(found.silos)}"
    row["of silos planted, found; wrong ones"] = _planted(ground, seed)
    if with_rivals:
        row |= _rivals(ground, len(sources))
    return row


def _planted(ground: Ground, seed: int) -> str:
    """Make closed groups out of organisations of the world, and say how many are found."""
    rng = np.random.default_rng(seed)
    count = min(_PLANTED, len(ground) // (10 * _SILO_SIZE))
    members = rng.permutation(len(ground))[: count * _SILO_SIZE].reshape(count, _SILO_SIZE)
    left = np.ones(len(ground))
    left[members.ravel()] = 0
    others, pairs = np.flatnonzero(left), list(combinations(range(_SILO_SIZE), 2))
    ends = [
        end
        for group in members.tolist()
        for end in (
            *((group[pairs[at][0]], group[pairs[at][1]]) for at in _some(rng, len(pairs))),
            *((int(rng.choice(group)), int(rng.choice(others))) for _ in range(_WAYS)),
        )
    ]
    starts, stops = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    new = sparse.coo_array((np.ones(len(starts)), (starts, stops)), shape=ground.ties.shape)
    kept = ground.ties.multiply(left[:, None]).multiply(left[None, :])
    made = pattern_of(sparse.csr_array(kept + new + new.T))
    groups = silos_in(Ground(ground.network, made, ground.number), seed).groups
    wanted = {frozenset(group) for group in members.tolist()}
    got = [frozenset(group.rows.tolist()) for group in groups]
    return (
        f"{sum(group in wanted for group in got)} of {count}; {sum(g not in wanted for g in got)}"
    )


def _some(rng: np.random.Generator, count: int) -> list[int]:
    """Draw two of three."""
    return [int(at) for at in rng.permutation(count)[: 2 * count // 3]]


def _rivals(ground: Ground, sources: int) -> Row:
    drawn = nx.from_scipy_sparse_array(ground.ties)
    rng = np.random.default_rng(1)
    everybody = [int(node) for node in rng.permutation(len(ground))]
    plain: dict[str, Callable[[], object]] = {
        "cut points": lambda: list(nx.articulation_points(drawn)),
        "bridges": lambda: list(nx.bridges(drawn)),
        "core numbers": lambda: nx.core_number(drawn),
    }
    parts: dict[str, tuple[Callable[[int], object], int]] = {
        "constraint": (lambda many: nx.constraint(drawn, everybody[:many]), len(ground)),
        "effective size": (lambda many: nx.effective_size(drawn, everybody[:many]), len(ground)),
        "betweenness": (lambda many: nx.betweenness_centrality(drawn, k=many, seed=1), sources),
        "Louvain, one scale": (
            lambda many: nx.community.louvain_communities(drawn.subgraph(everybody[:many]), seed=1),
            len(ground),
        ),
    }
    row = {f"networkx: {name}": _seconds(work) for name, work in plain.items()}
    return row | {f"networkx: {name}": _in_part(*each) for name, each in parts.items()}


def _seconds(work: Callable[[], object]) -> str:
    started = time.perf_counter()
    work()
    return f"{time.perf_counter() - started:.2f}"


def _in_part(work: Callable[[int], object], whole: int) -> str:
    """Measure more and more of it, until the rest would take more than a minute."""
    many = 1
    while True:
        started = time.perf_counter()
        work(many)
        took = time.perf_counter() - started
        if many == whole:
            return f"{took:.2f}"
        if took * whole / many > _LIMIT_S and took > _LEAST_S:
            return f"~{took * whole / many:,.0f}"
        many = min(whole, many * 4)


if __name__ == "__main__":
    sys.exit(main())
