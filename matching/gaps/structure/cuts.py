"""Cut points and bridges: organisations and ties without which the network falls apart.

One search depth first finds both, and what falls off (Hopcroft & Tarjan 1973). Libraries say
which they are, but not what falls off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.gaps.structure.findings import BridgingTie, CutPoint
from matching.gaps.structure.ground import Ground
from matching.network import Ints

__all__ = ["Cuts", "cuts_in"]

_MOST_IDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Where the network would fall apart.

    ``cut_off``, ``second_part``: int64[rows]: how many an organisation's loss cuts off, and the
    size of the largest group among them; 0 for who is no cut point. ``bridges``: rows of the
    lower ends of ties without which the network falls in two.
    """

    ground: Ground
    cut_off: Ints
    second_part: Ints
    bridges: Ints
    order: Ints
    place: Ints
    parent: Ints
    below: Ints
    pieces: Ints
    """Rows that would each be cut off, with all below, were their parent lost."""

    def points(self, most: int, backbones: frozenset[int]) -> tuple[CutPoint, ...]:
        """Return the ``most`` cut points that cut off most, equals in order of name."""
        rows = np.flatnonzero(self.cut_off).tolist()
        rows.sort(key=lambda row: (-self.cut_off[row], self.ground.by_name(row)))
        return tuple(self._point(row, row in backbones) for row in rows[:most])

    def ties(self, most: int) -> tuple[BridgingTie, ...]:
        """Return the ``most`` bridges that cut off most, equals in order of name."""
        found = [self._bridge(row) for row in self.bridges.tolist()]
        found.sort(key=lambda tie: (-tie[0], self.ground.by_name(tie[1]), tie[2]))
        ground = self.ground
        return tuple(
            BridgingTie(
                first_id=ground.id_of(keeping),
                second_id=ground.id_of(losing),
                cut_off_count=count,
                cut_off_ids=ground.ids_of(self._side(child, losing == child))[:_MOST_IDS],
            )
            for count, losing, keeping, child in found[:most]
        )

    def _point(self, row: int, is_backbone: bool) -> CutPoint:
        under = [self._under(child) for child in self.pieces[self.parent[self.pieces] == row]]
        rest = int(self.ground.component_sizes[self.ground.component[row]]) - 1
        rest -= sum(map(len, under))
        under.sort(key=len, reverse=True)
        if rest >= len(under[0]):
            cut = under
        else:
            # The largest part is below: the rest is what falls off.
            cut = [*under[1:], self._rest(np.concatenate(([row], *under)))]
        sizes = sorted([rest, *map(len, under)], reverse=True)
        return CutPoint(
            organisation_id=self.ground.id_of(row),
            cut_off_count=int(self.cut_off[row]),
            part_sizes=tuple(size for size in sizes if size),
            cut_off_ids=self.ground.ids_of(np.concatenate(cut))[:_MOST_IDS],
            is_backbone=is_backbone,
        )

    def _bridge(self, child: int) -> tuple[int, int, int, int]:
        """Return how many fall off, the end on their side, the other end, and the lower end."""
        whole = int(self.ground.component_sizes[self.ground.component[child]])
        parent, below = int(self.parent[child]), int(self.below[child])
        falls = below < whole - below
        if 2 * below == whole:
            # Which half is cut off is a matter of taste: no matter of the search's order.
            falls = self.ground.by_name(child) > self.ground.by_name(parent)
        ends = (child, parent) if falls else (parent, child)
        return min(below, whole - below), *ends, child

    def _side(self, child: int, is_below: bool) -> Ints:
        under = self._under(child)
        return under if is_below else self._rest(under)

    def _under(self, row: int) -> Ints:
        return self.order[self.place[row] : self.place[row] + self.below[row]]

    def _rest(self, taken: Ints) -> Ints:
        """Return those in the connected part of the first of ``taken`` that aren't taken."""
        component = self.ground.component
        return np.setdiff1d(np.flatnonzero(component == component[taken[0]]), taken)


def cuts_in(ground: Ground) -> Cuts:
    """Return all cut points and bridges of a network, in time proportional to its ties."""
    from matching.gaps.structure.kernels import cuts_of  # noqa: PLC0415

    order, parent, below, lowest = cuts_of(ground.starts, ground.ends)
    count = len(ground)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    has_parent = np.flatnonzero(parent >= 0)
    above = parent[has_parent]
    pieces = has_parent[lowest[has_parent] >= place[above]]
    of = parent[pieces]
    sizes, number = below[pieces], np.bincount(of, minlength=count)
    total, largest = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(total, of, sizes)
    np.maximum.at(largest, of, sizes)
    rest = np.where(number > 0, ground.component_sizes[ground.component] - 1 - total, 0)
    is_cut = number + (rest > 0) > 1
    cut_off = np.where(is_cut, total + rest - np.maximum(largest, rest), 0)
    return Cuts(
        ground=ground,
        cut_off=cut_off,
        second_part=np.where(is_cut, _second(of, sizes, largest, rest), 0),
        bridges=has_parent[lowest[has_parent] > place[above]],
        order=order,
        place=place,
        parent=parent,
        below=below,
        pieces=pieces,
    )


def _second(of: Ints, sizes: Ints, largest: Ints, rest: Ints) -> Ints:
    """Return the size of the second largest part that each would leave."""
    ranked = np.lexsort((-sizes, of))
    is_next = np.zeros(len(of), dtype=np.bool_)
    # Second of its parent where the one before has the same parent, and that one's before hasn't.
    parents = of[ranked]
    is_next[1:] = parents[1:] == parents[:-1]
    is_next[2:] &= parents[2:] != parents[:-2]
    second = np.zeros(len(rest), dtype=np.int64)
    second[parents[is_next]] = sizes[ranked][is_next]
    return np.maximum(np.minimum(largest, rest), np.minimum(second, np.maximum(largest, rest)))
