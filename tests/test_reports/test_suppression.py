from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from report_samples import full_report, hostile_report
from reports.errors import InvalidReport
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Confidence,
    Definition,
    Direction,
    Figure,
    Finding,
    Report,
    Section,
    Settings,
    Table,
    Withheld,
)
from reports.suppression import suppress

PUBLIC = Settings("Public", date(2026, 7, 1), date(2026, 9, 30), is_public=True)
COUNT = ColumnKind.COUNT
TELLING = Withheld.TELLING
MEANS = Definition("d", "D", "What is counted.")


def report_of(
    *tables: Table, figures: tuple[Figure, ...] = (), section: Section | None = None
) -> Report:
    sections = () if section is None else (section,)
    return Report(PUBLIC, date(2026, 9, 30), "h", "", sections, figures, (), tables, (MEANS,))


def counted(figure_id: str, value: float, table: str = "t", **more: object) -> Figure:
    return replace(Figure(figure_id, figure_id, COUNT, value, "d", table), **more)  # type: ignore[arg-type]


def by_place(rows: dict[str, tuple[Cell, ...]], *, has_total: bool = False) -> Table:
    width = max(map(len, rows.values()))
    columns = (Column("place", "Place"), *(Column(f"c{n}", f"C{n}", COUNT) for n in range(width)))
    return Table(
        "t",
        "T",
        columns,
        tuple((name, *cells) for name, cells in rows.items()),
        has_total=has_total,
    )


def cells(report: Report, table: int = 0) -> dict[str, tuple[Cell, ...]]:
    return {str(row[0]): row[1:] for row in report.tables[table].rows}


# --- the rule of five --------------------------------------------------------------------


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_a_count_below_five_is_withheld(value: int) -> None:
    made = suppress(
        report_of(by_place(dict.fromkeys("abcde", (value,))), figures=(counted("f", value),))
    )
    assert cells(made)["a"] == (Withheld.FEW,)
    assert made.figures[0].value is Withheld.FEW


@pytest.mark.parametrize("value", [0, 5, 1_000])
def test_nothing_and_five_are_shown(value: int) -> None:
    made = suppress(
        report_of(by_place(dict.fromkeys("abcde", (value,))), figures=(counted("f", value),))
    )
    assert cells(made)["a"] == (value,)
    assert made.figures[0].value == value


def test_a_small_difference_is_withheld_as_well() -> None:
    assert cells(suppress(report_of(by_place({"a": (-3,), "b": (9,)}))))["a"] == (Withheld.FEW,)


def test_a_share_made_of_a_small_count_is_withheld() -> None:
    columns = (
        Column("place", "Place"),
        Column("part", "Part", COUNT),
        Column("of", "Of", COUNT),
        Column("share", "Share", ColumnKind.SHARE),
        Column("latitude", "Latitude", ColumnKind.NUMBER),
    )
    table = Table("t", "T", columns, (("a", 3, 60, 0.05, 51.5), ("b", 30, 60, 0.5, 51.6)))
    made = cells(suppress(report_of(table)))
    assert made == {
        "a": (Withheld.FEW, 60, Withheld.TELLING, 51.5),
        "b": (30, 60, 0.5, 51.6),
    }


def test_a_share_alone_does_not_tell_its_small_part() -> None:
    share = Figure("s", "S", ColumnKind.SHARE, 0.05, "d", "t", of=60)
    made = suppress(report_of(by_place({"a": (9,)}), figures=(share,)))
    assert made.figures[0].value is Withheld.TELLING
    assert made.figures[0].of == 60


# --- what would tell ---------------------------------------------------------------------


def test_a_total_does_not_tell_the_one_that_is_withheld() -> None:
    table = by_place({"a": (3,), "b": (9,), "c": (20,), "All": (32,)}, has_total=True)
    made = cells(suppress(report_of(table)))
    assert made == {"a": (Withheld.FEW,), "b": (Withheld.TELLING,), "c": (20,), "All": (32,)}


