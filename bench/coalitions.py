"""``python -m bench.coalitions``: three coalitions for each of 20 projects on generated worlds.

A project wants 5 to 12 of 60 skills, at level 1 or 2, within some distance of one of 400 places,
and prefers a theme; offers have levels 1 to 3, ties strengths of 0.3, 0.5 and 0.8. Times are those
of a warm process: the first search of all waits for the compiler, and is told apart.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.columns import snapshot_of
from bench.world import PLACES, THEMES, Pairs, generate
from graph.snapshot import Snapshot
from graph.snapshot import Table as Columns
from matching import Network
from matching.coalitions import Brief, InfeasibleBrief, Wanted, plan_coalitions
from matching.coalitions.candidates import eligible, gathered
from matching.coalitions.exact import solve
from matching.coalitions.greedy import greedy

__all__ = ["Project", "briefs", "measured", "network_of"]

_SKILLS = 60
_PROJECTS = 20
_STRENGTHS = (0.3, 0.5, 0.8)
_REACH_KM = {2_000: 300.0, 20_000: 150.0}
_REACH_OTHERWISE = 100.0


@dataclass(frozen=True, slots=True)
class Project:
    """What one project took: seconds for three coalitions by the clock, and of processor time.

    ``gap`` is that of the bound given for the first coalition, ``greedy_gap`` how much more than
    it greedy's costs, as a share; None where greedy finds none.
    """

    skills: int
    considered: int
    searched: int
    found: int
    seconds: float
    processor: float
    gap: float
    is_proven: bool
    greedy_gap: float | None


def network_of(size: int, seed: int) -> Network:
    """Return a generated world of 60 skills, compiled."""
    world = generate(size, seed=seed)
    world = replace(world, offers=_folded(world.offers), needs=_folded(world.needs))
    made, rng = snapshot_of(world), np.random.default_rng(seed)
    tables = dict(made.tables)
    for kind, name, values in (
        ("offers", "level", (1, 2, 3)),
        ("collaborates_with", "strength", _STRENGTHS),
    ):
        table = tables[kind]
        drawn = rng.choice(values, len(table))
        tables[kind] = Columns(kind, table.ids, {**table.columns, name: drawn})
    return Network.compile(Snapshot(1, tables, made.node_ids))


def briefs(size: int, seed: int) -> list[Brief]:
    """Return 20 projects."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(_PROJECTS):
        skills = rng.choice(_SKILLS, int(rng.integers(5, 13)), replace=False).tolist()
        made.append(
            Brief(
                tuple(Wanted(f"skill-{skill}", int(rng.integers(1, 3))) for skill in skills),
                places=(f"place-{rng.integers(0, PLACES)}",),
                within_km=_REACH_KM.get(size, _REACH_OTHERWISE),
                themes=(f"theme-{rng.integers(0, THEMES)}",),
            )
        )
    return made


def measured(network: Network, brief: Brief) -> Project:
    """Return what three coalitions for one brief took."""
    began, worked = time.perf_counter(), time.process_time()
    try:
        plan = plan_coalitions(network, brief)
    except InfeasibleBrief:
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        return Project(len(brief.needs), 0, 0, 0, seconds, processor, 0.0, True, None)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    candidates = gathered(network, eligible(network, brief))
    quick, best = greedy(candidates), solve(candidates).team
    assert best is not None
    first = plan.coalitions[0]
    return Project(
        skills=len(brief.needs),
        considered=plan.considered,
        searched=plan.searched,
        found=len(plan.coalitions),
        seconds=seconds,
        processor=processor,
        gap=first.gap or 0.0,
        is_proven=first.is_proven,
        greedy_gap=quick.cost / best.cost - 1 if quick else None,
    )


def _folded(pairs: Pairs) -> Pairs:
    key = np.unique(pairs.starts * _SKILLS + pairs.ends % _SKILLS)
    return Pairs(key // _SKILLS, key % _SKILLS)


def _show(console: Console, size: int, projects: list[Project], first: float) -> None:
    times = [project.seconds for project in projects]
    greedy_gaps = [p.greedy_gap for p in projects if p.greedy_gap is not None]
    table = Table(title=f"{size:,} organisations, {_SKILLS} skills, {len(projects)} projects")
    for heading in ("", ""):
        table.add_column(heading, justify="right" if heading else "left")
    for name, value in (
        ("three coalitions: median s", f"{np.median(times):.2f}"),
        ("three coalitions: longest s", f"{max(times):.2f}"),
        ("… of processor time: median s", f"{np.median([p.processor for p in projects]):.2f}"),
        ("… of processor time: longest s", f"{max(p.processor for p in projects):.2f}"),
        ("the very first search, compiler included: s", f"{first:.2f}"),
        ("optimum proven, of projects", f"{sum(p.is_proven for p in projects)}"),
        ("mean gap to the bound", f"{np.mean([p.gap for p in projects]):.2%}"),
        ("mean gap of greedy", f"{np.mean(greedy_gaps):.2%}" if greedy_gaps else "–"),
        ("largest gap of greedy", f"{max(greedy_gaps):.2%}" if greedy_gaps else "–"),
        ("three found, of projects", f"{sum(p.found == 3 for p in projects)}"),
        ("came into question, median", f"{np.median([p.considered for p in projects]):,.0f}"),
        ("searched, median", f"{np.median([p.searched for p in projects]):,.0f}"),
    ):
        table.add_row(name, value)
    console.print(table)


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.coalitions", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=(2_000, 200_000))
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    console = Console()
    for size in given.sizes:
        console.print(f"{size:,} organisations: making the world …")
        network = network_of(size, given.seed)
        wanted = briefs(size, given.seed)
        first = measured(network, wanted[0]).seconds
        _show(console, size, [measured(network, brief) for brief in wanted], first)


if __name__ == "__main__":
    main()
