"""Bars of a score: points for to the right, points against to the left, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.render.svg.element import element, picture, plain_id
from reports.render.svg.labels import fitted, text_width

__all__ = ["Bar", "draw_bars"]

_WIDTH = 340.0
_ROW = 46.0
_THICK = 16.0
_SIZE = 14
_FIGURE = 52.0
"""Room for "+12.34" at the end of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a breakdown: what the points are for, and how many."""

    label: str
    points: float


def draw_bars(bars: Sequence[Bar], *, key: str, title: str = "What the score is made of") -> Markup:
    """Return the breakdown of one score; ``key`` tells it from others on the page.

    Points against are hatched as well as coloured, so that they can be told in grey.
    """
    most = max((bar.points for bar in bars), default=0.0)
    least = min((bar.points for bar in bars), default=0.0)
    most, least = max(most, 0.0), min(least, 0.0)
    left_room = _FIGURE if least < 0 else 0.0
    scale = (_WIDTH - _FIGURE - left_room) / ((most - least) or 1.0)
    zero = left_room - least * scale
    pattern = f"{plain_id(key)}-against"
    rows = [_row(bar, number * _ROW, zero, scale, pattern) for number, bar in enumerate(bars)]
    height = max(len(bars) * _ROW, 1.0)
    described = "; ".join(f"{bar.label}: {_signed(bar.points)}" for bar in bars) or "No points."
    return picture(key, title, described, (0, 0, _WIDTH, height), [_hatching(pattern), *rows])


def _row(bar: Bar, top: float, zero: float, scale: float, pattern: str) -> Markup:
    length = abs(bar.points) * scale
    is_against = bar.points < 0
    left = zero - length if is_against else zero
    middle = top + 24 + _THICK / 2 + 5
    shape = {"x": left, "y": top + 24, "width": max(length, 1.0), "height": _THICK}
    figure = _signed(bar.points)
    parts = [
        element("title", f"{bar.label}: {figure}"),
        element(
            "text",
            fitted(bar.label, _WIDTH, _SIZE),
            x=0,
            y=top + 17,
            font_size=_SIZE,
            class_="gofar-bars__label",
        ),
        element("rect", **shape, class_=f"gofar-bars__bar gofar-bars__bar--{_side(bar)}"),
    ]
    if is_against:
        parts.append(element("rect", **shape, fill=f"url(#{pattern})"))
    parts.append(
        element("line", x1=zero, y1=top + 21, x2=zero, y2=top + 43, class_="gofar-bars__axis")
    )
    parts.append(
        element(
            "text",
            figure,
            x=left - text_width(figure, _SIZE) - 6 if is_against else left + length + 6,
            y=middle,
            font_size=_SIZE,
            class_="gofar-bars__figure",
        )
    )
    return element("g", *parts)


def _hatching(pattern: str) -> Markup:
    stripe = element("path", d="M0 6 L6 0", class_="gofar-bars__stripe")
    return element(
        "defs",
        element("pattern", stripe, id=pattern, width=6, height=6, patternUnits="userSpaceOnUse"),
    )


def _side(bar: Bar) -> str:
    return "against" if bar.points < 0 else "for"


def _signed(points: float) -> str:
    """Return "+1.25" or "0.00"; below zero the sign is a real minus, not a hyphen."""
    return f"{points:+.2f}".replace("-", "\u2212") if round(points, 2) else "0.00"
