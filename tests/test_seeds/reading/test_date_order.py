from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph.contract import GraphStore
from import_files import GRANT_TITLES, preview
from seeds.reading.date_order import date_order_problems
from seeds.reading.sheets import Sheet


def said(*dates: str) -> list[str]:
    rows = [(at, ["x", text]) for at, text in enumerate(dates, start=2)]
    sheet = Sheet("a.csv", "", ("name", "day"), lambda: [(at, list(cells)) for at, cells in rows])
    return [str(problem) for problem in date_order_problems(sheet)]


def test_two_orders_in_one_column_name_the_rows_that_contradict() -> None:
    (problem,) = said("13/02/2026", "02/13/2026", "2026-05-01", "03/04/2026", "12-25-26")

    assert "a.csv, 'day'" in problem
    assert "row 2 has the day first ('13/02/2026')" in problem
    assert "row 3 ('02/13/2026'), row 6 ('12-25-26') the month" in problem
    assert "1 more, such as 03/04/2026, were read with the day first" in problem


def test_a_column_with_the_month_first_is_said() -> None:
    (problem,) = said("02/13/2026", "03/04/2026")
    assert "seem to have the month first (row 2 ('02/13/2026'))" in problem


def test_of_many_rows_a_few_are_named_and_all_are_counted() -> None:
    (problem,) = said("13/02/2026", *["02/13/2026"] * 40)
    assert "and 35 more" in problem


@given(st.lists(st.dates(date(1950, 1, 1)), max_size=30), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"]))
def test_one_order_is_never_complained_about(days: list[date], form: str) -> None:
    assert said(*(day.strftime(form) for day in days)) == []


def test_a_preview_lists_it_for_any_kind_of_file(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "grants.csv"
    row = "360G-a-{0},Choir,,GBP,5,{1},GB-CHC-1164883,Choir CIO,1164883,F-1,Fund,E08000009\n"
    path.write_text(
        f"{GRANT_TITLES}\n{row.format(1, '31/03/2024')}{row.format(2, '03/31/2024')}",
        encoding="utf-8",
    )

    found = [str(problem) for problem in preview(path, store).problems]

    assert any("in two orders: row 2" in problem and "row 3" in problem for problem in found)
