"""Horizontal bars: a label, and under it a bar for each series with its number at the end."""

from __future__ import annotations

from markupsafe import Markup

from reports.render.charts.frame import (
    GREY,
    INK,
    SIZE,
    WIDTH,
    Drawn,
    absence,
    amount,
    fill_of,
    finished,
    legend,
    patterns,
    text,
)
from reports.render.svg.element import element
from reports.render.svg.labels import fitted, text_width
from reports.render.wording import cell_text

__all__ = ["draw_bars"]

_MOST_BARS = 20

_LABEL, _BAR, _GAP = 20.0, 16.0, 4.0
_SPACE = 12.0


def draw_bars(drawn: Drawn) -> Markup:
    """Return bars for the first rows of a table."""
    columns = drawn.values
    # As many as are read in the table beside, and no more than a page holds.
    count = min(drawn.table.shown or _MOST_BARS, _MOST_BARS)
    cells = [drawn.cells(column.key)[:count] for column in columns]
    numbers = [value for each in cells for cell in each if (value := amount(cell)) is not None]
    most, least = max([0.0, *numbers]), min([0.0, *numbers])
    told = [
        cell_text(cell, column.kind)
        for column, each in zip(columns, cells, strict=True)
        for cell in each
        if amount(cell) is not None
    ]
    room = max((text_width(each, SIZE) for each in told), default=0.0) + 10
    left = room if least < 0 else 0.0
    scale = (WIDTH - room - left) / ((most - least) or 1.0)
    zero = left - least * scale
    parts = [patterns(drawn.key, len(columns))]
    top = 4.0
    if len(columns) > 1:
        marks = [_mark(drawn.key, number) for number in range(len(columns))]
        made, top = legend(drawn, top, marks)
        parts.append(made)
        top += 6
    first = top
    for line, label in enumerate(drawn.labels[:count]):
        parts.append(text(fitted(label, WIDTH, SIZE), 0, top + 14))
        top += _LABEL
        for number, column in enumerate(columns):
            cell = cells[number][line]
            value = amount(cell)
            said = absence(cell) if value is None else cell_text(cell, column.kind)
            whole = element("title", f"{label}, {column.title}: {said}")
            shape = _bar(value, said, zero, scale, top, fill_of(drawn.key, number))
            parts.append(element("g", whole, *shape))
            top += _BAR + _GAP
        top += _SPACE
    axis = {"x1": zero, "x2": zero, "y1": first, "y2": top - _SPACE}
    parts.append(element("line", **axis, stroke=INK, stroke_width=1))
    hidden = len(drawn.rows) - count
    if hidden > 0:
        parts.append(text(f"and {hidden:,} more in the table", 0, top + 10, fill=GREY))
        top += 20
    return finished(drawn, top, parts)


def _bar(
    value: float | None, said: str, zero: float, scale: float, top: float, fill: str
) -> list[Markup]:
    middle = top + _BAR / 2 + 5
    if value is None:
        box = {"x": zero, "y": top, "width": 14.0, "height": _BAR}
        mark = element("rect", **box, fill="none", stroke=GREY, stroke_dasharray="3 2")
        return [mark, text(said, zero + 20, middle, fill=GREY)]
    length = abs(value) * scale
    start = zero - length if value < 0 else zero
    shape = {"x": start, "y": top, "width": max(length, 1.0 if value else 0.0), "height": _BAR}
    end = start - 6 if value < 0 else start + length + 6
    return [
        element("rect", **shape, fill=fill, stroke=INK, stroke_width=0.8),
        text(said, end, middle, weight="bold", anchor="end" if value < 0 else "start"),
    ]


def _mark(key: str, number: int) -> Markup:
    fill = fill_of(key, number)
    return element("rect", width=16, height=14, fill=fill, stroke=INK, stroke_width=0.8)
