"""``python -m bench.board``: the five conditions on generated worlds that sign, count and talk."""

from __future__ import annotations

import argparse
import resource
import sys
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.columns import snapshot_of
from bench.world import World, generate
from graph.model import (
    BackboneOf,
    Community,
    Contact,
    Goal,
    Measure,
    Measurement,
    Project,
    Provenance,
    Record,
    Relationship,
    Serves,
    SignOff,
    TakesPartIn,
)
from graph.model.records import fact_id
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder, collector_paused
from matching.gaps.conditions import (
    backbone_support,
    common_agenda,
    conditions,
    continuous_communication,
    mutually_reinforcing_activities,
    shared_measurement,
)
from matching.network import Network

__all__ = ["main", "with_agreements"]

_SIZES = (2_000, 20_000, 200_000)
_DAY = date(2026, 11, 1)
_GOALS, _MEASURES, _COMMUNITIES = 20, 40, 60
_TOLD = Provenance(source="bench", asserted_by="bench", first_seen=_DAY, last_confirmed=_DAY)
_ENDS: dict[str, Any] = {"from_id": "a", "to_id": "b", "provenance": _TOLD}
_NODES: tuple[tuple[Record, int], ...] = (
    (Goal(id="x", name="Goal", provenance=_TOLD), _GOALS),
    (Measure(id="x", name="Measure", provenance=_TOLD), _MEASURES),
    (Community(id="x", name="Community", provenance=_TOLD), _COMMUNITIES),
)