def test_a_figure_that_is_the_total_counts_as_one() -> None:
    table = by_place({"a": (3,), "b": (9,), "c": (20,)})
    made = suppress(report_of(table, figures=(counted("f", 32, column="c0"),)))
    assert [row[0] for row in cells(made).values()].count(Withheld.TELLING) == 1
    assert made.figures[0].value == 32


def test_two_that_could_only_be_one_each_need_a_third() -> None:
    table = by_place({"a": (1,), "b": (1,), "c": (20,), "d": (30,), "All": (52,)}, has_total=True)
    made = cells(suppress(report_of(table)))
    assert made["c"] == (Withheld.TELLING,)
    assert made["All"] == (52,)


def test_the_same_number_in_another_table_is_withheld_too() -> None:
    one = by_place({"a": (3,), "b": (9,), "c": (20,), "All": (32,)}, has_total=True)
    other = replace(one, id="u", rows=(("b", 9), ("c", 20)), has_total=False)
    made = suppress(report_of(one, other))
    assert cells(made, 1) == {"b": (Withheld.TELLING,), "c": (20,)}


def test_what_is_left_of_a_whole_is_withheld_with_the_small_part() -> None:
    figures = (counted("without", 2, of=60), counted("with", 58, of=60), counted("else", 50, of=60))
    made = suppress(report_of(by_place({"a": (9,)}), figures=figures))
    assert [each.value for each in made.figures] == [Withheld.FEW, Withheld.TELLING, 50]


def test_rows_whose_number_is_withheld_are_not_listed() -> None:
    table = Table("t", "T", (Column("name", "Name"),), (("one",), ("two",)))
    made = suppress(report_of(table, figures=(counted("f", 2),)))
    assert made.tables[0].rows == ()
    assert made.tables[0].withheld is Withheld.FEW


def test_bounds_and_the_number_before_go_with_their_number() -> None:
    figures = (
        counted("few", 3, low=2.0, high=6.0, before=40, direction=Direction.WORSE),
        counted("was-few", 40, before=3, direction=Direction.BETTER),
    )
    few, was = suppress(report_of(by_place({"a": (9,)}), figures=figures)).figures
    assert (few.low, few.high, few.before) == (None, None, Withheld.TELLING)
    assert (was.value, was.before, was.direction) == (40, Withheld.FEW, Direction.NEW)


def test_what_was_withheld_last_time_stays_so() -> None:
    before = report_of(by_place({"a": (9,)}), figures=(counted("f", Withheld.TELLING),))
    now = report_of(by_place({"a": (9,)}), figures=(counted("f", 12, before=7),))
    assert suppress(now, before).figures[0].before is Withheld.TELLING


def test_order_does_not_tell_a_number_between_two_others() -> None:
    rows: dict[str, tuple[Cell, ...]] = {"z": (9,), "y": (9,), "x": (9,), "a": (2,), "All": (29,)}
    made = cells(suppress(report_of(by_place(rows, has_total=True))))
    assert list(made) == ["a", "x", "y", "z", "All"]


def test_words_do_not_say_what_figures_withhold() -> None:
    finding = Finding(
        "f",
        "Three are alone",
        "Only 3 of 60.",
        Direction.NEW,
        Confidence.HIGH,
        "All 60 were asked.",
        ("f",),
    )
    section = Section(
        "s",
        "S",
        "There are 3 of them.",
        ("In all, three.", "Nothing to hide."),
        (finding,),
        ("f",),
        (),
        ("t",),
    )
    table = replace(by_place({"a": (9,)}), note="3 are new.")
    made = suppress(report_of(table, figures=(counted("f", 3, of=60),), section=section))
    shown = made.sections[0]
    assert shown.findings[0].headline == "f: fewer than 5"
    assert "3" not in shown.findings[0].detail
    assert (shown.lead, shown.paragraphs) == ("", ("Nothing to hide.",))


def said(lead: str, table: Table, *figures: Figure) -> str:
    section = Section("s", "S", lead, tables=("t",))
    return suppress(report_of(table, figures=figures, section=section)).sections[0].lead


