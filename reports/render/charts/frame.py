"""What all charts have in common: rows and series, colours, patterns, a legend, and text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.render.svg.element import Value, element, picture, plain_id
from reports.render.svg.labels import fitted, text_width
from reports.render.wording import cell_text
from reports.report import Cell, Chart, Column, Table, Withheld

__all__ = [
    "GREY",
    "INK",
    "LINE",
    "SIZE",
    "WIDTH",
    "Drawn",
    "absence",
    "amount",
    "fill_of",
    "finished",
    "legend",
    "nothing",
    "patterns",
    "series_colour",
    "text",
]

WIDTH = 540.0
SIZE = 14
INK, GREY, LINE = "#1d2b2a", "#55605f", "#c9c2b4"

# Okabe & Ito's colours, which all kinds of sight can tell apart; darkest first.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
# The strokes of a tile, 8 by 8, over the colour: one series is plain, the others are patterned.
_TILES = (
    "",
    "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6",
    "M0 4 H8",
    "M4 0 V8",
    "M0 0 L8 8",
    "M0 4 H8 M4 0 V8",
)
_LEGEND_ROW = 22.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its table, and the key of its ids."""

    chart: Chart
    table: Table
    key: str

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows to draw: a total is no part of the picture."""
        return self.table.rows[:-1] if self.table.has_total else self.table.rows

    @property
    def values(self) -> tuple[Column, ...]:
        """Return the columns of the values."""
        known = {column.key: column for column in self.table.columns}
        return tuple(known[key] for key in self.chart.values)

    def cells(self, key: str) -> list[Cell]:
        """Return a column of the rows to draw."""
        at = next(n for n, column in enumerate(self.table.columns) if column.key == key)
        return [row[at] for row in self.rows]

    @property
    def labels(self) -> list[str]:
        """Return what each row is called."""
        column = next(each for each in self.table.columns if each.key == self.chart.label)
        return [cell_text(cell, column.kind) for cell in self.cells(column.key)]


def amount(cell: Cell) -> float | None:
    """Return a number, or None where there is none to draw."""
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return float(cell) if is_number and isinstance(cell, (int, float)) else None


def absence(cell: Cell) -> str:
    """Return what stands where there is no number to draw."""
    return cell.value if isinstance(cell, Withheld) else "not known"


def series_colour(number: int) -> str:
    """Return the colour of a series."""
    return _COLOURS[number % len(_COLOURS)]


def patterns(key: str, count: int) -> Markup:
    """Return the patterns of ``count`` series, to be drawn with by :func:`fill_of`."""
    tiles = [
        element(
            "pattern",
            element("rect", width=8, height=8, fill=series_colour(number)),
            element("path", d=tile, stroke="#fff", stroke_width=1.6, fill="none") if tile else "",
            id=_pattern(key, number),
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
        )
        for number, tile in enumerate(_TILES[:count])
    ]
    return element("defs", *tiles)


def fill_of(key: str, number: int) -> str:
    """Return the fill of a series."""
    return f"url(#{_pattern(key, number % len(_TILES))})"


def _pattern(key: str, number: int) -> str:
    return f"{plain_id(key)}-series-{number}"


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: int = SIZE,
    fill: str = INK,
    anchor: str = "start",
    weight: str | None = None,
    halo: str | None = None,
) -> Markup:
    """Return one line of text; ``halo`` is a colour around it, where lines run under it."""
    more: dict[str, Value | None] = {"text_anchor": anchor if anchor != "start" else None}
    if halo is not None:
        more |= {"stroke": halo, "stroke_width": 3, "paint_order": "stroke"}
        more["stroke_linejoin"] = "round"
    return element("text", words, x=x, y=y, font_size=size, fill=fill, font_weight=weight, **more)


def legend(drawn: Drawn, top: float, marks: Sequence[Markup]) -> tuple[Markup, float]:
    """Return a line for each series with its mark, drawn at 0, 0, and where they end."""
    lines: list[Markup] = []
    left = 0.0
    for mark, column in zip(marks, drawn.values, strict=True):
        words = fitted(column.title, WIDTH - 40, SIZE)
        width = text_width(words, SIZE) + 46
        if left and left + width > WIDTH:
            left, top = 0.0, top + _LEGEND_ROW
        lines.append(element("g", mark, transform=f"translate({left:.1f} {top:.1f})"))
        lines.append(text(words, left + 24, top + 12))
        left += width
    return element("g", *lines), top + _LEGEND_ROW


def finished(drawn: Drawn, height: float, parts: Iterable[Markup]) -> Markup:
    """Return the whole picture, its title and description in it."""
    chart = drawn.chart
    return picture(
        drawn.key, chart.title, chart.description, (0, 0, WIDTH, height), parts, fits=True
    )


def nothing(drawn: Drawn, words: str) -> Markup:
    """Return a picture that says that there is nothing to see."""
    frame = element("rect", x=1, y=1, width=WIDTH - 2, height=58, fill="#fff", stroke=LINE, rx=4)
    return finished(drawn, 60, [frame, text(words, WIDTH / 2, 35, anchor="middle", fill=GREY)])
