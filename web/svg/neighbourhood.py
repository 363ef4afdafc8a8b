"""The neighbourhood of one organisation, in rings: partners inside, their partners outside."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from matching.layout import Floats, ring_layout
from matching.neighbourhood import Neighbour, Neighbourhood, NeighbourTie
from reports.render.svg.element import element, picture
from web.svg.nodes import draw_line, draw_node
from web.svg.pair import draw_pair

__all__ = ["draw_neighbourhood", "draw_pair"]

_MARGIN = 34.0
_ROOM, _WIDE_ROOM = 142.0, 240.0
"""How wide a name may be where two rings share the picture, and where there is one."""

_FEW, _NEAR = 5, 90.0
"""Up to how many nodes are drawn small, and how far from the middle those stand then."""

_STEPS = {0: "in focus", 1: "partner", 2: "partner of a partner"}


def draw_neighbourhood(
    around: Neighbourhood, link: Callable[[str], str], *, key: str = "neighbourhood"
) -> Markup:
    """Return the picture; ``link`` gives the page of an organisation by its id.

    The organisation in focus is a ringed square, partners are filled circles, partners of partners
    open ones, closed organisations grey and dashed; inferred ties are dashed.
    """
    positions = ring_layout(around)
    is_small = len(around.nodes) <= _FEW and all(node.step < 2 for node in around.nodes)
    if is_small:  # close together, so that a phone has room for the whole of it
        positions[:, 0] *= _NEAR / max(_NEAR, float(abs(positions[:, 0]).max()))
    room = _ROOM if is_small or any(node.step > 1 for node in around.nodes) else _WIDE_ROOM
    nodes = [
        _node(node, at, link(node.organisation_id), room)
        for node, at in zip(around.nodes, positions, strict=True)
    ]
    # What goes round is drawn first, so that it lies below what leads outwards.
    lines = [_line(around, tie, positions) for tie in reversed(around.ties)]
    return picture(
        key,
        f"Neighbourhood of {around.nodes[0].name}",
        _description(around),
        _box(positions, room),
        [element("g", *lines), element("g", *reversed(nodes))],
        has_links=True,
        fits=is_small,
    )


def _description(around: Neighbourhood) -> str:
    return (
        f"{around.shown} of {around.total} organisations within "
        f"{'one step' if around.steps == 1 else f'{around.steps} steps'} and "
        f"{len(around.ties)} of {around.tie_total} ties among them. "
        "The tables below list the same organisations and ties."
    )


def _node(node: Neighbour, at: Floats, href: str, room: float) -> Markup:
    x, y = at.tolist()
    closed = "" if node.is_open else ", closed"
    return draw_node(
        (x, y),
        node.name,
        f"{node.name}, {_STEPS.get(node.step, f'{node.step} steps away')}{closed}",
        side=0 if node.step == 0 else (1 if x > 0 else -1),
        in_focus=node.step == 0,
        kind=_kind(node),
        href=href,
        room=room,
    )


def _kind(node: Neighbour) -> str:
    if not node.is_open:
        return "closed"
    return "partner" if node.step == 1 else "further"


def _line(around: Neighbourhood, tie: NeighbourTie, positions: Floats) -> Markup:
    first, second = around.nodes[tie.first], around.nodes[tie.second]
    (x1, y1), (x2, y2) = positions[tie.first].tolist(), positions[tie.second].tolist()
    guess = ", inferred" if tie.is_inferred else ""
    # Ties within a ring are drawn through its middle, away from the names outside.
    pull = 0.4 if x1 * x2 > 0 else 0.2
    bend = ((x1 + x2) * pull, (y1 + y2) * pull) if first.step == second.step else None
    return draw_line(
        (x1, y1),
        (x2, y2),
        f"{first.name} and {second.name}{guess}",
        is_inferred=tie.is_inferred,
        bend=bend,
    )


def _box(positions: Floats, room: float) -> tuple[float, float, float, float]:
    half_width = max(float(abs(positions[:, 0]).max()), 60.0) + room + 20
    half_height = max(float(abs(positions[:, 1]).max()), 40.0) + _MARGIN
    if room == _ROOM and not (positions[:, 0] < 0).any():  # only the name in focus reaches left
        left = room / 2 + 20
        return (-left, -half_height, left + half_width, 2 * half_height)
    return (-half_width, -half_height, 2 * half_width, 2 * half_height)
