"""Who may be ranked for whom: the pool that a model learns on is the one that it ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.learning.features import GROUPS, Block, FeatureGroup
from matching.learning.features.base import SOUGHT, Dense
from matching.learning.finding import chosen
from matching.learning.past import Floats32, Ints, Past

__all__ = ["BLOCK", "POOL", "Candidates", "Seen", "names"]

BLOCK = 64
POOL = 2_000
"""At most so many candidates an organisation, in equal parts by each of the ways to find them."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """A block of organisations with their candidates and features.

    ``values`` (features × P × B) hold what is known of each pair, ``is_real`` (P × B) says where
    ``block.pool`` holds a candidate; below them stand zeros.
    """

    block: Block
    values: Floats32
    is_real: Mask


class Candidates:
    """The features of a past, ready for any organisation."""

    def __init__(self, past: Past, pool: int = POOL) -> None:
        self.past = past
        self._groups: list[FeatureGroup] = [group(past) for group in GROUPS]
        self._popular = np.log1p(np.diff(past.ties.indptr)).astype(np.float32)
        self._pool = pool

    def allowed(self, rows: Ints) -> Mask:
        """Return bool[n, B]: the open ones with a past, but oneself and one's partners."""
        past = self.past
        found = np.tile((past.is_known & past.is_open)[:, None], (1, len(rows)))
        found[past.ties[rows].toarray().T > 0] = False
        found[rows, np.arange(len(rows))] = False
        return found

    def blocks(self, rows: Ints) -> Iterator[Seen]:
        """Yield ``rows`` with their candidates by :meth:`allowed`, in order, block by block."""
        for start in range(0, len(rows), BLOCK):
            part = rows[start : start + BLOCK]
            yield self.seen(part, self.allowed(part))

    def seen(self, rows: Ints, may: Mask, also: Floats32 | None = None) -> Seen:
        """Return a block: ``may`` (bool[n, B]) rules out, ``also`` (n × B) finds more."""
        dense = [group.dense(rows) for group in self._groups]
        pool, is_real = self._found(dense, may, also)
        block = Block(rows, pool)
        values = [
            value
            for group, made in zip(self._groups, dense, strict=True)
            for value in group.values(block, made)
        ]
        return Seen(block, np.stack(values), is_real)

    def _found(self, dense: list[Dense], may: Mask, also: Floats32 | None) -> tuple[Ints, Mask]:
        """Return the best by each way to find candidates, as P × B, and where they are real.

        Each column is in order of number.
        """
        ways = [way for made in dense for way in made.get(SOUGHT, {}).values()]
        ways.append(np.broadcast_to(self._popular[:, None], may.shape))
        ways += [] if also is None else [also]
        count = max(1, self._pool // len(ways))
        marks = np.zeros(may.shape, dtype=np.bool_)
        for way in ways:
            chosen(way, may, count, marks)
        columns, found = np.nonzero(marks.T)
        counts = marks.sum(axis=0)
        place = np.arange(len(found)) - np.repeat(np.cumsum(counts) - counts, counts)
        pool = np.zeros((max(1, int(counts.max(initial=0))), may.shape[1]), dtype=np.int64)
        is_real = np.zeros(pool.shape, dtype=np.bool_)
        pool[place, columns] = found
        is_real[place, columns] = True
        return pool, is_real


def names() -> tuple[str, ...]:
    """Return the names of all features, in their order."""
    return tuple(feature.name for group in GROUPS for feature in group.features)
