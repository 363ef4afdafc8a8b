"""Values over time: the mean of each day as a dot, joined by a line, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from reports.render.svg.element import element, picture
from reports.render.svg.labels import fitted

__all__ = ["draw_values"]

_WIDTH, _HEIGHT = 640.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 40.0, 34.0, 34.0
_SIZE = 14
_MOST_LABELS = 7


def draw_values(means: Sequence[tuple[date, float]], *, key: str, title: str) -> Markup:
    """Return the means of at least one day, oldest first; the axis begins at 0 if all are above."""
    low = min(0.0, *(mean for _, mean in means))
    high = max(0.0, *(mean for _, mean in means))
    tall = (_HEIGHT - _TOP - _BOTTOM) / ((high - low) or 1.0)
    first, last = means[0][0], means[-1][0]
    wide = (_WIDTH - _LEFT - _RIGHT) / (((last - first).days) or 1)
    base = _HEIGHT - _BOTTOM + low * tall
    spots = [
        (_LEFT + (on - first).days * wide, _HEIGHT - _BOTTOM - (mean - low) * tall)
        for on, mean in means
    ]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    parts = [
        element("line", x1=_LEFT, y1=base, x2=_WIDTH - _RIGHT, y2=base, class_="gofar-bars__axis"),
        element("path", d=path, fill="none", class_="gofar-values__line"),
    ]
    step = -(-len(means) // _MOST_LABELS)
    for number, ((on, mean), (x, y)) in enumerate(zip(means, spots, strict=True)):
        # From the last backwards, so that the newest always has its figure.
        is_told = (len(means) - 1 - number) % step == 0
        parts.append(_dot(on, mean, x, y, is_told=is_told))
    described = "; ".join(f"{on.isoformat()}: {_figure(mean)}" for on, mean in means)
    return picture(key, title, described, (0, 0, _WIDTH, _HEIGHT), parts)


def _dot(on: date, mean: float, x: float, y: float, *, is_told: bool) -> Markup:
    figure = _figure(mean)
    parts = [
        element("title", f"{on.isoformat()}: {figure}"),
        element("circle", cx=x, cy=y, r=5, class_="gofar-values__dot"),
    ]
    if is_told:
        parts += [
            _text(fitted(figure, 80, _SIZE), x, y - 12),
            _text(f"{on:%m/%Y}", x, _HEIGHT - 10),
        ]
    return element("g", *parts)


def _text(words: str, x: float, y: float) -> Markup:
    looks = "gofar-bars__figure"
    return element("text", words, x=x, y=y, font_size=_SIZE, text_anchor="middle", class_=looks)


def _figure(mean: float) -> str:
    return f"{mean:,.4g}" if abs(mean) < 1000 else f"{mean:,.0f}"
