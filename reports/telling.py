"""Which numbers must be withheld so that no small one can be worked out from the others.

This is secondary suppression, as in Hundepool et al., *Statistical Disclosure Control* (2012),
chapter 4. Numbers that add up are equations. A withheld number is safe if there is another
solution of all equations in which it differs; such a solution is looked for along equations, one
step up or down at a time, at the least cost in further numbers withheld.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["FEWEST", "Sums"]

FEWEST = 5
"""Counts below this, but not 0, are withheld."""

_WHOLE_COST = 1_000.0
"""Totals are what a reader wants most: rather a few cells more than one of them."""

Step = tuple[int, int]
"""A number and by how much it moves; or an equation and by how much its sum is off."""


@dataclass(slots=True)
class Sums:
    """Counts, and which of them add up to which. ``lost`` are those that nothing can protect."""

    values: list[int] = field(default_factory=list)
    withheld: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    _equations: list[dict[int, int]] = field(default_factory=list)
    _of: list[list[int]] = field(default_factory=list)
    _wholes: set[int] = field(default_factory=set)

    def add(self, value: int) -> int:
        """Add a count and return its number."""
        self.values.append(value)
        self._of.append([])
        if 0 < value < FEWEST:
            self.withheld.add(len(self.values) - 1)
        return len(self.values) - 1

    def add_sum(self, whole: int, parts: Iterable[int]) -> None:
        """Say that ``parts`` add up to ``whole``; what doesn't add up is not recorded."""
        each = list(parts)
        if whole in each or len(set(each)) < len(each):
            return
        if not each or sum(self.values[part] for part in each) != self.values[whole]:
            return
        for number in (whole, *each):
            self._of[number].append(len(self._equations))
        self._equations.append({whole: -1, **dict.fromkeys(each, 1)})
        self._wholes.add(whole)

    def protect(self) -> None:
        """Withhold more until no withheld number is determined by those shown."""
        waiting = sorted(self.withheld)
        while waiting:
            number = waiting.pop()
            if number in self.lost or self._is_free(number):
                continue
            moves = min(
                (found for way in (1, -1) if (found := self._alternative(number, way))),
                key=self._cost_of,
                default=None,
            )
            more = set(moves) - self.withheld if moves else self._neighbours(number)
            if moves is None:
                # Nothing along one path: withhold all around it, and look again.
                if more:
                    waiting.append(number)
                else:
                    self.lost.add(number)
            self.withheld |= more
            waiting += sorted(more)

    def _neighbours(self, number: int) -> set[int]:
        return {
            other
            for equation in self._of[number]
            for other in self._equations[equation]
            if self.values[other] >= FEWEST and other not in self.withheld
        }

    def _is_free(self, number: int) -> bool:
        """Tell whether it can differ with one other withheld number in each of its equations."""
        return any(
            self._can_move(number, way)
            and all(self._has_leaf(number, equation, way) for equation in self._of[number])
            for way in (1, -1)
        )

    def _has_leaf(self, number: int, equation: int, way: int) -> bool:
        terms = self._equations[equation]
        return any(
            other != number
            and other in self.withheld
            and len(self._of[other]) == 1
            and self._can_move(other, -way * terms[number] * sign)
            for other, sign in terms.items()
        )

    def _can_move(self, number: int, way: int) -> bool:
        """Tell whether a number, withheld, could be one more or less for all that a reader knows.

        Who reads "fewer than 5" knows 1 to 4; who reads "not shown" knows 5 or more.
        """
        value = self.values[number]
        if value <= 0:
            return False
        moved = value + way
        return 0 < moved < FEWEST if value < FEWEST else moved >= FEWEST

    def _cost(self, number: int) -> float:
        if number in self.withheld:
            return 0.001
        return 1 + self.values[number] / 1000 + (_WHOLE_COST if number in self._wholes else 0)

    def _cost_of(self, moves: dict[int, int]) -> float:
        return sum(map(self._cost, moves))

    def _alternative(self, number: int, way: int) -> dict[int, int] | None:
        """Return moves, that of ``number`` among them, after which every equation holds again."""
        if not self._can_move(number, way):
            return None
        moves = {number: way}
        off = {equation: self._equations[equation][number] * way for equation in self._of[number]}
        while off:
            start = off.popitem()
            path = self._path(start, off, moves)
            if path is None:
                return None
            steps, end = path
            moves |= dict(steps)
            if end is not None:
                del off[end]
        return moves if self._holds(moves) else None

    def _path(
        self, start: Step, off: dict[int, int], used: dict[int, int]
    ) -> tuple[list[Step], int | None] | None:
        """Return the cheapest steps that mend ``start``, and which other equation they mend."""
        best = {start: 0.0}
        came: dict[Step, tuple[Step, Step]] = {}
        heap: list[tuple[float, Step]] = [(0.0, start)]
        while heap:
            cost, at = heapq.heappop(heap)
            if at[0] < 0 or (at != start and off.get(at[0]) == -at[1]):
                steps, end = [], at[0] if at[0] >= 0 else None
                while at != start:
                    at, step = came[at]
                    steps.append(step)
                return steps, end
            if cost > best[at]:
                continue
            for step, after in self._steps(at, used):
                further = cost + self._cost(step[0])
                if further < best.get(after, float("inf")):
                    best[after], came[after] = further, (at, step)
                    heapq.heappush(heap, (further, after))
        return None

    def _steps(self, at: Step, used: dict[int, int]) -> Iterator[tuple[Step, Step]]:
        """Yield what may move to mend an equation, and what is off then; (-1, 0) is nothing."""
        equation, amount = at
        for number, sign in self._equations[equation].items():
            way = -amount * sign
            others = [other for other in self._of[number] if other != equation]
            if number in used or len(others) > 1 or not self._can_move(number, way):
                continue
            if not others:
                yield (number, way), (-1, 0)
            else:
                yield (number, way), (others[0], self._equations[others[0]][number] * way)

    def _holds(self, moves: dict[int, int]) -> bool:
        touched = {equation for number in moves for equation in self._of[number]}
        return all(
            sum(sign * moves.get(number, 0) for number, sign in self._equations[each].items()) == 0
            for each in touched
        )
