"""``python -m bench.periodic``: one report on generated networks, compared with the one before."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.columns import snapshot_of
from bench.world import generate
from graph.snapshot import Snapshot
from reports.build import build_report
from reports.report import Settings

__all__ = ["main"]

T = TypeVar("T")

_SIZES = (200, 1_000, 5_000)
_SETTINGS = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
_SHARE_NEW = 0.05


def main() -> int:
    """Print how long a report takes to be worked out and written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    sizes = parser.parse_args().sizes
    table = Table(title="A report, compared with the one before (seconds)")
    for title in ("organisations", "worked out", "tables", "rows"):
        table.add_column(title, justify="right")
    _timed(lambda: build_report(*_two_quarters(50)))  # compiled once a machine
    for size in sizes:
        now, settings, before = _two_quarters(size)
        took, report = _timed(lambda: build_report(now, settings, before))  # noqa: B023
        rows = sum(len(each.rows) for each in report.tables)
        table.add_row(f"{size:,}", f"{took:.2f}", f"{len(report.tables)}", f"{rows:,}")
    Console().print(table)
    return 0


def _two_quarters(size: int) -> tuple[Snapshot, Settings, Snapshot]:
    """Return a network, and what it was before a twentieth of its ties came."""
    now = snapshot_of(generate(size))
    rng = np.random.default_rng(1)
    kept = {kind: np.ones(len(table), dtype=np.bool_) for kind, table in now.tables.items()}
    for kind in ("collaborates_with", "needs", "offers"):
        kept[kind] = rng.random(len(now.tables[kind])) >= _SHARE_NEW
    return now, _SETTINGS, now.restricted(kept)


def _timed(make: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    sys.exit(main())