@pytest.mark.parametrize(
    "lead",
    [
        "3 organisations told 20 needs.",
        "In all 32 are here.",
        "Of 10 organisations 30% have told.",
        "Since 2 May 2026, 12 came and 4 went.",
    ],
)
def test_words_tell_no_small_count_that_is_no_figure(lead: str) -> None:
    assert said(lead, by_place({"a": (2,), "b": (9,), "c": (21,)})) == ""


@pytest.mark.parametrize(
    "lead",
    [
        "Since 2 May 2026, 12 came and 0 went.",
        "Of 160 organisations 94% have told.",
        "Nobody offers law, welding and 2 more.",
        "Below 5, 1,204 or 2.5 days.",
    ],
)
def test_words_keep_days_shares_and_what_is_shown(lead: str) -> None:
    assert said(lead, by_place({"a": (9,), "b": (21,)})) == lead


def test_words_may_say_a_total_that_a_figure_shows() -> None:
    table = by_place({"a": (2,), "b": (9,), "c": (21,)})
    assert said("In all 32.", table, counted("f", 32, column="c0")) == "In all 32."


def test_words_do_not_say_a_number_whose_row_stands_elsewhere_now() -> None:
    # Sorted by number before, by name once something is withheld.
    table = by_place({"z": (40,), "y": (12,), "b": (9,), "a": (2,), "All": (63,)}, has_total=True)
    hidden = {key for key, row in cells(suppress(report_of(table))).items() if row[0] == TELLING}
    assert hidden == {"b"}
    assert said("Another 9 of them.", table) == ""


def test_what_is_left_of_a_whole_is_withheld_wherever_it_stands() -> None:
    tied = by_place({"with a partner": (157, 160), "with a place": (150, 160)})
    made = suppress(report_of(tied, figures=(counted("alone", 3, of=160),)))
    assert cells(made) == {"with a partner": (TELLING, 160), "with a place": (150, 160)}


def test_a_figure_that_a_column_comes_to_tells_nothing_in_it() -> None:
    table = by_place({"a": (2,), "b": (9,), "c": (21,)})
    made = suppress(report_of(table, figures=(counted("unmet", 32),)))
    assert made.figures[0].value == 32
    assert cells(made) == {"a": (Withheld.FEW,), "b": (TELLING,), "c": (21,)}


def test_two_tables_that_count_the_same_things_do_not_tell_of_each_other() -> None:
    kinds = by_place({"needs": (20,), "offers": (12,)})
    sources = replace(by_place({"survey": (30,), "register": (2,)}), id="u")
    made = suppress(report_of(kinds, sources))
    assert TELLING in {row[0] for row in (cells(made) | cells(made, 1)).values()}


def test_a_share_of_last_time_is_withheld_in_the_table_that_repeats_it() -> None:
    columns = (Column("what", "What"), Column("before", "Before", ColumnKind.SHARE))
    share = Figure("s", "S", ColumnKind.SHARE, 0.5, "d", "t", of=60, before=0.05)
    was = report_of(by_place({"a": (9,)}), figures=(replace(share, value=0.05, before=None),))
    report = report_of(Table("t", "T", columns, (("s", 0.05),)), figures=(share,))
    assert cells(suppress(report, suppress(was))) == {"s": (TELLING,)}


@pytest.mark.parametrize("report", [full_report(), hostile_report()])
def test_suppressing_twice_changes_nothing(report: Report) -> None:
    once = suppress(report)
    assert suppress(once) == once


# --- nothing is determined ---------------------------------------------------------------

NUMBERS = st.one_of(st.integers(0, 8), st.integers(0, 60))


@st.composite
def two_way_reports(draw: st.DrawFn) -> Report:
    """A table of places by kinds, with or without totals either way, and figures over it."""
    lines = draw(st.integers(1, 5))
    width = draw(st.integers(1, 4))
    inner = [[draw(NUMBERS) for _ in range(width)] for _ in range(lines)]
    with_sum, with_total = draw(st.booleans()), draw(st.booleans())
    columns = [
        Column(f"c{n}", f"C{n}", COUNT, part_of="sum" if with_sum else "") for n in range(width)
    ]
    rows: list[list[Cell]] = [[*row, sum(row)] if with_sum else [*row] for row in inner]
    if with_sum:
        columns.append(Column("sum", "Sum", COUNT))
    sums = [sum(int(row[at] or 0) for row in rows) for at in range(len(columns))]
    if with_total:
        rows.append([*sums])
    table = Table(
        "t",
        "T",
        (Column("place", "Place"), *columns),
        tuple((f"place {number}", *row) for number, row in enumerate(rows)),
        has_total=with_total,
    )
    chosen = draw(st.sets(st.integers(0, len(columns) - 1)))
    figures = tuple(counted(f"f{at}", sums[at], column=columns[at].key) for at in sorted(chosen))
    return report_of(table, figures=figures)


