from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import empty_report, full_report, hostile_report
from reports.content import check_report, content_hash, read_report, write_report
from reports.errors import InvalidReport
from reports.render.as_json import render_json
from reports.report import Cell, Column, Report, Table, Withheld

CELLS = st.one_of(
    st.text(max_size=20),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(Withheld),
    st.none(),
)


def with_cell(cell: Cell) -> Report:
    table = Table("cell", "A cell", (Column("cell", "Cell"),), ((cell,),))
    report = full_report()
    return replace(report, tables=(*report.tables, table))


@given(CELLS)
def test_every_cell_comes_back_as_it_was(cell: Cell) -> None:
    back = read_report(write_report(with_cell(cell))).tables[-1].rows[0][0]
    assert back == cell
    # A true is no 1, and a withheld number no text that reads like it.
    assert isinstance(back, bool) is isinstance(cell, bool)
    assert isinstance(back, Withheld) is isinstance(cell, Withheld)


@pytest.mark.parametrize("report", [full_report(), hostile_report(), empty_report()])
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    back = read_report(write_report(report))
    assert back == report
    assert content_hash(back) == content_hash(report)
    assert read_report(render_json(report)) == report


def test_equal_reports_have_one_hash_and_others_have_another() -> None:
    assert content_hash(with_cell(1)) == content_hash(with_cell(1.0))
    assert content_hash(with_cell(0.0)) == content_hash(with_cell(-0.0))
    hashes = {content_hash(with_cell(each)) for each in (1, "1", True, None, "", Withheld.FEW)}
    assert len(hashes) == 6
    assert content_hash(with_cell("fewer than 5")) not in hashes


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(InvalidReport, match="not a finite number"):
        write_report(with_cell(number))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "is not 'gofar report 1'"),
        ('{"format": "another"}', "'another' is not"),
        ('{"format": "gofar report 1"}', "report"),
        ('{"format": "gofar report 1", "report": {"as_of": "never"}}', "as_of"),
        ('{"format": "gofar report 1", "report": NaN}', "not a finite number"),
        ('{"format": "gofar report 1", "report": {"withheld": "all"}}', "'all' is no way"),
    ],
)
def test_what_is_no_report_is_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidReport, match=says):
        read_report(text)


def test_a_report_that_somebody_has_changed_is_refused() -> None:
    changed = json.loads(render_json(full_report()))
    changed["report"]["figures"][0]["value"] = 8
    with pytest.raises(InvalidReport, match="not the hash"):
        read_report(json.dumps(changed))


def test_what_is_named_has_to_be_there() -> None:
    report = full_report()
    figure = replace(report.figures[0], table="nowhere")
    with pytest.raises(InvalidReport, match="figure 'gaps': there is no table 'nowhere'"):
        check_report(replace(report, figures=(figure,)))


def test_two_of_one_id_and_short_rows_are_refused() -> None:
    report = full_report()
    with pytest.raises(InvalidReport, match="two have the same id"):
        check_report(replace(report, tables=(*report.tables, report.tables[0])))
    short = replace(report.tables[0], rows=(("a",),))
    with pytest.raises(InvalidReport, match="row 1 has 1 cells for 6 columns"):
        check_report(replace(report, tables=(short, *report.tables[1:])))
