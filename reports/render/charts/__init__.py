"""Charts as SVG: the same drawing stands in a page and in a PDF."""

from __future__ import annotations

from markupsafe import Markup

from reports.render.charts.bars import draw_bars
from reports.render.charts.dots import draw_dots
from reports.render.charts.frame import Drawn, nothing
from reports.render.charts.lines import draw_lines
from reports.report import Chart, ChartKind, Table

__all__ = ["draw_chart"]

_DRAWN = {ChartKind.BARS: draw_bars, ChartKind.LINES: draw_lines, ChartKind.MAP: draw_dots}


def draw_chart(chart: Chart, table: Table, *, key: str = "") -> Markup:
    """Return the drawing of a table; ``key`` tells its ids from those of others on the page.

    A withheld number is drawn as words in its place, never as nothing. Colours never stand alone:
    patterns, shapes and numbers say the same.
    """
    drawn = Drawn(chart, table, key or chart.id)
    if table.withheld is not None:
        return nothing(drawn, f"The rows are not shown: {table.withheld}.")
    if not drawn.rows or not drawn.values:
        return nothing(drawn, "There is nothing to draw.")
    return _DRAWN[chart.kind](drawn)