def unknowns(report: Report) -> tuple[list[Withheld], list[dict[int, int]], list[int]]:
    """What a reader of a suppressed report knows: ranges, and equations among what is hidden."""
    (table,) = report.tables
    hidden: list[Withheld] = []
    equations: list[dict[int, int]] = []
    constants: list[int] = []
    places: dict[object, int] = {}

    def add(whole: tuple[object, Cell], parts: list[tuple[object, Cell]]) -> None:
        terms: dict[int, int] = {}
        constant = 0
        for sign, (place, cell) in ((-1, whole), *((1, part) for part in parts)):
            if isinstance(cell, Withheld):
                number = places.setdefault(place, len(hidden))
                if number == len(hidden):
                    hidden.append(cell)
                terms[number] = terms.get(number, 0) + sign
            else:
                constant += sign * int(cell or 0)
        equations.append(terms)
        constants.append(-constant)

    keys = [column.key for column in table.columns]
    body = table.rows[:-1] if table.has_total else table.rows
    for at in range(1, len(keys)):
        column = [((line, at), row[at]) for line, row in enumerate(body)]
        if table.has_total:
            add(((len(body), at), table.rows[-1][at]), column)
        for figure in report.figures:
            if figure.column == keys[at] and table.rows:
                add((("figure", figure.id), figure.value), column)
    if "sum" in keys:
        for line, row in enumerate(table.rows):
            inner = [((line, at), row[at]) for at in range(1, len(keys) - 1)]
            add(((line, len(keys) - 1), row[-1]), inner)
    return hidden, equations, constants


def extremes(
    number: int, hidden: list[Withheld], equations: list[dict[int, int]], constants: list[int]
) -> tuple[int, int]:
    matrix = np.zeros((len(equations), len(hidden)))
    for line, terms in enumerate(equations):
        for at, sign in terms.items():
            matrix[line, at] = sign
    low = np.array([1 if each is Withheld.FEW else 5 for each in hidden], dtype=float)
    high = np.array([4 if each is Withheld.FEW else 10_000 for each in hidden], dtype=float)
    aim = np.zeros(len(hidden))
    aim[number] = 1
    found = [
        milp(
            sign * aim,
            constraints=LinearConstraint(matrix, constants, constants),
            bounds=Bounds(low, high),
            integrality=np.ones(len(hidden)),
        )
        for sign in (1, -1)
    ]
    assert all(each.success for each in found)
    return round(found[0].x[number]), round(found[1].x[number])


@settings(max_examples=120, deadline=None)
@given(two_way_reports())
def test_no_withheld_count_can_be_worked_out_from_what_is_shown(report: Report) -> None:
    shown = suppress(report)
    hidden, equations, constants = unknowns(shown)
    for number in range(len(hidden)):
        least, most = extremes(number, hidden, equations, constants)
        assert least < most


@settings(max_examples=60, deadline=None)
@given(two_way_reports())
def test_no_small_count_is_shown_and_every_other_number_is_true(report: Report) -> None:
    shown = suppress(report)
    true = {row[0]: row for row in report.tables[0].rows}
    for row in shown.tables[0].rows:
        for was, now in zip(true[row[0]], row, strict=True):
            assert now == was or isinstance(now, Withheld)
            assert not (isinstance(now, int) and 0 < now < 5)


def test_a_report_whose_parts_do_not_fit_is_refused() -> None:
    with pytest.raises(InvalidReport, match="no table 'gone'"):
        suppress(report_of(by_place({"a": (9,)}), figures=(counted("f", 9, table="gone"),)))
