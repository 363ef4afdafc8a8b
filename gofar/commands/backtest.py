"""gofar backtest: how good suggestions would have been, measured on a history."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gofar.commands.match import read_ids
from gofar.options import DAY, ProgressCallback, progress_bar, today
from gofar.tables import check_folder
from graph.errors import InputError
from graph.snapshot import Snapshot
from graph.stores import open_store
from matching import Network
from matching.evaluation import METRICS, Backtest, TextTable, rankers, tables
from matching.evaluation import backtest as measure
from matching.evaluation.tables import Cell
from seeds.staging import Findings
from seeds.unstored import read_unstored

__all__ = ["backtest", "markdown", "read_results"]

_FAULTS = 5
_WIDE = 120
_COLUMNS = ("cutoff", "organisations", "ranking", "metric", "value", "low", "high")
_RESULTS = TypeAdapter(tuple[Backtest, ...])


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--cutoff",
    "cutoffs",
    type=DAY,
    metavar="DATE",
    multiple=True,
    required=True,
    help="Rank by what was known before this day, such as 2018-01-01; may be given again.",
)
@click.option(
    "--organisations",
    "wanted",
    metavar="NUMBER|FILE",
    help="Only so many organisations, drawn by the seed; or those in a file, one a line.",
)
@click.option(
    "--seed",
    default=0,
    show_default=True,
    type=click.IntRange(0, 2**31 - 1),
    help="For draws of organisations, equal scores and intervals.",
)
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Also as JSON."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print every figure as CSV, and no table.")
@click.option(
    "--markdown",
    "markdown_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also the tables as Markdown.",
)
def backtest(
    folder: Path,
    cutoffs: tuple[datetime, ...],
    wanted: str | None,
    seed: int,
    json_file: Path | None,
    as_csv: bool,
    markdown_file: Path | None,
) -> None:
    """Measure suggestions on the history in DIR: rank as of a day, compare with what came after.

    DIR holds organisations.csv, projects.csv and participations.csv. Nothing is imported.
    """
    for file in (json_file, markdown_file):
        check_folder(file)
    if not folder.exists():
        raise InputError(
            f"{folder}: there is no such file or folder.", remedy="Check the spelling."
        )
    days = sorted({cutoff.date() for cutoff in cutoffs})
    with progress_bar() as report:
        snapshot, findings = _read(folder, report)
        sample, only = _wanted(snapshot, wanted)
        found = tuple(
            measure(
                snapshot, day, rankers(seed), sample=sample, only=only, seed=seed, progress=report
            )
            for day in days
        )
    _tell_faults(findings)
    if json_file is not None:
        json_file.write_bytes(_RESULTS.dump_json(found) + b"\n")
    if markdown_file is not None:
        markdown_file.write_text(markdown(found), encoding="utf-8")
    if as_csv:
        _write_csv(found)
    else:
        _print(found)


def markdown(found: Sequence[Backtest]) -> str:
    """Return the tables of backtests as Markdown."""
    return "\n".join(_as_markdown(table) for each in found for table in tables(each))


def read_results(file: Path) -> tuple[Backtest, ...]:
    """Return the backtests in a file that --json has written."""
    return _RESULTS.validate_json(file.read_bytes())


def _read(folder: Path, report: ProgressCallback) -> tuple[Snapshot, Findings]:
    # A store that stays empty answers what an import would ask of one.
    with open_store("sqlite:///:memory:") as nothing:
        return read_unstored(
            folder, nothing, source="history", actor="backtest", today=today(), progress=report
        )


def _wanted(snapshot: Snapshot, wanted: str | None) -> tuple[int | None, list[str] | None]:
    """Return how many organisations to draw, or the ids of those that a file names."""
    if wanted is None:
        return None, None
    path = Path(wanted)
    if path.is_file():
        return None, read_ids(Network.compile(snapshot), path)
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted), None
    raise InputError(
        f"--organisations: {wanted!r} is neither a number above 0 nor a file.",
        remedy="Give a number, or a file with one organisation a line.",
    )


def _tell_faults(findings: Findings) -> None:
    for problem in findings.problems[:_FAULTS]:
        click.echo(f"left out: {problem}", err=True)
    if findings.problem_count > _FAULTS:
        more = findings.problem_count - _FAULTS
        click.echo(f"left out: {more:,} rows more; see gofar import --preview.", err=True)


def _print(found: Sequence[Backtest]) -> None:
    console = Console()
    for each in found:
        for table in tables(each):
            _print_table(console, table)
        console.print(_counted(each), soft_wrap=True)
        console.print(f"Facts (SHA-256): {each.data_hash}\n", soft_wrap=True)
    for metric in METRICS:
        console.print(f"[bold]{metric.label}[/bold]: {metric.meaning}.", soft_wrap=True)
    console.print(
        f"[bold]against the best[/bold]: {METRICS[0].label} in percent of the best baseline's.",
        "Under each figure are the bounds of its 95 % interval.",
        soft_wrap=True,
        sep="\n",
    )


def _counted(found: Backtest) -> str:
    counts = found.counts
    undated = counts["projects_undated"]
    return (
        f"{counts['organisations']:,} organisations, {counts['known']:,} of them known before "
        f"{found.cutoff}; {counts['projects_before']:,} projects before and "
        f"{counts['projects_after']:,} after; {counts['pairs_before']:,} pairs that had worked "
        f"together and {counts['new_pairs']:,} new ones among the known."
        + (f" {undated:,} projects without a date are left out." if undated else "")
    )


def _print_table(console: Console, table: TextTable) -> None:
    columns = range(len(table.head))
    # On a narrow screen figures would be broken in two, so it gets two tables.
    parts = [columns] if console.width >= _WIDE else [[0, 1, *columns[5:]], [0, *columns[2:5]]]
    for part in parts:
        made = Table(title=escape(table.title), title_justify="left")
        for column in part:
            made.add_column(table.head[column], justify="right" if column else "left")
        for place, row in enumerate(table.rows):
            cells = (_lines(row[column]) for column in part)
            made.add_row(*cells, style="bold" if place in table.own else None)
        console.print(made)
    console.print(f"{escape(table.about)}\n")


def _lines(cell: Cell) -> str:
    return escape(f"{cell.text}\n{cell.note}" if cell.note else cell.text)


def _as_markdown(table: TextTable) -> str:
    lines = [f"### {table.title}\n", f"{table.about}\n"]
    rows = [
        [_inline(cell, place in table.own) for cell in row] for place, row in enumerate(table.rows)
    ]
    dashes = ["---", *["---:"] * (len(table.head) - 1)]
    for row in (table.head, dashes, *rows):
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def _inline(cell: Cell, is_own: bool) -> str:
    text = f"**{cell.text}**" if is_own else cell.text
    return f"{text} ({cell.note})" if cell.note else text


def _write_csv(found: Sequence[Backtest]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in found:
        for sort, section in (("known", each.known), ("cold", each.cold)):
            for ranking in section.rankings:
                first: tuple[date | str, ...] = (each.cutoff, sort, ranking.name)
                for name, figure in ranking.metrics.items():
                    writer.writerow((*first, name, figure.value, figure.low, figure.high))
                for name, difference in ranking.differences.items():
                    if difference.percent is not None:
                        percent = difference.percent
                        row = (percent.value, percent.low, percent.high)
                        writer.writerow((*first, f"{name}_percent_over_best_baseline", *row))
                writer.writerow((*first, "ever_shown", ranking.shown, "", ""))
                writer.writerow((*first, "gini", ranking.gini, "", ""))
