"""``python -m bench.report_forms``: how long each form of a report takes, by rows of its tables."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import date

from rich.console import Console
from rich.table import Table as Shown

from reports.content import content_hash
from reports.render.as_html import render_document
from reports.render.as_json import render_json
from reports.render.as_pdf import render_pdf
from reports.render.as_xlsx import render_xlsx
from reports.report import (
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Definition,
    Figure,
    Report,
    Section,
    Settings,
    Table,
)
from reports.suppression import suppress

__all__ = ["main", "report_of"]

_TABLES = 8
_FORMS: tuple[tuple[str, Callable[[Report], object]], ...] = (
    ("suppressing", suppress),
    ("page", render_document),
    ("PDF", render_pdf),
    ("workbook", render_xlsx),
    ("JSON", render_json),
    ("hash", content_hash),
)


def report_of(rows: int, *, shown: int = 10, seed: int = 1) -> Report:
    """Return a report with eight tables of ``rows``, two thirds of whose counts are small."""
    rng = random.Random(seed)
    tables = tuple(_table(f"table-{number}", rows, shown, rng) for number in range(_TABLES))
    figures = tuple(
        Figure(
            f"f{n}",
            f"Figure {n}",
            ColumnKind.COUNT,
            sum(int(row[2] or 0) for row in table.rows),
            "means",
            table.id,
            column="needs",
        )
        for n, table in enumerate(tables)
    )
    charts = tuple(
        Chart(
            f"chart-{n}",
            ChartKind.BARS,
            f"Chart {n}",
            "Bars.",
            table.id,
            "name",
            ("needs", "offers"),
        )
        for n, table in enumerate(tables)
    )
    sections = tuple(
        Section(
            f"s{n}",
            f"Section {n}",
            "What there is.",
            (),
            (),
            (figures[n].id,),
            (charts[n].id,),
            (tables[n].id,),
        )
        for n in range(_TABLES)
    )
    settings = Settings("Measured", date(2026, 7, 1), date(2026, 9, 30))
    means = (Definition("means", "Needs", "How many needs there are."),)
    return Report(settings, settings.period_end, "", "", sections, figures, charts, tables, means)


def _table(key: str, rows: int, shown: int, rng: random.Random) -> Table:
    columns = (
        Column("name", "Organisation"),
        Column("id", "Id", ColumnKind.ORGANISATION),
        Column("needs", "Needs", ColumnKind.COUNT, part_of="sum"),
        Column("offers", "Offers", ColumnKind.COUNT, part_of="sum"),
        Column("sum", "Both", ColumnKind.COUNT),
    )
    found = []
    for number in range(rows):
        needs, offers = (rng.choice((0, 1, 2, 3, 8, 13)) for _ in range(2))
        name = f"Organisation {number} of {key}"
        found.append((name, f"org-{number}", needs, offers, needs + offers))
    return Table(key, f"The rows of {key}", columns, tuple(found), shown=shown)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1_000])
    sizes = parser.parse_args(arguments).rows
    shown = Shown("form", *(f"{rows:,} rows" for rows in sizes), title="Seconds, eight tables")
    reports_by_size = [report_of(rows) for rows in sizes]
    render_pdf(report_of(1))  # the fonts are read once a process
    for name, form in _FORMS:
        took = []
        for report in reports_by_size:
            start = time.perf_counter()
            form(report)
            took.append(f"{time.perf_counter() - start:.2f}")
        shown.add_row(name, *took)
    Console().print(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
