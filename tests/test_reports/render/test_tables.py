from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from graph.spreadsheets import FORMULA_STARTS
from report_samples import HOSTILE, empty_report, full_report, hostile_report
from reports.errors import InvalidReport
from reports.render.as_csv import render_csv
from reports.render.as_xlsx import render_xlsx
from reports.report import Column, ColumnKind, Report, Table

NAMES = tuple(f"Organisation {number}" for number in range(40))


def opened(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))


def sheet(report: Report, title: str) -> Worksheet:
    found = opened(report)[title]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("report", [full_report(HOSTILE), hostile_report(), empty_report()])
def test_no_cell_is_a_formula_or_a_link(report: Report) -> None:
    for each in opened(report).worksheets:
        for row in each.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_every_row_is_there_and_not_only_those_shown() -> None:
    found = sheet(full_report(NAMES), "Who needs what nobody offers")
    assert [found.cell(line, 1).value for line in range(4, 44)] == list(NAMES)
    assert found.freeze_panes == "B4"
    assert found.auto_filter.ref == "A3:F43"


def test_numbers_shares_and_days_are_what_they_are() -> None:
    found = sheet(full_report(NAMES), "Who needs what nobody offers")
    name, key, count, share, since, urgent = (found.cell(6, at) for at in range(1, 7))
    assert (name.value, key.value, urgent.value) == ("Organisation 2", "org-2", "yes")
    assert (count.value, count.data_type) == (2, "n")
    assert (share.value, share.number_format) == (0.05, "0.0%")
    assert str(since.value) == "2026-08-01 00:00:00"
    places = sheet(full_report(), "Needs and offers by place")
    assert [places.cell(7, at).value for at in range(1, 4)] == ["Dunmoor", 3, "fewer than 5"]


def test_the_first_sheet_has_findings_and_figures() -> None:
    found = opened(full_report())
    rows = list(found.worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == "The network in the third quarter"
    gaps = next(row for row in rows if row[0] == "Skills that nobody offers")
    assert gaps[1:10] == (
        7,
        None,
        20,
        None,
        None,
        9,
        "↑ Better than last time",
        "Skills that nobody offers",
        "Who needs what nobody offers",
    )
    assert found.sheetnames[-1] == "Definitions"


def test_sheets_have_names_that_are_allowed_and_not_twice() -> None:
    titles = ["a" * 60, "A" * 60, "[x]:*?/\\", "'", "History", "Report", "", "Definitions", "=1+1"]
    tables = tuple(
        Table(f"t{number}", title, (Column("c", "C"),), ()) for number, title in enumerate(titles)
    )
    names = opened(replace(empty_report(), tables=tables)).sheetnames
    assert len({name.casefold() for name in names}) == len(titles) + 2
    assert all(0 < len(name) <= 31 for name in names)


def test_the_same_report_gives_the_same_workbook() -> None:
    assert render_xlsx(full_report(NAMES)) == render_xlsx(full_report(NAMES))


def test_a_table_comes_as_csv_with_every_row() -> None:
    rows = list(
        csv.reader(io.StringIO(render_csv(full_report(NAMES), "needs").removeprefix("\ufeff")))
    )
    assert rows[0] == ["name", "id", "count", "share", "since", "urgent"]
    assert len(rows) == 41
    assert rows[3] == ["Organisation 2", "org-2", "2", "0.05", "2026-08-01", "yes"]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    text = render_csv(full_report(HOSTILE), "needs").removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell.startswith(FORMULA_STARTS)]


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(InvalidReport, match="no table 'nothing'"):
        render_csv(full_report(), "nothing")


def test_a_day_before_days_began_stays_text() -> None:
    table = Table("t", "Days", (Column("d", "Day", ColumnKind.DAY),), (("0001-01-01",), ("soon",)))
    found = sheet(replace(empty_report(), tables=(table,)), "Days")
    assert [found.cell(line, 1).value for line in (4, 5)] == ["0001-01-01", "soon"]
