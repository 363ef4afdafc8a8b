"""``python -m bench.matching``: all suggestions of generated worlds, against other ways to them.

Each size runs in a process of its own. Rivals are measured on a few organisations drawn at random
and multiplied up; every one of them runs in the same process, right after the engine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numba
import numpy as np
from rich.console import Console
from rich.table import Table

from bench.bandwidth import triad_gigabytes
from bench.columns import snapshot_of
from bench.figures import peak_mebibytes
from bench.rivals import RIVALS
from bench.world import generate
from gofar.cluster import connected, rank_on
from matching import Network, suggest_partners
from matching.engine.search import Engine, Ranking, blocks_of, engine_of, rank_in_threads
from matching.network import Ints
from matching.suggest import rank_fully

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parent.parent
_SIZES = (2_000, 20_000, 200_000)
_TOP = 10
_SINGLES = 500
_COMPARED = 100
# Beyond, a rival takes minutes for one organisation.
_SLOWEST = "networkx and Python sets, a part"
_SLOWEST_UP_TO = 20_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--partners", type=float, default=20, help="mean partners of one (20)")
    parser.add_argument("--one-place", action="store_true", help="everybody in one place")
    parser.add_argument("--no-rivals", action="store_true")
    parser.add_argument("--cluster", action="store_true", help="also one and two Dask processes")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Measure each size in a process of its own and print a table; 1 if anything differs."""
    given = _arguments()
    if given.measure:
        print(json.dumps(_measured(given)))
        return 0
    found: list[dict[str, float]] = []
    console = Console(width=None if sys.stdout.isatty() else 120)
    for size in given.sizes:
        console.print(f"{size:,} organisations, {'one place' if given.one_place else '400 places'}")
        command = [sys.executable, "-m", "bench.matching", *sys.argv[1:], "--measure", str(size)]
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=True)
        found.append(json.loads(done.stdout.splitlines()[-1]))
    _show(found, given.sizes, console)
    return int(any(case["… of them different"] for case in found))


def _measured(given: argparse.Namespace) -> dict[str, float]:
    size = given.measure
    world = generate(size, partners=given.partners, seed=given.seed, one_place=given.one_place)
    snapshot = snapshot_of(world)
    case = {"ties of collaboration": float(len(world.collaborations))}
    before = time.perf_counter()
    network = Network.compile(snapshot)
    case["compile the network, s"] = time.perf_counter() - before
    before = time.perf_counter()
    engine = engine_of(network)
    assert engine is not None
    case["prepare the engine, s"] = time.perf_counter() - before
    before = time.perf_counter()
    engine.rank(np.arange(1), _TOP)
    case["load compiled code, s"] = time.perf_counter() - before
    # The generator needs more than the engine does, and is not what is measured.
    case["memory before, MiB"] = _resident_mebibytes()
    seconds, digest = _all(engine, case, size)
    case["peak memory of it all, MiB"] = peak_mebibytes()
    drawn = np.random.default_rng(given.seed).permutation(size)
    _singles(network, drawn[:_SINGLES], case)
    _compare(network, engine, drawn[:_COMPARED], case)
    if not given.no_rivals:
        for name, (rival, most) in RIVALS.items():
            if name == _SLOWEST and size > _SLOWEST_UP_TO:
                continue
            rival(network, drawn[:1], _TOP)
            before = time.perf_counter()
            rival(network, drawn[1 : most + 1], _TOP)
            whole = (time.perf_counter() - before) / len(drawn[1 : most + 1]) * size
            case[f"{name}, s"] = whole
            case[f"… ÷ engine: {name}"] = whole / seconds
    _distance(engine, case, size, seconds)
    if given.cluster:
        _clusters(engine, case, size, digest)
    return case


def _all(engine: Engine, case: dict[str, float], size: int) -> tuple[float, str]:
    """Measure all suggestions; return the seconds, and a hash of what came out."""
    case["load average before"] = os.getloadavg()[0]
    before, worked = time.perf_counter(), time.process_time()
    rankings = [found for _, found in rank_in_threads(engine, np.arange(size), _TOP)]
    seconds = time.perf_counter() - before
    case["all suggestions, s"] = seconds
    case["… processor time, s"] = time.process_time() - worked
    case["… µs an organisation"] = seconds / size * 1e6
    case["load average after"] = os.getloadavg()[0]
    return seconds, _digest(rankings)


