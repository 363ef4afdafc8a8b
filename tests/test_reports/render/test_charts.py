from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from report_samples import full_report, hostile_report
from reports.render.charts import draw_chart
from reports.render.view import printable
from reports.report import Cell, Chart, ChartKind, Column, ColumnKind, Report, Table, Withheld

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = (
    Column("label", "Label"),
    Column("one", "One", ColumnKind.COUNT),
    Column("two", "Two", ColumnKind.COUNT),
    Column("north", "North", ColumnKind.NUMBER),
    Column("east", "East", ColumnKind.NUMBER),
)


def drawn(
    kind: ChartKind, *rows: tuple[Cell, ...], values: tuple[str, ...] = ("one",), **more: object
):
    table = Table("t", "T", COLUMNS, rows, **more)  # type: ignore[arg-type]
    chart = Chart("c", kind, "Title", "What is seen.", "t", "label", values, "north", "east")
    return ElementTree.fromstring(draw_chart(chart, table))  # noqa: S314


def texts(svg: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}text")]


def charts(report: Report) -> list[tuple[Chart, Table]]:
    tables = {table.id: table for table in report.tables}
    return [(chart, tables[chart.table]) for chart in report.charts]


@pytest.mark.parametrize(
    ("chart", "table"), charts(full_report()) + charts(printable(hostile_report()))
)
def test_a_picture_has_a_title_a_description_and_no_style(chart: Chart, table: Table) -> None:
    svg = ElementTree.fromstring(draw_chart(chart, table))  # noqa: S314
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (chart.title, chart.description)
    for each in svg.iter():
        assert not each.tag.endswith(("script", "style", "foreignObject", "image"))
        assert not [name for name in each.attrib if name == "style" or name.startswith("on")]


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = drawn(
        ChartKind.BARS, ("a", 10, 4, None, None), ("b", 5, 8, None, None), values=("one", "two")
    )
    bars = [each for each in svg.iter(f"{SVG}rect") if each.get("height") == "16"]
    widths = [float(each.attrib["width"]) for each in bars]
    assert [round(width / widths[0], 2) for width in widths] == [1, 0.4, 0.5, 0.8]
    assert [each for each in texts(svg) if each.isdigit()] == ["10", "4", "5", "8"]
    # Told apart by more than colour: each series has a pattern of its own.
    assert len({each.attrib["fill"] for each in bars}) == 2


def test_bars_below_nothing_go_to_the_left() -> None:
    svg = drawn(ChartKind.BARS, ("a", 10, 0, None, None), ("b", -10, 0, None, None))
    right, left = [each for each in svg.iter(f"{SVG}rect") if each.get("height") == "16"]
    assert float(left.attrib["x"]) + float(left.attrib["width"]) == float(right.attrib["x"])
    assert "\u221210" in texts(svg)


@pytest.mark.parametrize("kind", ChartKind)
def test_a_withheld_number_is_said_and_not_drawn_as_nothing(kind: ChartKind) -> None:
    svg = drawn(
        kind,
        ("2026-01-01", Withheld.FEW, 0, 51.5, -0.1),
        ("2026-02-01", 9, 0, 52.5, -1.1),
    )
    assert any("fewer than 5" in each for each in texts(svg))
    assert not any(each == "0" and kind is ChartKind.BARS for each in texts(svg))


@pytest.mark.parametrize("kind", ChartKind)
def test_an_empty_table_says_so(kind: ChartKind) -> None:
    assert texts(drawn(kind)) == ["There is nothing to draw."]
    assert "not shown" in texts(drawn(kind, withheld=Withheld.TELLING))[0]


def test_a_total_is_no_bar() -> None:
    svg = drawn(
        ChartKind.BARS, ("a", 10, 0, None, None), ("All", 10, 0, None, None), has_total=True
    )
    assert "All" not in texts(svg)


def test_a_missing_number_interrupts_a_line() -> None:
    rows = [(f"2026-0{n}-01", None if n == 3 else n * 10, 0, None, None) for n in range(1, 6)]
    svg = drawn(ChartKind.LINES, *rows)
    (line,) = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2.5"]
    assert line.attrib["d"].count("M") == 2
    assert "not known" in texts(svg)


def test_a_map_keeps_directions_and_lists_what_has_no_position() -> None:
    svg = drawn(
        ChartKind.MAP,
        ("north", 5, 0, 55.0, -1.5),
        ("south", 5, 0, 54.0, -1.5),
        ("east", 5, 0, 54.5, -0.5),
        ("nowhere", 7, 0, None, None),
        ("null", 8, 0, 0.0, 0.0),
        ("off", 9, 0, 91.0, 0.0),
    )
    dots = {
        str(each.findtext(f"{SVG}title")).split(":")[0]: each.find(f"{SVG}circle")
        for each in svg.iter(f"{SVG}g")
        if each.find(f"{SVG}circle") is not None
    }
    assert set(dots) == {"north", "south", "east"}
    at = {
        name: (float(d.attrib["cx"]), float(d.attrib["cy"]))
        for name, d in dots.items()
        if d is not None
    }
    assert at["north"][1] < at["east"][1] < at["south"][1]
    assert at["north"][0] == at["south"][0] < at["east"][0]
    # One degree to the east is shorter than one to the north, by the cosine of 54.5.
    ratio = (at["east"][0] - at["north"][0]) / (at["south"][1] - at["north"][1])
    assert ratio == pytest.approx(0.5807, abs=0.005)
    assert [each for each in texts(svg) if each.startswith(("nowhere", "null", "off"))] == [
        "nowhere (7)",
        "null (8)",
        "off (9)",
    ]


def test_one_place_alone_and_many_on_one_spot_can_be_drawn() -> None:
    assert "here 3" in texts(drawn(ChartKind.MAP, ("here", 3, 0, 54.0, -1.0)))
    svg = drawn(ChartKind.MAP, *((f"place {n}", n, 0, 54.0, -1.0) for n in range(1, 30)))
    radii = [float(each.attrib["r"]) for each in svg.iter(f"{SVG}circle")]
    assert radii == sorted(radii, reverse=True)


def test_many_rows_are_drawn_in_part_and_the_rest_is_counted() -> None:
    svg = drawn(ChartKind.BARS, *((f"row {n}", n, 0, None, None) for n in range(50)))
    assert "and 40 more in the table" in texts(svg)


def test_numbers_too_large_for_any_page_are_drawn() -> None:
    for kind in ChartKind:
        drawn(kind, ("a", 10**30, 0, 54.0, -1.0), ("b", 1e300, 0, 54.1, -1.0))


def test_the_same_table_has_different_ids_in_two_pictures() -> None:
    report = full_report()
    table = replace(report.tables[1])
    chart = report.charts[0]
    one, two = (draw_chart(chart, table, key=key) for key in ("one", "two"))
    ids = [
        {str(each.get("id")) for each in ElementTree.fromstring(svg).iter() if each.get("id")}  # noqa: S314
        for svg in (one, two)
    ]
    assert not ids[0] & ids[1]
