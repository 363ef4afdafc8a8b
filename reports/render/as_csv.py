"""One table of a report as CSV: every row, numbers as they are, no cell a formula."""

from __future__ import annotations

from graph.errors import quoted
from graph.spreadsheets import csv_text
from reports.errors import InvalidReport
from reports.render.view import printable
from reports.report import Cell, Report, Table, Withheld

__all__ = ["render_csv", "table_csv"]


def render_csv(report: Report, table_id: str) -> str:
    """Return a table with the keys of its columns as titles; raises InvalidReport if unknown."""
    table = next((each for each in report.tables if each.id == table_id), None)
    if table is None:
        raise InvalidReport(
            "", f"it has no table {quoted(table_id)}", remedy="Follow a link in the report."
        )
    return table_csv(printable(table))


def table_csv(table: Table) -> str:
    """Return every row of a table, with the keys of its columns as titles."""
    return csv_text(
        [column.key for column in table.columns],
        [[_cell(cell) for cell in row] for row in table.rows],
    )


def _cell(cell: Cell) -> str | float:
    match cell:
        case None:
            return ""
        case Withheld():
            return cell.value
        case bool():
            return "yes" if cell else "no"
    return cell
