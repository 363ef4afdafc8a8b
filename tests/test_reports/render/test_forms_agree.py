"""All forms of a report say the same: the same numbers, and the same words for those withheld."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest

from report_samples import full_report
from reports.render import as_pdf
from reports.render.as_html import render_document
from reports.render.as_json import render_json
from reports.render.as_xlsx import render_xlsx
from reports.render.view import printable
from reports.render.wording import cell_text, figure_text
from reports.report import Report, Withheld
from reports.suppression import suppress

NAMES = tuple(f"Organisation {number}" for number in range(9))
REPORTS = [full_report(NAMES), suppress(full_report(NAMES))]


def shown_in_pdf(report: Report) -> set[str]:
    """Every text that reaches the template of the PDF."""
    found: set[str] = set()

    def walk(thing: object) -> None:
        if isinstance(thing, dict):
            for value in thing.values():
                walk(value)
        elif isinstance(thing, (list, tuple)):
            for value in thing:
                walk(value)
        else:
            found.add(str(thing))

    walk(as_pdf._Setter(printable(report), "0" * 64).data())
    return found


@pytest.mark.parametrize("report", REPORTS)
def test_every_figure_is_the_same_in_all_forms(report: Report) -> None:
    html, pdf = render_document(report), shown_in_pdf(report)
    first = openpyxl.load_workbook(io.BytesIO(render_xlsx(report))).worksheets[0]
    sheet = {row[0]: row[1] for row in first.iter_rows(values_only=True)}
    data = {
        each["id"]: each["value"] for each in json.loads(render_json(report))["report"]["figures"]
    }
    for figure in report.figures:
        assert f"<bdi>{figure_text(figure)}</bdi>" in html
        assert figure_text(figure) in pdf
        if isinstance(figure.value, Withheld):
            assert sheet[figure.label] == figure.value.value
            assert data[figure.id] == {"withheld": figure.value.name.lower()}
        else:
            assert sheet[figure.label] == data[figure.id] == figure.value


@pytest.mark.parametrize("report", REPORTS)
def test_every_cell_is_the_same_in_all_forms(report: Report) -> None:
    html, pdf = re.sub(r"\s+", " ", render_document(report)), shown_in_pdf(report)
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))
    titles = dict(zip((table.id for table in report.tables), book.sheetnames[1:], strict=False))
    for table in report.tables:
        sheet = book[titles[table.id]]
        for line, row in enumerate(table.rows):
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                if column.key != "id":
                    said = cell_text(cell, column.kind)
                    assert f"<bdi>{said}</bdi>" in html
                    assert said in pdf
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    assert sheet.cell(line + 4, at + 1).value == cell
                if isinstance(cell, Withheld):
                    assert sheet.cell(line + 4, at + 1).value == cell.value


def test_a_number_that_is_withheld_is_in_no_form() -> None:
    report = full_report()
    secret = replace(report.figures[0], value=3, before=None, label="A secret", of=4_711)
    report = replace(report, figures=(secret, *report.figures[1:]))
    shown = suppress(report)
    assert shown.figures[0].value is Withheld.FEW
    html = render_document(shown)
    start = html.index("A secret</bdi></dt>")
    assert "fewer than 5" in html[start : start + 200]
    assert '"value":3,' not in render_json(shown)
