"""Ranks with equals, and between which ranks the truth lies when not everybody has told.

Which rank would an organisation have if everybody had told? As many organisations as told nothing
lose their ties, by lot, and the ranking is made again. Who is ninth there was, say, sixth to
twentieth here: so who is ninth here may be sixth to twentieth in truth. That reads the step from
the whole to a part off the step from the part to a part of it, as a bootstrap does (Efron 1979;
for networks Borgatti, Carley & Krackhardt 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.structure.between import Betweenness, between
from matching.network import Floats, Ints

__all__ = ["Deletions", "chance_ranks", "deletions", "first_rows", "ranks"]

_WORK = 200_000_000
_DRAW_WORK = 20_000_000
_FEWEST_SOURCES = 64
_FEWEST_DRAWS, _MOST_DRAWS = 2, 60
_BANDS = (3, 10, 20)
"""Ranks up to these are looked at together: those at the head move less than those below."""
_TAIL = 0.02
_STANDARD_ERRORS = 1.96


@dataclass(frozen=True, slots=True, eq=False)
class Deletions:
    """``low``, ``high``: float64[bands], what a rank in each band is to be multiplied by."""

    count: int
    low: Floats
    high: Floats

    def interval(self, rank: int, last: int) -> tuple[int, int]:
        """Return the ranks, of ``last``, between which the true one of ``rank`` lies."""
        band = min(int(np.searchsorted(_BANDS, rank)), len(_BANDS) - 1)
        low = int(np.floor(rank * self.low[band]))
        high = int(np.ceil(rank * self.high[band]))
        return max(1, min(low, rank)), min(last, max(high, rank))


def ranks(values: Floats) -> Ints:
    """Return int64[rows]: 1 and how many have a larger value; equals share a rank."""
    rising = np.sort(values)
    return 1 + len(values) - np.searchsorted(rising, values, side="right")


def first_rows(values: Floats, lots: Ints, most: int) -> Ints:
    """Return the rows with the ``most`` largest values above 0; equals in the order of ``lots``."""
    order = np.lexsort((lots, -values))[:most]
    return order[values[order] > 0].astype(np.int64)


def chance_ranks(found: Betweenness, row: int) -> tuple[int, int]:
    """Return the ranks between which a row lies, given how few sources were looked from.

    Whoever is clear of it on one side by 1.96 standard errors of each counts as above or below.
    """
    low, high = _bounds(found)
    above = int((low > high[row]).sum())
    below = int((high < low[row]).sum())
    return 1 + above, len(found.value) - below


def deletions(
    ties: sparse.csr_array, found: Betweenness, missing_share: float, rng: np.random.Generator
) -> Deletions | None:
    """Return how ranks move when ``missing_share`` of the organisations lose their ties.

    None where nobody is missing. In large networks there are few deletions, two at the least, and
    each is looked at from fewer sources: that widens what is found, and never narrows it.
    """
    count, ends = ties.shape[0], max(1, ties.nnz)
    gone = round(missing_share * count)
    if not gone or not len(first_rows(found.value, np.arange(count), 1)):
        return None
    sources = min(found.sources, max(_FEWEST_SOURCES, _DRAW_WORK // ends))
    draws = int(np.clip(_WORK // (sources * ends), _FEWEST_DRAWS, _MOST_DRAWS))
    known = ranks(found.value)
    moved: list[list[Floats]] = [[] for _ in _BANDS]
    for _ in range(draws):
        left = _without(ties, rng.permutation(count)[:gone])
        having = np.flatnonzero(np.diff(left.indptr))
        seen = between(left, rng.permutation(having)[:sources]).value
        first = first_rows(seen, rng.permutation(count), _BANDS[-1])
        here = ranks(seen)[first]
        step = known[first] / here
        band = np.minimum(np.searchsorted(_BANDS, here), len(_BANDS) - 1)
        for number, values in enumerate(moved):
            values.append(step[band == number])
    pooled = [np.concatenate(values) for values in moved]
    everything = np.concatenate(pooled)
    # A band that nobody was in takes what was found in all.
    filled = [values if len(values) else everything for values in pooled]
    if not len(everything):
        filled = [np.ones(1) for _ in _BANDS]
    return Deletions(
        count=draws,
        low=np.array([np.quantile(values, _TAIL) for values in filled]),
        high=np.array([np.quantile(values, 1 - _TAIL) for values in filled]),
    )


def _without(ties: sparse.csr_array, gone: Ints) -> sparse.csr_array:
    kept = np.ones(ties.shape[0])
    kept[gone] = 0
    left = sparse.csr_array(ties.multiply(kept[:, None]).multiply(kept[None, :]))
    left.eliminate_zeros()
    return left


def _bounds(found: Betweenness) -> tuple[Floats, Floats]:
    reach = _STANDARD_ERRORS * found.error
    return found.value - reach, found.value + reach
