"""A report as a workbook: findings and figures, what they mean, and every row behind them.

Nothing of a report becomes a formula or a link: text is always written as text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from graph.errors import LimitExceeded, quoted
from reports.content import check_report, content_hash
from reports.render.view import printable
from reports.render.wording import (
    CONFIDENCE,
    DIRECTIONS,
    citation,
    day_text,
    edited_text,
    period_text,
    withheld_notes,
)
from reports.report import Cell, ColumnKind, Figure, Report, Table, Withheld

__all__ = ["render_xlsx"]

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
}
_MOST_ROWS = 1_048_575
_CHARACTERS = 32_767
_NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDEST, _NARROWEST = 60, 10
# The first day that a workbook can hold as a day.
_FIRST_DAY = date(1900, 3, 1)
_FIRST, _DEFINITIONS = "Report", "Definitions"


def render_xlsx(report: Report) -> bytes:
    """Return the report as a workbook, the same bytes for the same report.

    Raises InvalidReport, and LimitExceeded on more rows than a sheet holds.
    """
    check_report(report)
    known_hash = content_hash(report)
    report = printable(report)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        # The same bytes whenever it is made.
        made_on = datetime.combine(report.as_of, time())  # the format knows no time zones
        workbook.set_properties(
            {"title": report.settings.title[:255], "author": "gofar", "created": made_on}
        )
        names = _sheet_names(report.tables)
        _Sheets(workbook, names).write(report, known_hash)
    return file.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: Any, names: dict[str, str]) -> None:
        self._workbook = workbook
        self._names = names
        self._head = workbook.add_format(
            {
                "bold": True,
                "bg_color": "#0f4c4a",
                "font_color": "#ffffff",
                "text_wrap": True,
                "valign": "top",
            }
        )
        self._title = workbook.add_format({"bold": True, "font_size": 16})
        self._part = workbook.add_format({"bold": True, "font_size": 12})
        self._wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._withheld = workbook.add_format({"italic": True, "font_color": "#4a5251"})
        self._formats = {
            ColumnKind.COUNT: workbook.add_format({"num_format": "#,##0"}),
            ColumnKind.NUMBER: workbook.add_format({"num_format": "#,##0.##"}),
            ColumnKind.SHARE: workbook.add_format({"num_format": "0.0%"}),
            ColumnKind.DAY: workbook.add_format({"num_format": "d mmm yyyy", "align": "left"}),
        }

    def write(self, report: Report, known_hash: str) -> None:
        """Write all sheets: what to read first, the tables, and the definitions."""
        self._write_first(report, known_hash)
        for table in report.tables:
            self._write_table(table)
        self._write_definitions(report)

    def _write_first(self, report: Report, known_hash: str) -> None:
        sheet = self._workbook.add_worksheet(_FIRST)
        self._widths(sheet, (44, 18, 14, 14, 14, 18, 26, 30, 24))
        self._text(sheet, 0, 0, report.settings.title, self._title)
        self._text(sheet, 1, 0, f"{period_text(report)}. As of {day_text(report.as_of)}.")
        line = 3
        findings = {each.id: each for section in report.sections for each in section.findings}
        if findings:
            self._text(sheet, line, 0, "Findings", self._part)
            line = self._header(sheet, line + 1, ("Finding", "Direction", "Confidence"))
            for finding in findings.values():
                sign = DIRECTIONS[finding.direction]
                self._text(sheet, line, 0, f"{finding.headline}\n{finding.detail}", self._wrap)
                self._text(sheet, line, 1, f"{sign.symbol} {sign.words}", self._wrap)
                self._text(sheet, line, 2, CONFIDENCE[finding.confidence], self._wrap)
                line += 1
            line += 1
        if report.figures:
            self._text(sheet, line, 0, "Figures", self._part)
            titles = (
                "Figure",
                "Value",
                "Unit",
                "Of",
                "From",
                "To",
                "Last time",
                "Direction",
                "What it means",
                "Sheet with its rows",
            )
            line = self._header(sheet, line + 1, titles)
            terms = {each.id: each.term for each in report.definitions}
            for figure in report.figures:
                self._write_figure(sheet, line, figure, terms)
                line += 1
            line += 1
        about = (*withheld_notes(report), edited_text(report), citation(report, known_hash))
        for words in filter(None, about):
            self._text(sheet, line, 0, words)
            line += 1

    def _write_figure(self, sheet: Any, line: int, figure: Figure, terms: dict[str, str]) -> None:
        sign = DIRECTIONS[figure.direction]
        kinds = figure.kind
        self._text(sheet, line, 0, figure.label)
        self._cell(sheet, line, 1, figure.value, kinds)
        self._text(sheet, line, 2, figure.unit)
        self._cell(sheet, line, 3, figure.of, ColumnKind.COUNT)
        self._cell(sheet, line, 4, figure.low, kinds)
        self._cell(sheet, line, 5, figure.high, kinds)
        self._cell(sheet, line, 6, figure.before, kinds)
        self._text(sheet, line, 7, f"{sign.symbol} {sign.words}")
        self._text(sheet, line, 8, terms[figure.definition])
        self._text(sheet, line, 9, self._names[figure.table])

    def _write_table(self, table: Table) -> None:
        if len(table.rows) > _MOST_ROWS:
            raise LimitExceeded(
                f"The sheet of {quoted(table.title)}",
                f"{_MOST_ROWS:,} rows",
                f"it has {len(table.rows):,}",
                remedy="Take the JSON, or the table as CSV.",
            )
        sheet = self._workbook.add_worksheet(self._names[table.id])
        self._text(sheet, 0, 0, table.title, self._part)
        note = table.note
        if table.withheld is not None:
            note = f"The rows are not shown: {table.withheld.value}. {note}"
        self._text(sheet, 1, 0, note)
        self._header(sheet, 2, [column.title for column in table.columns])
        for line, row in enumerate(table.rows, start=3):
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(sheet, line, at, cell, column.kind)
        sheet.freeze_panes(3, 1 if len(table.columns) > 1 else 0)
        if table.rows and table.columns:
            last = len(table.rows) + 2 - table.has_total
            sheet.autofilter(2, 0, max(last, 2), len(table.columns) - 1)
        self._widths(sheet, _column_widths(table))

    def _write_definitions(self, report: Report) -> None:
        sheet = self._workbook.add_worksheet(_DEFINITIONS)
        self._header(sheet, 0, ("Term", "Meaning", "Formula", "Example", "Source"))
        for line, each in enumerate(report.definitions, start=1):
            said = (each.term, each.meaning, each.formula, each.example, each.source)
            for at, words in enumerate(said):
                self._text(sheet, line, at, words, self._wrap)
        sheet.freeze_panes(1, 0)
        self._widths(sheet, (30, 60, 40, 50, 40))

    def _header(self, sheet: Any, line: int, titles: Sequence[str]) -> int:
        for at, title in enumerate(titles):
            self._text(sheet, line, at, title, self._head)
        return line + 1

    def _text(self, sheet: Any, line: int, at: int, words: str, style: Any = None) -> None:
        if words:
            sheet.write_string(line, at, words[:_CHARACTERS], style)

    def _cell(self, sheet: Any, line: int, at: int, cell: Cell, kind: ColumnKind) -> None:
        match cell:
            case None:
                return
            case Withheld():
                self._text(sheet, line, at, cell.value, self._withheld)
            case bool():
                self._text(sheet, line, at, "yes" if cell else "no")
            case int() | float():
                sheet.write_number(line, at, cell, self._formats.get(kind))
            case str():
                day = _day(cell) if kind is ColumnKind.DAY else None
                if day is None:
                    self._text(sheet, line, at, cell)
                else:
                    sheet.write_datetime(line, at, day, self._formats[kind])

    def _widths(self, sheet: Any, widths: Iterable[float]) -> None:
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time()) if day >= _FIRST_DAY else None


def _column_widths(table: Table) -> list[int]:
    longest = []
    for at, column in enumerate(table.columns):
        lengths = [len(cell) for row in table.rows[:200] if isinstance(cell := row[at], str)]
        longest.append(max([len(column.title), *lengths]) + 2)
    return [min(max(each, _NARROWEST), _WIDEST) for each in longest]


def _sheet_names(tables: Sequence[Table]) -> dict[str, str]:
    """Return a name for the sheet of each table by its id: allowed, short, and no name twice."""
    # "History" is a name that Excel keeps for itself.
    taken = {_FIRST.casefold(), _DEFINITIONS.casefold(), "history"}
    names: dict[str, str] = {}
    for table in tables:
        plain = " ".join(_NOT_IN_NAMES.sub(" ", table.title).split()).strip("'") or "Table"
        name = plain[:_NAME_LENGTH].strip().strip("'") or "Table"
        number = 1
        while name.casefold() in taken:
            number += 1
            ending = f" {number}"
            name = plain[: _NAME_LENGTH - len(ending)].strip() + ending
        taken.add(name.casefold())
        names[table.id] = name
    return names
