"""Two organisations side by side: what they share in the middle, their own partners outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from matching.network import Network, row_of
from reports.render.svg.element import element, picture
from web.svg.nodes import FONT, Point, draw_line, draw_node

__all__ = ["draw_pair"]

_MOST = 10
"""How many names a column holds; the rest is counted beneath it."""

_OUTER_ROW, _MIDDLE_ROW = 30.0, 50.0
_TOP = 44.0
_WIDTH = 880.0
_OUTER, _FOCUS, _MIDDLE = 176.0, 298.0, 440.0
_OUTER_ROOM, _MIDDLE_ROOM = 150.0, 150.0
_FOCUS_ROOM = 140.0


@dataclass(frozen=True, slots=True)
class _Entry:
    node_id: str
    name: str
    is_project: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading and the names under it, of ``total`` that there are."""

    heading: str
    entries: tuple[_Entry, ...]
    total: int
    x: float
    side: int

    @property
    def row(self) -> float:
        return _OUTER_ROW if self.side else _MIDDLE_ROW

    @property
    def height(self) -> float:
        hidden = self.total > len(self.entries)
        return (max(1, len(self.entries)) + hidden) * self.row


def draw_pair(
    network: Network,
    organisation_id: str,
    partner_id: str,
    *,
    link: Callable[[str], str] | None = None,
    key: str = "",
) -> Markup:
    """Return the neighbourhoods of a suggestion side by side; raises UnknownOrganisation.

    In the middle stand common partners (circles) and joint projects (diamonds). ``link`` gives
    the page of an organisation by its id; without it nothing is linked.
    """
    one, other = network.index_of(organisation_id), network.index_of(partner_id)
    columns = _columns(network, one, other)
    tallest = max(column.height for column in columns)
    middle = _TOP + tallest / 2
    names = network.names[one], network.names[other]
    focus: tuple[Point, Point] = (_FOCUS, middle), (_WIDTH - _FOCUS, middle)
    lines: list[Markup] = []
    nodes: list[Markup] = []
    for column, ends in zip(columns, (focus[:1], focus, focus[1:]), strict=True):
        _draw_column(column, middle, ends, link, lines, nodes)
    for node_id, name, at in zip((organisation_id, partner_id), names, focus, strict=True):
        href = link(node_id) if link else None
        nodes.append(draw_node(at, name, name, side=0, in_focus=True, href=href, room=_FOCUS_ROOM))
    if other in row_of(network.ties, one):
        told = f"{names[0]} and {names[1]} work together already"
        lines.append(draw_line(*focus, told, bend=(_MIDDLE, _TOP - 10)))
    height = _TOP + max(tallest, 60.0) + 24
    return picture(
        key or f"pair-{organisation_id}-{partner_id}",
        f"{names[0]} and {names[1]}",
        "; ".join(f"{column.heading}: {column.total}" for column in columns) + ".",
        (0, 0, _WIDTH, height),
        [element("g", *lines), element("g", *nodes)],
        has_links=link is not None,
    )


def _columns(network: Network, one: int, other: int) -> tuple[_Column, _Column, _Column]:
    first = set(network.partners_of(one).tolist()) - {other}
    second = set(network.partners_of(other).tolist()) - {one}
    joint = set(row_of(network.projects, one).tolist()) & set(
        row_of(network.projects, other).tolist()
    )
    project_ids = network.thing_ids("project")
    shared = [
        *_entries(network, first & second),
        *(
            _Entry(project_ids[column], network.name_of(project_ids[column]), is_project=True)
            for column in sorted(joint)
        ),
    ]
    return (
        _column("Other partners", _entries(network, first - second), _OUTER, -1),
        _column("In common", shared, _MIDDLE, 0),
        _column("Other partners", _entries(network, second - first), _WIDTH - _OUTER, 1),
    )


def _column(heading: str, entries: Sequence[_Entry], x: float, side: int) -> _Column:
    return _Column(heading, tuple(entries[:_MOST]), len(entries), x, side)


def _entries(network: Network, rows: set[int]) -> list[_Entry]:
    """Return organisations, those with most partners first."""
    ranked = sorted(rows, key=lambda row: (-network.degrees[row], row))
    return [_Entry(network.organisation_ids[row], network.names[row]) for row in ranked]


def _draw_column(
    column: _Column,
    middle: float,
    ends: Sequence[Point],
    link: Callable[[str], str] | None,
    lines: list[Markup],
    nodes: list[Markup],
) -> None:
    """Add the names of a column to ``nodes``, and to ``lines`` what ties them to ``ends``."""
    align = {1: "end", 0: "middle", -1: "start"}[column.side]
    edge = {1: _WIDTH, 0: column.x, -1: 0.0}[column.side]
    nodes.append(_text(f"{column.heading}: {column.total}", edge, 18, align, "gofar-map__heading"))
    top = middle - column.height / 2 + column.row / 2 - (0 if column.side else 10)
    for number, entry in enumerate(column.entries):
        at = (column.x, top + number * column.row)
        lines += [draw_line(end, at, entry.name) for end in ends]
        nodes.append(_draw_entry(entry, at, column.side, link))
    hidden = column.total - len(column.entries)
    note = f"and {hidden} more" if hidden else "" if column.entries else "none yet"
    if note:
        y = top + len(column.entries) * column.row + 5
        toward = {1: "start", 0: "middle", -1: "end"}[column.side]
        x = column.x + 14 * column.side
        nodes.append(_text(note, x, y, toward, "gofar-map__name"))


def _draw_entry(entry: _Entry, at: Point, side: int, link: Callable[[str], str] | None) -> Markup:
    spoken = f"{entry.name}, joint project" if entry.is_project else entry.name
    return draw_node(
        at,
        entry.name,
        spoken,
        side=side,
        kind="project" if entry.is_project else "partner",
        href=link(entry.node_id) if link and not entry.is_project else None,
        room=_OUTER_ROOM if side else _MIDDLE_ROOM,
    )


def _text(text: str, x: float, y: float, align: str, kind: str) -> Markup:
    return element("text", text, x=x, y=y, font_size=FONT, text_anchor=align, class_=kind)
