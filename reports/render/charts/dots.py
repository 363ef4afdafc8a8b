"""A map of dots: no outlines and no tiles, just where things are and how many."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from reports.render.charts.frame import (
    GREY,
    INK,
    LINE,
    WIDTH,
    Drawn,
    absence,
    amount,
    finished,
    nothing,
    series_colour,
    text,
)
from reports.render.svg.element import element
from reports.render.svg.labels import fitted, text_width
from reports.render.wording import cell_text
from reports.report import Cell

__all__ = ["draw_dots"]

_MARGIN = 34.0
_TALLEST, _LOWEST = 380.0, 160.0
_LARGEST, _SMALLEST = 22.0, 4.0
_SMALL = 12
_KM_A_DEGREE = 111.2
_LEAST_SPAN = 0.02
"""In degrees; one place alone still has a map around it."""

_BARS_KM = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
_LISTED = 12
_GROUND = "#fbfaf6"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Dot:
    label: str
    said: str
    value: float | None
    x: float
    y: float
    radius: float


def draw_dots(drawn: Drawn) -> Markup:
    """Return the map; what has no position is listed beneath it."""
    column = drawn.values[0]
    cells = drawn.cells(column.key)
    places = [
        _position(latitude, longitude)
        for latitude, longitude in zip(
            drawn.cells(drawn.chart.latitude), drawn.cells(drawn.chart.longitude), strict=True
        )
    ]
    known = [place for place in places if place is not None]
    said = [absence(c) if amount(c) is None else cell_text(c, column.kind) for c in cells]
    missing = [
        f"{label} ({words})"
        for label, words, place in zip(drawn.labels, said, places, strict=True)
        if place is None
    ]
    if not known:
        return nothing(drawn, "No position is known of anything in the table.")
    south, west = min(p[0] for p in known), min(p[1] for p in known)
    north, east = max(p[0] for p in known), max(p[1] for p in known)
    # One degree of longitude is shorter by the cosine of the latitude.
    narrow = max(math.cos(math.radians((south + north) / 2)), 0.05)
    across, up = max((east - west) * narrow, _LEAST_SPAN), max(north - south, _LEAST_SPAN)
    scale = min((WIDTH - 2 * _MARGIN) / across, (_TALLEST - 2 * _MARGIN) / up)
    height = max(up * scale + 2 * _MARGIN, _LOWEST)
    most = max([amount(cell) or 0.0 for cell in cells] + [0.0])
    dots = [
        _Dot(
            label,
            words,
            amount(cell),
            WIDTH / 2 + (place[1] - (west + east) / 2) * narrow * scale,
            height / 2 - (place[0] - (south + north) / 2) * scale,
            _radius(amount(cell), most),
        )
        for label, words, cell, place in zip(drawn.labels, said, cells, places, strict=True)
        if place is not None
    ]
    # The largest first, so that small ones lie on top and can be seen.
    dots.sort(key=lambda dot: (-dot.radius, dot.label))
    ground = element(
        "rect", x=0.5, y=0.5, width=WIDTH - 1, height=height - 1, fill=_GROUND, stroke=LINE, rx=4
    )
    parts = [ground, *(_drawn(dot) for dot in dots), *_labels(dots, height)]
    parts += _scale_bar(scale, height)
    words = f"The area of a dot stands for: {column.title}"
    parts.append(text(fitted(words, WIDTH, _SMALL), 0, height + 18, size=_SMALL, fill=GREY))
    listed, bottom = _listed(missing, height + 36)
    return finished(drawn, bottom, [*parts, *listed])


def _position(latitude: Cell, longitude: Cell) -> tuple[float, float] | None:
    """Return a position on earth, or None where there is none; 0, 0 is how none is often spelt."""
    north, east = amount(latitude), amount(longitude)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _radius(value: float | None, most: float) -> float:
    if value is None or most <= 0:
        return _SMALLEST
    return max(_SMALLEST, _LARGEST * math.sqrt(max(value, 0.0) / most))


def _drawn(dot: _Dot) -> Markup:
    place = {"cx": dot.x, "cy": dot.y, "r": dot.radius}
    if dot.value is None:
        circle = element(
            "circle", **place, fill="none", stroke=GREY, stroke_width=1.5, stroke_dasharray="2 2"
        )
    else:
        circle = element(
            "circle",
            **place,
            fill=series_colour(0),
            fill_opacity="0.55" if dot.value else "0",
            stroke=INK,
            stroke_width=1,
        )
    return element("g", element("title", f"{dot.label}: {dot.said}"), circle)


def _labels(dots: list[_Dot], height: float) -> list[Markup]:
    """Return as many names with their numbers as have room; the table beside has all of them."""
    taken: list[Box] = [
        (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)
        for dot in dots
    ]
    taken.append((WIDTH - 150, height - 34, WIDTH, height))
    made = []
    for dot in dots:
        words = f"{fitted(dot.label, 150, _SMALL)} {dot.said}"
        width = text_width(words, _SMALL)
        for x, y in (
            (dot.x + dot.radius + 3, dot.y + 4),
            (dot.x - dot.radius - 3 - width, dot.y + 4),
            (dot.x - width / 2, dot.y - dot.radius - 4),
            (dot.x - width / 2, dot.y + dot.radius + 12),
        ):
            box = (x, y - 11, x + width, y + 3)
            if x < 3 or box[2] > WIDTH - 3 or box[1] < 3 or box[3] > height - 3:
                continue
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                made.append(text(words, x, y, size=_SMALL, halo=_GROUND))
                break
    return made


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_bar(scale: float, height: float) -> list[Markup]:
    """Return a bar of a round length, true at the middle of the map."""
    pixels = scale / _KM_A_DEGREE
    length = max((each for each in _BARS_KM if each * pixels <= 110), default=_BARS_KM[0])
    right, y = WIDTH - 14, height - 12
    left = right - length * pixels
    path = f"M{left:.1f} {y - 5:.1f} V{y:.1f} H{right:.1f} V{y - 5:.1f}"
    return [
        element("path", d=path, fill="none", stroke=INK, stroke_width=1.2),
        text(f"{length:g} km, north is up", right, y - 9, size=_SMALL, anchor="end"),
    ]


def _listed(missing: list[str], top: float) -> tuple[list[Markup], float]:
    if not missing:
        return [], top - 10
    made = [text("Not on the map, because no position is known:", 0, top, size=_SMALL, fill=INK)]
    for name in missing[:_LISTED]:
        top += 17
        made.append(text(fitted(name, WIDTH - 12, _SMALL), 12, top, size=_SMALL))
    hidden = len(missing) - _LISTED
    if hidden > 0:
        top += 17
        made.append(text(f"and {hidden:,} more in the table", 12, top, size=_SMALL, fill=GREY))
    return made, top + 8
