"""What pictures of single organisations have in common: a node with its name, and the lines."""

from __future__ import annotations

from markupsafe import Markup

from reports.render.svg.element import anchor, element
from reports.render.svg.labels import fitted, text_width, wrapped

__all__ = ["FONT", "Point", "draw_line", "draw_node"]

Point = tuple[float, float]

FONT = 14
_RADIUS = 7.0
_FOCUS = 11.0
_TARGET = 26.0


def draw_node(
    at: Point,
    name: str,
    spoken: str,
    *,
    side: int = 1,
    in_focus: bool = False,
    kind: str = "partner",
    href: str | None = None,
    room: float,
) -> Markup:
    """Return a node with its name: right of it (``side`` 1), left (-1) or below (0).

    A name wider than ``room`` is shortened; the whole of it is in the title.
    The organisation in focus is a ringed square, every other one a circle.
    """
    x, y = at
    reach = _FOCUS if in_focus else _RADIUS
    lines = (
        wrapped(name, room, FONT, 2 if in_focus else 1, is_bold=in_focus)
        if side == 0
        else [fitted(name, room, FONT, is_bold=in_focus)]
    )
    width = max(text_width(line, FONT, is_bold=in_focus) for line in lines)
    parts = [
        element("title", spoken),
        _target(at, side, reach, width, len(lines)),
        *_shape(at, in_focus=in_focus, kind=kind),
        *(
            element(
                "text",
                line,
                x=x + side * (reach + 7),
                y=y + 5 if side else y + reach + 21 + row * (FONT + 2),
                font_size=FONT,
                text_anchor={1: "start", -1: "end", 0: "middle"}[side],
                class_="gofar-map__name gofar-map__name--focus" if in_focus else "gofar-map__name",
            )
            for row, line in enumerate(lines)
        ),
    ]
    return anchor(href, " ".join(lines), spoken, *parts) if href else element("g", *parts)


def _target(at: Point, side: int, reach: float, width: float, lines: int) -> Markup:
    """Return what can be clicked and shows the focus: the node and its name, 24 pixels or more."""
    x, y = at
    if side:
        wide, high = width + 2 * reach + 15, _TARGET
        left, top = (x - reach - 4 if side > 0 else x + reach + 4 - wide), y - _TARGET / 2
    else:
        wide, high = max(width, 2 * reach) + 12, 2 * reach + 16 + lines * (FONT + 2)
        left, top = x - wide / 2, y - reach - 4
    return element("rect", x=left, y=top, width=wide, height=high, rx=4, class_="gofar-map__target")


def draw_line(
    start: Point, end: Point, told: str, *, is_inferred: bool = False, bend: Point | None = None
) -> Markup:
    """Return a tie as a line, dashed if it is inferred; ``bend`` draws it through a third point."""
    (x1, y1), (x2, y2) = start, end
    path = f"M{x1:.1f} {y1:.1f} "
    path += f"Q{bend[0]:.1f} {bend[1]:.1f} {x2:.1f} {y2:.1f}" if bend else f"L{x2:.1f} {y2:.1f}"
    kind = "gofar-map__tie gofar-map__tie--sideways" if bend else "gofar-map__tie"
    return element(
        "path",
        element("title", told),
        d=path,
        stroke_dasharray="5 4" if is_inferred else None,
        class_=kind,
    )


def _shape(at: Point, *, in_focus: bool, kind: str) -> list[Markup]:
    x, y = at
    if in_focus:
        return [
            _square(x, y, _FOCUS, "gofar-map__ring"),
            _square(x, y, _FOCUS - 4, "gofar-map__node--focus"),
        ]
    kind = f"gofar-map__node--{kind}"
    if kind.endswith("project"):
        reach = _RADIUS + 1
        diamond = f"M{x:.1f} {y - reach:.1f} l{reach} {reach} l-{reach} {reach} l-{reach} -{reach}z"
        return [element("path", d=diamond, class_=kind)]
    return [element("circle", cx=x, cy=y, r=_RADIUS, class_=kind)]


def _square(x: float, y: float, half: float, kind: str) -> Markup:
    return element(
        "rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=2, class_=kind
    )
