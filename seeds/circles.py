"""Circles of "is a part of" and "supports": nothing can stand above itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["Hierarchy", "circle_text"]

_SHOWN = 6


class Hierarchy:
    """What stands above what, as far as it has been said. It never holds a circle."""

    def __init__(self) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)

    def add(self, below: str, above: str) -> list[str]:
        """Take a pair in; return the circle that it would close instead, [] if it closes none.

        A circle is the ids on it, each one below the next, the first of them again at the end.
        """
        way = self._way(above, below)
        if not way:
            self._above[below].add(above)
        return [below, *way] if way else []

    def _way(self, start: str, end: str) -> list[str]:
        """Return the ids from ``start`` up to ``end``, [] if there is no way."""
        came_from = {start: start}
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if here == end:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            for higher in sorted(self._above.get(here, ())):
                if higher not in came_from:
                    came_from[higher] = here
                    waiting.append(higher)
        return []


def circle_text(circle: Sequence[str]) -> str:
    """Return a circle as people can read it; a long one is cut in the middle."""
    shown = list(circle)
    if len(shown) > _SHOWN:
        shown = [*shown[: _SHOWN - 2], "…", shown[-1]]
    return " → ".join(name[:60] for name in shown)
