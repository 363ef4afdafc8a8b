"""``python -m bench``: measure both stores and the engine on generated worlds."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from bench.figures import Case
from bench.measure import STORE_VARIABLE
from bench.report import hashes_agree, show
from bench.servers import NEO4J_VARIABLE, STORES, MissingStore

_ROOT = Path(__file__).resolve().parent.parent
_SIZES = (2_000, 20_000, 200_000)
_SAMPLED_FROM = 100_000
_SAMPLE = 500
_FILE_WIDTH = 150


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        epilog=f"Neo4j: {NEO4J_VARIABLE}=bolt://user:password@host:port is ERASED and used; "
        "without it a server of our own is started, where Java and the jars are there.",
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="organisations")
    parser.add_argument("--stores", nargs="+", choices=STORES, default=tuple(STORES))
    parser.add_argument(
        "--partners", type=float, default=10, help="mean partners an organisation has (10)"
    )
    parser.add_argument(
        "--sample",
        type=int,
        default=_SAMPLE,
        help=f"organisations to measure all matches on from {_SAMPLED_FROM:,} up ({_SAMPLE})",
    )
    parser.add_argument("--whole", action="store_true", help="never sample, however long it takes")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, help="write the figures to this file, as JSON")
    return parser.parse_args()


def main() -> int:
    """Measure, print the table and return 1 if two stores gave different content."""
    given = _arguments()
    # In a file the table needs room that a terminal would have.
    console = Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)
    cases = []
    missing: dict[str, str] = {}
    for size in given.sizes:
        for name in given.stores:
            if name in missing:
                continue
            try:
                with STORES[name]() as url:
                    cases.append(_measured(Case(size, name), url, given, console))
            except MissingStore as error:
                missing[name] = f"{name} was left out: {error}."
                console.print(missing[name])
    show(cases, console)
    for reason in missing.values():
        console.print(reason)
    if given.out:
        given.out.write_text(_as_json(cases, missing, given), encoding="utf-8")
    return int(any(hashes_agree(cases, size) is False for size in given.sizes))


def _measured(case: Case, url: str, given: argparse.Namespace, console: Console) -> Case:
    is_sampled = case.size >= _SAMPLED_FROM and not given.whole
    for step in ("fill", "match"):
        console.print(f"{case.size:,} organisations, {case.store}: {step} …")
        command = [sys.executable, "-m", "bench.measure", step, str(case.size), case.store]
        command += ["--partners", str(given.partners), "--seed", str(given.seed)]
        command += ["--sample", str(given.sample if is_sampled else 0)]
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env={**os.environ, STORE_VARIABLE: url},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            case.note = f"{case.size:,} on {case.store}: {step} ended with {done.returncode}."
            break
        case.merge(Case.from_json(done.stdout.splitlines()[-1]))
    return case


def _as_json(cases: list[Case], missing: dict[str, str], given: argparse.Namespace) -> str:
    about = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "partners": given.partners,
        "seed": given.seed,
        "left_out": missing,
    }
    return json.dumps({"about": about, "cases": [asdict(case) for case in cases]}, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
