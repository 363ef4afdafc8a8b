"""Who is apart: organisations without any partner, and small groups that no way leads to."""

from __future__ import annotations

import numpy as np

from matching.gaps.structure.ground import Ground, members_of

__all__ = ["islands_of", "isolates_of", "largest_part"]


def isolates_of(ground: Ground) -> tuple[str, ...]:
    """Return the organisations without an open partner."""
    return ground.ids_of(np.flatnonzero(ground.degrees == 0))


def islands_of(ground: Ground) -> tuple[tuple[str, ...], ...]:
    """Return the connected parts of two and more but the largest, largest first."""
    sizes, main = ground.component_sizes, largest_part(ground)
    wanted = [part for part in np.flatnonzero(sizes >= 2).tolist() if part != main]
    found = [(len(rows), rows) for rows in members_of(ground.component, wanted)]
    found.sort(key=lambda island: (-island[0], min(map(ground.by_name, island[1].tolist()))))
    return tuple(ground.ids_of(rows) for _, rows in found)


def largest_part(ground: Ground) -> int:
    """Return the largest connected part, that with most ties among equals; -1 where there is none.

    Among those that are equal in both, the one whose first member drew the lower lot.
    """
    sizes = ground.component_sizes
    if not len(sizes) or sizes.max() < 2:
        return -1
    return int(np.lexsort((np.arange(len(sizes)), -ground.component_ends, -sizes))[0])
