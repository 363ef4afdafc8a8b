"""What a model learns from: who found whom, told by what was known before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.errors import NotEnoughHistory
from matching.learning.candidates import Candidates, Seen
from matching.learning.past import Floats32, Ints, Past

__all__ = ["LEAST_ORGANISATIONS", "WINDOW_DAYS", "Sample", "Window", "sample", "windows"]

WINDOW_DAYS = (91, 182, 273)
"""How long before the end each window is cut; what is longer ago says less of what comes next."""
_ENOUGH = 3_000
"""Organisations with which no older window is needed."""
_QUERIES = 2_500
_NEGATIVES = 120
LEAST_ORGANISATIONS = 30
"""With fewer organisations that found somebody there is nothing to learn from."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Window:
    """The past before a day, and those who found new partners (``rows``) from then on."""

    past: Past
    later: Past
    rows: Ints

    def seen(self) -> Iterator[tuple[Seen, npt.NDArray[np.bool_]]]:
        """Yield blocks of the organisations with their candidates, and who of them came about."""
        new = self.past.new_partners(self.later)
        for seen in Candidates(self.past).blocks(self.rows):
            found = new[seen.block.rows].toarray().T > 0
            yield seen, np.take_along_axis(found, seen.block.pool, axis=0) & seen.is_real


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs to learn from: ``values`` (pairs × features), whether each came about, and its weight.

    ``window`` and ``row`` (int64[pairs]) say whose candidates they are.
    """

    values: Floats32
    came_about: npt.NDArray[np.bool_]
    row: Ints
    window: Ints

    @property
    def organisations(self) -> int:
        """Return how many organisations they are candidates of; one of two windows counts twice."""
        return len(np.unique(np.column_stack((self.window, self.row)), axis=0))

    def without(self, rows: Ints) -> Sample:
        """Return the pairs of everybody but ``rows``."""
        kept = ~np.isin(self.row, rows)
        return Sample(self.values[kept], self.came_about[kept], self.row[kept], self.window[kept])


def windows(past: Past, seed: int) -> tuple[Window, ...]:
    """Return what was known a quarter and half a year before the end, if need be a quarter more.

    Labels are what came from each day to the end, so a later window's are among an earlier one's.
    Raises NotEnoughHistory.
    """
    found = []
    for days in WINDOW_DAYS:
        before = past.before(past.day - days)
        rows = np.flatnonzero(np.diff(before.new_partners(past).indptr) > 0)
        rng = np.random.default_rng((seed, days))
        if len(rows) > _QUERIES:
            rows = np.sort(rng.choice(rows, _QUERIES, replace=False))
        if len(rows):
            found.append(Window(before, past, rows))
        if sum(len(window.rows) for window in found) >= _ENOUGH:
            break
    enough = sum(len(window.rows) for window in found)
    if enough < LEAST_ORGANISATIONS:
        raise NotEnoughHistory(
            "Organisations that found a new partner in the last three quarters of a year",
            found=enough,
            needed=LEAST_ORGANISATIONS,
            remedy="Import a longer history; until then suggestions rest on documented priors.",
        )
    return tuple(found)


def sample(
    found: tuple[Window, ...], seed: int, *, negatives: int = _NEGATIVES, progress: Progress
) -> Sample:
    """Return pairs of the pools of all windows: all that came about, and some that didn't."""
    total = sum(len(window.rows) for window in found)
    parts: list[tuple[Floats32, npt.NDArray[np.bool_], Ints, Ints]] = []
    done = 0
    for number, window in enumerate(found):
        rng = np.random.default_rng((seed, 1_000 + number))
        for seen, hits in window.seen():
            rows = seen.block.rows
            lots = np.where(seen.is_real & ~hits, rng.random(hits.shape), 2.0)
            drawn = (lots < 1) & (lots.argsort(axis=0).argsort(axis=0) < negatives)
            kept = hits | drawn
            columns = np.nonzero(kept)[1]
            parts.append(
                (
                    seen.values[:, kept].T,
                    hits[kept],
                    rows[columns],
                    np.full(int(kept.sum()), number, dtype=np.int64),
                )
            )
            done += len(rows)
            progress(done, total)
    values, came_about, row, of_window = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return Sample(values, came_about, row, of_window)
