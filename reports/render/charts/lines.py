"""Lines over days: each series with a shape and a stroke of its own, numbers at the marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from reports.render.charts.frame import (
    GREY,
    LINE,
    WIDTH,
    Drawn,
    absence,
    amount,
    finished,
    legend,
    series_colour,
    text,
)
from reports.render.svg.element import element
from reports.render.svg.labels import text_width
from reports.render.wording import cell_text
from reports.report import Cell, Column

__all__ = ["draw_lines"]

_HEIGHT = 200.0
_RIGHT = 36.0
_SMALL = 12
_STROKES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
_FEW_MARKS = 13
_DAYS_SHOWN = 4


def draw_lines(drawn: Drawn) -> Markup:
    """Return a line for each series; a number that is missing interrupts it."""
    columns = drawn.values
    cells = [drawn.cells(column.key) for column in columns]
    numbers = [value for each in cells for cell in each if (value := amount(cell)) is not None]
    most, least = _nice(max([0.0, *numbers])), -_nice(-min([0.0, *numbers]))
    if most == least:
        most = 1.0
    ticks = [least + (most - least) * step / 4 for step in range(5)]
    names = [cell_text(tick, columns[0].kind) for tick in ticks]
    left = max(text_width(each, _SMALL) for each in names) + 10
    made, top = legend(drawn, 4.0, [_legend_mark(number) for number in range(len(columns))])
    parts = [made] if len(columns) > 1 else []
    top = top + 14 if len(columns) > 1 else 20.0
    at = _positions(drawn.cells(drawn.chart.label), left + 8, WIDTH - _RIGHT)
    scale = _HEIGHT / (most - least)
    for tick, name in zip(ticks, names, strict=True):
        y = top + (most - tick) * scale
        ends = {"x1": left, "x2": WIDTH, "y1": y, "y2": y}
        parts.append(element("line", **ends, stroke=LINE, stroke_width=1))
        parts.append(text(name, left - 6, y + 4, size=_SMALL, fill=GREY, anchor="end"))
    parts += _days(drawn.labels, at, top + _HEIGHT + 20)
    for number, (column, each) in enumerate(zip(columns, cells, strict=True)):
        heights = [
            None if (v := amount(cell)) is None else top + (most - v) * scale for cell in each
        ]
        parts += _line(number, at, heights)
        parts += _marks(drawn.labels, column, each, at, heights, number, top + _HEIGHT)
    return finished(drawn, top + _HEIGHT + 28, parts)


def _positions(days: Sequence[Cell], left: float, right: float) -> list[float]:
    """Return where each day stands; what are no days stand at equal distances."""
    try:
        at = [float(date.fromisoformat(str(day)).toordinal()) for day in days]
    except ValueError:
        at = [float(number) for number in range(len(days))]
    low, high = min(at), max(at)
    if low == high:
        return [(left + right) / 2] * len(at)
    return [left + (each - low) / (high - low) * (right - left) for each in at]


def _days(labels: Sequence[str], at: Sequence[float], y: float) -> list[Markup]:
    step = max(1, math.ceil((len(labels) - 1) / (_DAYS_SHOWN - 1)))
    chosen = sorted({*range(0, len(labels), step), len(labels) - 1})
    if len(chosen) > 1 and chosen[-1] - chosen[-2] < step / 2:
        chosen.pop(-2)
    made = []
    for number in chosen:
        width = text_width(labels[number], _SMALL)
        x = min(max(at[number] - width / 2, 0), WIDTH - width)
        made.append(text(labels[number], x, y, size=_SMALL, fill=GREY))
    return made


def _line(number: int, at: Sequence[float], heights: Sequence[float | None]) -> list[Markup]:
    path, is_open = "", False
    for x, y in zip(at, heights, strict=True):
        if y is None:
            is_open = False
            continue
        path += f"{'L' if is_open else 'M'}{x:.1f} {y:.1f} "
        is_open = True
    if not path:
        return []
    dashes = _STROKES[number % len(_STROKES)] or None
    return [
        element(
            "path",
            d=path.strip(),
            fill="none",
            stroke=series_colour(number),
            stroke_width=2.5,
            stroke_dasharray=dashes,
        )
    ]


def _marks(
    labels: Sequence[str],
    column: Column,
    cells: Sequence[Cell],
    at: Sequence[float],
    heights: Sequence[float | None],
    number: int,
    floor: float,
) -> list[Markup]:
    made = []
    ends = {0, len(cells) - 1}
    for line, (cell, x, y) in enumerate(zip(cells, at, heights, strict=True)):
        said = absence(cell) if y is None else cell_text(cell, column.kind)
        title = element("title", f"{labels[line]}, {column.title}: {said}")
        if y is None:
            cross = element("path", d=_cross(x, floor), stroke=GREY, stroke_width=1.5)
            words = text(said, x, floor - 8, size=_SMALL, fill=GREY, anchor="middle", halo="#fff")
            made.append(element("g", title, cross, words))
            continue
        shape = element("path", d=_shape(number, x, y), fill=series_colour(number), stroke="#fff")
        parts = [title, shape]
        if line in ends or len(cells) <= _FEW_MARKS:
            # Odd series under their marks, so that two lines close together stay readable.
            above = y + 18 if number % 2 and y < floor - 22 else y - 9
            anchor = "start" if line == 0 and len(cells) > 1 else "middle"
            start = x - 4 if anchor == "start" else x
            parts.append(
                text(said, start, above, size=_SMALL, weight="bold", anchor=anchor, halo="#fff")
            )
        made.append(element("g", *parts))
    return made


def _legend_mark(number: int) -> Markup:
    colour, dashes = series_colour(number), _STROKES[number % len(_STROKES)] or None
    return element(
        "g",
        element("path", d="M0 7 H18", stroke=colour, stroke_width=2.5, stroke_dasharray=dashes),
        element("path", d=_shape(number, 9, 7), fill=colour),
    )


def _shape(number: int, x: float, y: float) -> str:
    """Return the outline of a series' mark: circle, square, triangle, diamond, and again."""
    match number % 4:
        case 0:
            return f"M{x - 4.5:.1f} {y:.1f} a4.5 4.5 0 1 0 9 0 a4.5 4.5 0 1 0 -9 0 Z"
        case 1:
            return f"M{x - 4:.1f} {y - 4:.1f} h8 v8 h-8 Z"
        case 2:
            return f"M{x:.1f} {y - 5:.1f} l5 9 h-10 Z"
        case _:
            return f"M{x:.1f} {y - 5.5:.1f} l5.5 5.5 l-5.5 5.5 l-5.5 -5.5 Z"


def _cross(x: float, y: float) -> str:
    return f"M{x - 4:.1f} {y - 4:.1f} l8 8 M{x - 4:.1f} {y + 4:.1f} l8 -8"


def _nice(value: float) -> float:
    """Return a round number at or above ``value``: 1, 2, 4, 5 or 8 times a power of ten."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value * 0.999999)
