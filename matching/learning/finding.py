"""Finding the best few of many, for a block of organisations at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled

__all__ = ["chosen"]

Mask = npt.NDArray[np.bool_]


@compiled
def chosen(
    scores: npt.NDArray[np.float32], may: Mask, count: int, marks: Mask
) -> None:  # pragma: no cover - runs as machine code
    """Mark in ``marks`` (n × B) the ``count`` best of each column of ``scores`` that ``may`` be.

    Only scores above 0; among equals those that come first. A heap a column: its least is on top.
    """
    size, columns = scores.shape
    heap = np.empty((columns, count), dtype=np.float32)
    who = np.empty((columns, count), dtype=np.int32)
    held = np.zeros(columns, dtype=np.int64)
    for row in range(size):
        for column in range(columns):
            value = scores[row, column]
            if value <= 0 or not may[row, column]:
                continue
            if held[column] < count:
                _rise(heap[column], who[column], held[column], value, row)
                held[column] += 1
            elif value > heap[column, 0]:
                _sink(heap[column], who[column], value, row)
    for column in range(columns):
        for place in range(held[column]):
            marks[who[column, place], column] = True


@compiled
def _rise(
    heap: npt.NDArray[np.float32], who: npt.NDArray[np.int32], place: int, value: float, row: int
) -> None:  # pragma: no cover - runs as machine code
    while place > 0:
        above = (place - 1) // 2
        if heap[above] <= value:
            break
        heap[place], who[place] = heap[above], who[above]
        place = above
    heap[place], who[place] = value, row


@compiled
def _sink(
    heap: npt.NDArray[np.float32], who: npt.NDArray[np.int32], value: float, row: int
) -> None:  # pragma: no cover - runs as machine code
    place = 0
    while True:
        below = 2 * place + 1
        if below >= len(heap):
            break
        if below + 1 < len(heap) and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= value:
            break
        heap[place], who[place] = heap[below], who[below]
        place = below
    heap[place], who[place] = value, row
