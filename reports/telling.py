"""Which numbers must be withheld so that no small one can be worked out from the others.

This is secondary suppression, as in Hundepool et al., *Statistical Disclosure Control* (2012),
chapter 4. Numbers that add up are equations. A withheld number is safe if there is another
solution of all equations in which it differs; such a solution is looked for along equations, one
step up or down at a time, at the least cost in further numbers withheld.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

__all__ = ["FEWEST", "Sums"]

FEWEST = 5
"""Counts below this, but not 0, are withheld."""

_WHOLE_COST = 1_000.0
"""Totals are what a reader wants most: rather a few cells more than one of them."""

_TRIED = 3

Step = tuple[int, int]
"""A number and by how much it moves; or an equation and by how much its sum is off."""

_Path = tuple[list[Step], int | None]
_Search = Callable[[Step, dict[int, int], dict[int, int]], _Path | None]

_MENDED: Step = (-1, 0)
_NO_STEP: tuple[None, Step] = (None, _MENDED)


@dataclass(slots=True)
class Sums:
    """Counts, and which of them add up to which. ``lost`` are those that nothing can protect."""

    values: list[int] = field(default_factory=list)
    withheld: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    _unseen: set[int] = field(default_factory=set)
    _equations: list[dict[int, int]] = field(default_factory=list)
    _of: list[list[int]] = field(default_factory=list)
    _wholes: set[int] = field(default_factory=set)
    _hidden: list[list[int]] = field(default_factory=list)

    def add(self, value: int) -> int:
        """Add a count and return its number."""
        self.values.append(value)
        self._of.append([])
        if 0 < value < FEWEST:
            self.withheld.add(len(self.values) - 1)
        return len(self.values) - 1

    def add_unseen(self, value: int) -> int:
        """Add a number that is shown nowhere, and may be worked out; return its number."""
        number = self.add(value)
        self.withheld.add(number)
        self._unseen.add(number)
        return number

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
        self._hidden.append([number for number in (whole, *each) if number in self.withheld])

    def protect(self) -> None:
        """Withhold more until no withheld number is determined by those shown."""
        waiting = sorted(self.withheld)
        free = set(self._unseen)
        while waiting:
            number = waiting.pop()
            if number in self.lost or number in free or not self._of[number]:
                continue
            moves = self._cheapest(number)
            if moves is not None:
                # Whatever moves in a solution is shown by it to be free.
                free |= moves.keys()
                self.withhold(moves.keys() - self.withheld)
                continue
            more = self._neighbours(number)
            if more:
                # Nothing along one path: withhold all around it, and look again.
                waiting += [number, *sorted(more)]
                self.withhold(more)
            else:
                self.lost.add(number)

    def withhold(self, numbers: Iterable[int]) -> None:
        """Withhold numbers, whatever they are."""
        for number in numbers:
            if number in self.withheld:
                continue
            self.withheld.add(number)
            for equation in self._of[number]:
                self._hidden[equation].append(number)

    def _neighbours(self, number: int) -> set[int]:
        return {
            other
            for equation in self._of[number]
            for other in self._equations[equation]
            if self.values[other] >= FEWEST and other not in self.withheld
        }

    def _cheapest(self, number: int) -> dict[int, int] | None:
        """Return moves that free a number: with no other, with one beside it, or as it takes."""
        for also in (None, *self._beside(number)):
            for way in (1, -1):
                quick = self._alternative(number, way, partial(self._first_path, also=also))
                if quick is not None:
                    return quick
        found = (self._alternative(number, way, self._cheapest_path) for way in (1, -1))
        return min((each for each in found if each), key=self._cost_of, default=None)

    def _beside(self, number: int) -> list[int]:
        """Return what could be withheld besides, in the equation that hides least."""
        equation = min(self._of[number], key=lambda each: len(self._hidden[each]))
        others = (
            other
            for other in self._equations[equation]
            if other not in self.withheld and self.values[other] >= FEWEST
        )
        return heapq.nsmallest(_TRIED, others, key=lambda other: (self._cost(other), other))

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

    def _alternative(self, number: int, way: int, path_of: _Search) -> dict[int, int] | None:
        """Return moves, that of ``number`` among them, after which every equation holds again."""
        if not self._can_move(number, way):
            return None
        moves = {number: way}
        off = {equation: self._equations[equation][number] * way for equation in self._of[number]}
        while off:
            path = path_of(off.popitem(), off, moves)
            if path is None:
                return None
            steps, end = path
            moves |= dict(steps)
            if end is not None:
                del off[end]
        return moves if self._holds(moves) else None

    def _first_path(
        self, start: Step, off: dict[int, int], used: dict[int, int], *, also: int | None
    ) -> _Path | None:
        """Return any steps among withheld numbers, and ``also``, that mend an equation."""
        seen = {start[0]}
        steps: list[Step] = []
        trail = [self._hidden_steps(start, used, also)]
        while trail:
            step, after = next(trail[-1], _NO_STEP)
            if step is None:
                trail.pop()
                del steps[-1:]
            elif after == _MENDED or off.get(after[0]) == -after[1]:
                return [*steps, step], None if after == _MENDED else after[0]
            elif after[0] not in seen:
                seen.add(after[0])
                steps.append(step)
                trail.append(self._hidden_steps(after, used, also))
        return None

    def _hidden_steps(
        self, at: Step, used: dict[int, int], also: int | None
    ) -> Iterator[tuple[Step, Step]]:
        numbers: Iterable[int] = self._hidden[at[0]]
        if also is not None and also in self._equations[at[0]]:
            numbers = chain((also,), numbers)
        return self._steps(at, used, numbers)

    def _cheapest_path(
        self, start: Step, off: dict[int, int], used: dict[int, int]
    ) -> _Path | None:
        """Return the cheapest steps that mend ``start``, and which other equation they mend."""
        best = {start: 0.0}
        came: dict[Step, tuple[Step, Step]] = {}
        heap: list[tuple[float, Step]] = [(0.0, start)]
        while heap:
            cost, at = heapq.heappop(heap)
            if at == _MENDED or (at != start and off.get(at[0]) == -at[1]):
                steps, end = [], None if at == _MENDED else at[0]
                while at != start:
                    at, step = came[at]
                    steps.append(step)
                return steps, end
            if cost > best[at]:
                continue
            for step, after in self._steps(at, used, self._equations[at[0]]):
                further = cost + self._cost(step[0])
                if further < best.get(after, float("inf")):
                    best[after], came[after] = further, (at, step)
                    heapq.heappush(heap, (further, after))
        return None

    def _steps(
        self, at: Step, used: dict[int, int], numbers: Iterable[int]
    ) -> Iterator[tuple[Step, Step]]:
        """Yield which of some numbers may move to mend an equation, and what is off then."""
        equation, amount = at
        for number in numbers:
            way = -amount * self._equations[equation][number]
            others = [other for other in self._of[number] if other != equation]
            if number in used or len(others) > 1 or not self._can_move(number, way):
                continue
            if not others:
                yield (number, way), _MENDED
            else:
                yield (number, way), (others[0], self._equations[others[0]][number] * way)

    def _holds(self, moves: dict[int, int]) -> bool:
        touched = {equation for number in moves for equation in self._of[number]}
        return all(
            sum(sign * moves.get(number, 0) for number, sign in self._equations[each].items()) == 0
            for each in touched
        )