def with_agreements(world: World, seed: int) -> Snapshot:
    """Return the world's snapshot with goals, projects, values, contacts and a backbone.

    Half have signed a goal, one in ten reports eight quarters of a measure, one in three is in a
    project, three in ten are supported by organisation 0, and a tie has a contact on average.
    """
    rng = np.random.default_rng(seed)
    base = snapshot_of(world)
    ids = base.tables["organisation"].ids.tolist()
    projects = [f"project-{number:07}" for number in range(world.size // 10)]
    nodes = {alike.kind: [f"{alike.kind}-{n:03}" for n in range(count)] for alike, count in _NODES}
    alike_nodes = {alike.kind: alike for alike, _ in _NODES}
    nodes["project"] = projects
    alike_nodes["project"] = Project(
        id="x", name="Project", starts_on=_DAY - timedelta(days=200), provenance=_TOLD
    )
    added = _added_ties(world, rng, ids, nodes)
    builder = SnapshotBuilder(1)
    with collector_paused():
        for kind, table in builder.nodes():
            known = base.tables[kind.kind]
            if len(known):
                rows = [record.to_row() for record in base.records(kind)]
                table.extend([[row[name] for row in rows] for name in table.columns])
            elif kind.kind in nodes:
                row = alike_nodes[kind.kind].to_row()
                own = nodes[kind.kind]
                table.extend(
                    [own if name == "id" else [row[name]] * len(own) for name in table.columns]
                )
        for tie, table in builder.ties():
            if tie.kind in added:
                _extend(table, *added[tie.kind], builder.positions)
            elif len(base.tables[tie.kind]):
                _extend(table, *_known(base, tie), builder.positions)
        return builder.finish()


def _known(base: Snapshot, kind: type[Relationship]) -> tuple[Record, dict[str, list[Any]]]:
    table = base.tables[kind.kind]
    return base.record_at(kind, 0), {
        "id": [key.decode() for key in table.ids.tolist()],
        "from_id": base.node_ids[table["from_id"]].tolist(),
        "to_id": base.node_ids[table["to_id"]].tolist(),
    }


def _extend(
    table: Any, alike: Record, columns: Mapping[str, Sequence[Any]], positions: Mapping[str, int]
) -> None:
    row = alike.to_row()
    count = len(columns["id"])
    table.extend([columns.get(name) or [row[name]] * count for name in table.columns], positions)


def _added_ties(
    world: World, rng: np.random.Generator, ids: list[str], nodes: Mapping[str, list[str]]
) -> dict[str, tuple[Record, dict[str, list[Any]]]]:
    size = world.size

    def some(share: float) -> Any:
        return rng.choice(size, round(size * share), replace=False)

    def ends(kind: str, count: int) -> list[str]:
        return [nodes[kind][n] for n in rng.integers(0, len(nodes[kind]), count).tolist()]

    def days(count: int) -> list[str]:
        ago = rng.integers(1, 800, count).tolist()
        return [(_DAY - timedelta(days=each)).isoformat() for each in ago]

    signing = [ids[n] for n in some(0.5).tolist()]
    roles = rng.choice(("", "hosts", "trains", "evaluates"), len(signing)).tolist()
    reporting = [ids[n] for n in some(0.1).tolist()]
    quarters = [(_DAY - timedelta(days=91 * n)).isoformat() for n in range(8)]
    values = rng.integers(1, 100, len(reporting) * 8).astype(float).tolist()
    part = [ids[n] for n in some(0.33).tolist()]
    ties = world.collaborations
    touched = rng.integers(0, len(ties), len(ties))
    pairs = np.sort(np.column_stack((ties.starts[touched], ties.ends[touched])), axis=1).tolist()
    contact_days = days(len(pairs))
    once = {(ids[a], ids[b], on): None for (a, b), on in zip(pairs, contact_days, strict=True)}
    members = [key for key in (ids[n] for n in some(0.3).tolist()) if key != ids[0]]
    serving = [key for key in ids for _ in range(2)]
    served = {pair: None for pair in zip(serving, ends("community", len(serving)), strict=True)}
    measures = ends("measure", len(reporting))
    return {
        "signed": _ties(
            SignOff(**_ENDS, signed_on=_DAY), signing, ends("goal", len(signing)), role=roles
        ),
        "measured": _ties(
            Measurement(**_ENDS, measured_on=_DAY, value=1),
            [key for key in reporting for _ in quarters],
            [key for key in measures for _ in quarters],
            measured_on=quarters * len(reporting),
            value=values,
        ),
        "takes_part_in": _ties(TakesPartIn(**_ENDS), part, ends("project", len(part))),
        "serves": _ties(Serves(**_ENDS), [a for a, _ in served], [b for _, b in served]),
        "backbone_of": _ties(BackboneOf(**_ENDS), [ids[0]] * len(members), members),
        "in_touch_with": _ties(
            Contact(**_ENDS, happened_on=_DAY),
            [a for a, _, _ in once],
            [b for _, b, _ in once],
            happened_on=[on for _, _, on in once],
        ),
    }


def _ties(
    alike: Relationship, starts: list[str], ends: list[str], **columns: list[Any]
) -> tuple[Record, dict[str, list[Any]]]:
    keys = [
        columns.get(name, [str(getattr(alike, name))] * len(starts)) for name in alike.key_fields
    ]
    made = [fact_id(alike.kind, *each) for each in zip(starts, ends, *keys, strict=True)]
    return alike, {"id": made, "from_id": starts, "to_id": ends, **columns}


def main() -> int:
    """Measure each size and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.board", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--partners", type=float, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    columns = [_measured(size, given.partners, given.seed) for size in given.sizes]
    table = Table(title="Collective impact board")
    table.add_column("")
    for size in given.sizes:
        table.add_column(f"{size:,}", justify="right")
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    console.print(table)
    return 0


def _measured(size: int, partners: float, seed: int) -> dict[str, str]:
    world = generate(size, partners=partners, seed=seed)
    network = Network.compile(with_agreements(world, seed), as_of=_DAY)
    took = {}
    for name, work in (
        ("common agenda s", common_agenda),
        ("shared measurement s", shared_measurement),
        ("reinforcing activities s", mutually_reinforcing_activities),
        ("communication s", continuous_communication),
        ("backbone s", backbone_support),
    ):
        started = time.perf_counter()
        work(network)
        took[name] = f"{time.perf_counter() - started:.2f}"
    started = time.perf_counter()
    conditions(network)
    whole = time.perf_counter() - started
    tracemalloc.start()
    conditions(network)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    counts = {
        label: f"{len(network.snapshot.tables[kind]):,}"
        for label, kind in (("contacts", "in_touch_with"), ("values", "measured"))
    }
    return {
        "ties": f"{network.ties.nnz // 2:,}",
        **counts,
        **took,
        "whole board s": f"{whole:.2f}",
        "its memory MiB": f"{peak / 2**20:,.0f}",
        "process MiB": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}",
    }


if __name__ == "__main__":
    sys.exit(main())