def _digest(rankings: Sequence[Ranking]) -> str:
    digest = hashlib.sha256()
    for name in ("partners", "scores", "gets", "gives"):
        for found in rankings:
            digest.update(np.ascontiguousarray(getattr(found, name)).tobytes())
    return digest.hexdigest()


def _singles(network: Network, drawn: Ints, case: dict[str, float]) -> None:
    times = []
    for i in drawn.tolist():
        before = time.perf_counter()
        suggest_partners(network, network.organisation_ids[i], k=_TOP)
        times.append(1000 * (time.perf_counter() - before))
    for share in (50, 95, 99):
        case[f"one, explained: p{share}, ms"] = float(np.percentile(times, share))


def _compare(network: Network, engine: Engine, drawn: Ints, case: dict[str, float]) -> None:
    found = engine.rank(drawn, _TOP)
    different = 0
    for at, i in enumerate(drawn.tolist()):
        part = slice(found.starts[at], found.starts[at + 1])
        wanted = rank_fully(network, i, _TOP, include_partners=False)
        different += not (
            np.array_equal(found.partners[part], wanted.partners)
            and np.array_equal(found.scores[part], wanted.scores)
        )
    case["compared with scoring everybody"] = len(drawn)
    case["… of them different"] = different


def _distance(engine: Engine, case: dict[str, float], size: int, seconds: float) -> None:
    """Set the time against that of moving what must be read once at the speed of memory."""
    threads = numba.get_num_threads()
    speed = triad_gigabytes(threads)
    index = engine.index
    held = np.diff(index.list_starts)
    cuts = index.cuts.astype(np.int64).reshape(np.count_nonzero(index.list_cuts >= 0), -1)
    held[index.list_cuts >= 0] = cuts[:, -1] - cuts[:, 0]
    of_thing = np.add.reduceat(np.append(held, 0), index.lists_of[:-1]) if len(held) else held
    of_thing = np.where(np.diff(index.lists_of) > 0, of_thing, 0)
    entries = float(of_thing[index.left].sum())
    # Nearly each entry is a number of 2 bytes; each bound is written once and read once.
    moved = 2 * entries + 8.0 * size * size
    case["list entries an organisation"] = entries / size
    case["triad, one thread, GB/s"] = triad_gigabytes(1)
    case[f"triad, {threads} threads, GB/s"] = speed
    case["at that speed, s"] = moved / speed / 1e9
    case["… engine ÷ that"] = seconds / (moved / speed / 1e9)


def _clusters(engine: Engine, case: dict[str, float], size: int, digest: str) -> None:
    for processes in (1, 2):
        with connected(f"local:{processes}") as client:
            client.wait_for_workers(processes)
            warm = [np.arange(64)] * (4 * processes)
            list(rank_on(client, engine, warm, _TOP, _silent))
            before = time.perf_counter()
            blocks = blocks_of(np.arange(size))
            rankings = [found for _, found in rank_on(client, engine, blocks, _TOP, _silent)]
            case[f"Dask, {processes} processes, s"] = time.perf_counter() - before
            case["… of them different"] += _digest(rankings) != digest
    case["… one ÷ two processes"] = case["Dask, 1 processes, s"] / case["Dask, 2 processes, s"]


def _silent(done: int, total: int | None, what: str) -> None:
    pass


def _resident_mebibytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _show(found: list[dict[str, float]], sizes: list[int], console: Console) -> None:
    table = Table(title="gofar bench: all suggestions")
    table.add_column("")
    for size in sizes:
        table.add_column(f"{size:,}", justify="right")
    for name in dict.fromkeys(name for case in found for name in case):
        values = [case.get(name) for case in found]
        table.add_row(name, *("–" if value is None else _shown(value) for value in values))
    console.print(table)
    for (size, case), (larger, other) in zip(
        zip(sizes, found, strict=True), list(zip(sizes, found, strict=True))[1:], strict=False
    ):
        power = math.log(other["all suggestions, s"] / case["all suggestions, s"]) / math.log(
            larger / size
        )
        console.print(f"From {size:,} to {larger:,} the time grows as n^{power:.2f}.")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:,.3g}"


if __name__ == "__main__":
    sys.exit(main())
