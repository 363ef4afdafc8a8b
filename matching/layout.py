"""Where things stand in a picture: worked out here, so that they stand there on every visit.

All functions are deterministic: the one random start (a spring layout) is seeded, and results are
rounded to a tenth of a pixel. Positions are pixels, x to the right and y downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from matching.groups import GroupMap
from matching.neighbourhood import Neighbourhood

__all__ = ["GroupLayout", "group_layout", "ring_layout", "spring_layout"]

Floats = npt.NDArray[np.float64]

SEED = 20
"""Any number would do; it must only never change."""

CELL_WIDTH, CELL_HEIGHT = 112.0, 92.0
CELL_MIDDLE = 34.0
"""Where in its cell a bubble stands, from the top: its name goes below."""
ISLAND_PADDING = 8.0
ISLAND_TITLE = 28.0
ISLAND_GAP = 20.0
ISLAND_LEAST_WIDTH = 150.0
MAP_WIDTH = 920.0
_MOST_COLUMNS = 8
_PULLS = (0.5, 0.35, 0.2, 0.1, 0.0)
"""How far down an island would rather go than a pixel away from its column; the lowest map wins."""

ROW = 28.0
"""Height of a line of text beside a node, and so the least distance between two of them."""
RADII = {1: (200.0,), 2: (112.0, 306.0)}
"""How far out each ring is, so that the names of one have room before the next begins."""
_RING_END = 0.92
"""How far up its ring the first node stands; 1 would put it on top, where labels collide."""


@dataclass(frozen=True, slots=True)
class GroupLayout:
    """Islands (one a place) with bubbles in them (one a group).

    ``centres`` (groups × 2) are the middles of the bubbles, in the order of ``GroupMap.groups``;
    ``islands`` (places × 4) are left, top, width and height, in the order of ``place_ids``.
    """

    centres: Floats
    islands: Floats
    place_ids: tuple[str, ...]
    width: float
    height: float


def group_layout(group_map: GroupMap) -> GroupLayout:
    """Return the map of groups: places that work together stand near each other.

    Two levels: a spring layout of the places, pushed apart until no two overlap, and in each place
    its groups in rows, largest first. Organisations without a place stand last, at the foot.
    """
    groups = group_map.groups
    place_ids = tuple(dict.fromkeys(group.place_id for group in groups))
    place_ids = tuple(sorted(place_ids, key=lambda place_id: not place_id))
    island_of = np.array([place_ids.index(group.place_id) for group in groups], dtype=np.int64)
    members = [np.flatnonzero(island_of == number) for number in range(len(place_ids))]
    columns = [
        _columns(len(rows), is_known=bool(place_id))
        for rows, place_id in zip(members, place_ids, strict=True)
    ]
    sizes = np.array(
        [_island_size(len(rows), wide) for rows, wide in zip(members, columns, strict=True)]
    ).reshape(-1, 2)
    known = sum(1 for place_id in place_ids if place_id)
    weights: dict[tuple[int, int], float] = {}
    for tie in group_map.ties:
        first, second = sorted((int(island_of[tie.first]), int(island_of[tie.second])))
        if first != second and second < known:
            weights[first, second] = weights.get((first, second), 0) + tie.tie_count
    corners = np.zeros((len(place_ids), 2))
    corners[:known] = _packed(spring_layout(known, weights), sizes[:known])
    floor = (corners[:known, 1] + sizes[:known, 1]).max(initial=-ISLAND_GAP)
    corners[known:, 1] = floor + ISLAND_GAP
    centres = np.zeros((len(groups), 2))
    for corner, rows, wide in zip(corners, members, columns, strict=True):
        centres[rows] = corner + _cells(len(rows), wide)
    ends = (corners + sizes).max(axis=0, initial=0.0)
    return GroupLayout(
        centres=centres.round(1),
        islands=np.hstack((corners, sizes)).round(1),
        place_ids=place_ids,
        width=float(max(ends[0], MAP_WIDTH)),
        height=float(ends[1]),
    )


def spring_layout(count: int, weights: dict[tuple[int, int], float]) -> Floats:
    """Return positions in [0, 1] (count × 2) that put together what ``weights`` joins.

    Each axis is spread evenly by rank, so that no corner is crowded.
    """
    nx_graph: nx.Graph[int] = nx.Graph()
    nx_graph.add_nodes_from(range(count))
    for (first, second), weight in sorted(weights.items()):
        nx_graph.add_edge(first, second, weight=math.log1p(weight))
    found = nx.spring_layout(nx_graph, seed=SEED, iterations=200)
    positions = np.array([found[number] for number in range(count)]).reshape(-1, 2).round(6)
    ranks = positions.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return (ranks + 0.5) / max(count, 1)


def ring_layout(around: Neighbourhood) -> Floats:
    """Return positions (nodes × 2) around the organisation in focus, which stands at (0, 0).

    One ring a step, drawn as two arcs with even distances from top to bottom, so that each name
    has a line of its own beside its node: to the right on the right, to the left on the left.
    """
    step_of = np.array([node.step for node in around.nodes])
    positions = np.zeros((len(step_of), 2))
    order = _walk(around)
    radii = RADII[1 if step_of.max() < 2 else 2]
    least_height = 0.0
    for step in range(1, len(radii) + 1):
        ring = [number for number in order if step_of[number] == step]
        if not ring:
            break
        right = math.ceil(len(ring) / 2)
        radius = radii[step - 1]
        height = max((right - 1) / 2 * ROW / _RING_END, least_height, 110.0 * step)
        positions[ring[:right]] = _arc(right, radius, height)
        left = _arc(len(ring) - right, radius, height) * (-1, 1)
        positions[ring[right:]] = left[::-1]
        least_height = height + 2 * ROW
    return positions.round(1)


def _arc(count: int, radius: float, height: float) -> Floats:
    """Return ``count`` points of the right half of an ellipse, evenly spaced from the top."""
    reach = min((count - 1) / 2 * ROW * 1.6, height * _RING_END)
    y = np.linspace(-reach, reach, count) if count > 1 else np.zeros(count)
    return np.column_stack((radius * np.sqrt(1 - (y / height) ** 2), y))


def _walk(around: Neighbourhood) -> list[int]:
    """Return the nodes in an order round the rings that keeps what is tied together.

    In the first ring each node is followed by the one that has most ties to the last few; in the
    next, nodes follow those of the ring inside that they hang on.
    """
    tied: dict[int, set[int]] = {number: set() for number in range(len(around.nodes))}
    for tie in around.ties:
        tied[tie.first].add(tie.second)
        tied[tie.second].add(tie.first)
    left = [number for number, node in enumerate(around.nodes) if node.step == 1]
    ring: list[int] = []
    while left:
        last = ring[-3:]
        chosen = max(left, key=lambda number: (len(tied[number].intersection(last)), -number))
        left.remove(chosen)
        ring.append(chosen)
    order = [0, *ring]
    for step in range(2, around.steps + 1):
        place = {number: rank for rank, number in enumerate(ring)}
        outer = [number for number, node in enumerate(around.nodes) if node.step == step]
        outer.sort(key=lambda number: (_middle(tied[number], place), number))
        order += outer
        ring = outer
    return order


def _middle(tied: set[int], place: dict[int, int]) -> float:
    ranks = sorted(place[number] for number in tied if number in place)
    return ranks[len(ranks) // 2] if ranks else math.inf


def _columns(count: int, *, is_known: bool) -> int:
    return max(1, min(_MOST_COLUMNS, round(math.sqrt(count * 1.7)) if is_known else count))


def _island_size(count: int, columns: int) -> tuple[float, float]:
    rows = math.ceil(count / columns)
    return (
        max(columns * CELL_WIDTH + 2 * ISLAND_PADDING, ISLAND_LEAST_WIDTH),
        rows * CELL_HEIGHT + ISLAND_TITLE + ISLAND_PADDING,
    )


def _cells(count: int, columns: int) -> Floats:
    """Return the middles of the cells of an island from its corner; the last row is centred."""
    number = np.arange(count)
    row = number // columns
    in_row = np.minimum(columns, count - row * columns)
    middle = _island_size(count, columns)[0] / 2
    x = middle + (number % columns + 0.5 - in_row / 2) * CELL_WIDTH
    y = ISLAND_TITLE + CELL_MIDDLE + row * CELL_HEIGHT
    return np.column_stack((x, y))


def _packed(wanted: Floats, sizes: Floats) -> Floats:
    """Return corners of rectangles near ``wanted`` (in [0, 1]) that nowhere overlap."""
    if not len(sizes):
        return np.zeros((0, 2))
    height = float((sizes + ISLAND_GAP).prod(axis=1).sum()) / MAP_WIDTH
    aims = wanted * (MAP_WIDTH, height) - sizes / 2
    tries = [_dropped(aims, sizes, pull) for pull in _PULLS]
    return min(tries, key=lambda corners: float((corners + sizes)[:, 1].max().round()))


def _dropped(aims: Floats, sizes: Floats, pull: float) -> Floats:
    """Return corners: from the top down, each as high and as near to its aim as there is room."""
    corners, ends = np.zeros_like(aims), np.zeros_like(aims)
    done: list[int] = []
    for number in np.lexsort((aims[:, 0], aims[:, 1])).tolist():
        lefts = np.concatenate(
            ([aims[number, 0]], ends[done, 0], corners[done, 0] - ISLAND_GAP - sizes[number, 0])
        ).clip(0, MAP_WIDTH - sizes[number, 0])
        rights = lefts + sizes[number, 0] + ISLAND_GAP
        meets = (corners[done, 0] < rights[:, None]) & (ends[done, 0] > lefts[:, None])
        tops = np.where(meets, ends[done, 1], 0.0).max(axis=1, initial=0.0)
        best = int(np.argmin((tops + pull * np.abs(lefts - aims[number, 0])).round(3)))
        corners[number] = lefts[best], tops[best]
        ends[number] = corners[number] + sizes[number] + ISLAND_GAP
        done.append(number)
    return corners
