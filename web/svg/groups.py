"""The map of groups: an island for each place, a circle for each theme in it, lines between."""

from __future__ import annotations

import math
from collections.abc import Callable

from markupsafe import Markup

from matching.groups import Group, GroupMap, GroupTie
from matching.layout import CELL_HEIGHT, CELL_MIDDLE, CELL_WIDTH, Floats, group_layout
from reports.render.svg.element import anchor, element, picture
from reports.render.svg.labels import fitted, wrapped

__all__ = ["LINKS_DRAWN", "draw_groups"]

LINKS_DRAWN = 40
"""Beyond these the picture would be a hairball again; the table beside it has them all."""

_LARGEST, _SMALLEST = 30.0, 9.0
_MARGIN = 4.0
_SIZE = 13
_TITLE_SIZE = 15
_THEME_COLOURS = 8


def draw_groups(
    group_map: GroupMap, link: Callable[[Group], str], *, key: str = "groups"
) -> Markup:
    """Return the picture of a map of groups; ``link`` gives the page of one group.

    A circle's area stands for how many organisations are in it, a line's width for how many ties
    run between two groups. Colours stand for themes, which are also written out.
    """
    layout = group_layout(group_map)
    most = max((group.organisation_count for group in group_map.groups), default=1)
    radii = [_radius(group.organisation_count, most) for group in group_map.groups]
    colours = _colours(group_map)
    names = {group.place_id: group.place_name for group in group_map.groups}
    islands = [
        _island(names[place_id], bool(place_id), corner)
        for place_id, corner in zip(layout.place_ids, layout.islands, strict=True)
    ]
    links = [
        _link(group_map, tie, layout.centres) for tie in reversed(group_map.ties[:LINKS_DRAWN])
    ]
    bubbles = [
        anchor(
            link(group),
            " ".join((str(group.organisation_count), *_lines(group))),
            f"{group.organisation_count} {group.theme_name}, {_told(group)}",
            *_bubble(group, layout.centres[number], radii[number], colours[group.theme_id]),
        )
        for number, group in enumerate(group_map.groups)
    ]
    box = (
        -_MARGIN,
        -_MARGIN,
        layout.width + 2 * _MARGIN,
        layout.height + 2 * _MARGIN,
    )
    shapes = [element("g", *part) for part in (islands, links, bubbles) if part]
    return picture(
        key,
        "Organisations by place and theme",
        _description(group_map),
        box,
        shapes,
        has_links=bool(bubbles),
    )


def _description(group_map: GroupMap) -> str:
    drawn = min(len(group_map.ties), LINKS_DRAWN)
    return (
        f"{len(group_map.groups)} groups of organisations. Each box is a place, each circle in it "
        "a theme; the number is how many organisations there are. Lines are ties between groups: "
        f"{drawn} of {len(group_map.ties)} drawn, the strongest. "
        "The tables below hold the same figures."
    )


def _told(group: Group) -> str:
    return (
        f"{group.place_name}, {group.theme_name}: "
        f"{_counted(group.organisation_count, 'organisation')}, "
        f"{_counted(group.inner_tie_count, 'tie')} among them, "
        f"{group.outer_tie_count} to others"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _radius(count: int, most: int) -> float:
    return max(_SMALLEST, _LARGEST * math.sqrt(count / most))


def _colours(group_map: GroupMap) -> dict[str, str]:
    """Return a class for each theme: the largest have a colour of their own, the rest are grey."""
    sizes: dict[str, int] = {}
    for group in group_map.groups:
        if group.theme_id:
            sizes[group.theme_id] = sizes.get(group.theme_id, 0) + group.organisation_count
    ranked = sorted(sizes, key=lambda theme_id: (-sizes[theme_id], theme_id))
    found = {
        theme_id: f"gofar-map__circle--{number}"
        for number, theme_id in enumerate(ranked[:_THEME_COLOURS], start=1)
    }
    return {group.theme_id: found.get(group.theme_id, "") for group in group_map.groups}


def _island(name: str, is_known: bool, corner: Floats) -> Markup:
    left, top, width, height = corner.tolist()
    kind = "gofar-map__island" if is_known else "gofar-map__island gofar-map__island--unknown"
    return element(
        "g",
        element("title", name),
        element("rect", x=left, y=top, width=width, height=height, rx=10, class_=kind),
        element(
            "text",
            fitted(name, width - 20, _TITLE_SIZE, is_bold=True),
            x=left + 12,
            y=top + 21,
            font_size=_TITLE_SIZE,
            class_="gofar-map__place",
        ),
    )


def _link(group_map: GroupMap, tie: GroupTie, centres: Floats) -> Markup:
    (x1, y1), (x2, y2) = centres[tie.first].tolist(), centres[tie.second].tolist()
    # Bent a little, so that a line does not run through the circles of a row.
    bend_x, bend_y = (x1 + x2) / 2 - (y2 - y1) * 0.12, (y1 + y2) / 2 + (x2 - x1) * 0.12
    first, second = group_map.groups[tie.first], group_map.groups[tie.second]
    told = (
        f"{_counted(tie.tie_count, 'tie')} between {first.place_name}, {first.theme_name} "
        f"and {second.place_name}, {second.theme_name}"
    )
    return element(
        "path",
        element("title", told),
        d=f"M{x1:.1f} {y1:.1f} Q{bend_x:.1f} {bend_y:.1f} {x2:.1f} {y2:.1f}",
        stroke_width=float(min(8.0, 1.0 + 1.4 * math.sqrt(tie.tie_count - 1))),
        class_="gofar-map__link",
    )


def _bubble(group: Group, centre: Floats, radius: float, colour: str) -> list[Markup]:
    x, y = centre.tolist()
    count = str(group.organisation_count)
    size = 17 if radius >= 20 else 13
    # A number too wide for its circle stands on top of it.
    inside = radius >= 12
    known = "" if group.theme_id else " gofar-map__circle--unknown"
    return [
        element("title", _told(group)),
        element(
            "rect",
            x=x - CELL_WIDTH / 2 + 1,
            y=y - CELL_MIDDLE + 1,
            width=CELL_WIDTH - 2,
            height=CELL_HEIGHT - 2,
            rx=6,
            class_="gofar-map__target",
        ),
        element("circle", cx=x, cy=y, r=radius, class_=f"gofar-map__circle {colour}{known}"),
        element(
            "text",
            count,
            x=x if inside else x + radius + 5,
            y=y + size * 0.36,
            font_size=size,
            text_anchor="middle" if inside else "start",
            class_="gofar-map__count",
        ),
        *(
            element(
                "text",
                line,
                x=x,
                y=y + max(radius, 22) + 15 + row * (_SIZE + 2),
                font_size=_SIZE,
                text_anchor="middle",
                class_="gofar-map__name",
            )
            for row, line in enumerate(_lines(group))
        ),
    ]


def _lines(group: Group) -> list[str]:
    return wrapped(group.theme_name, CELL_WIDTH - 6, _SIZE)
