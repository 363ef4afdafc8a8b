"""Ranks with equals, and between which ranks the truth lies: not everybody told, paths are sampled.

Which rank would an organisation have if everybody had told? As many organisations as told nothing
lose their ties, by lot, and the ranking is made again. Who is ninth there was, say, sixth to
twentieth here: so who is ninth here may be sixth to twentieth in truth. That reads the step from
the whole to a part off the step from the part to a part of it, as a bootstrap does (Efron 1979;
for networks Borgatti, Carley & Krackhardt 2006).

Where paths were sampled the same is done with half of the sources, for what is seen from half of
them is as far from what is seen from all as that is from the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.structure.between import Betweenness, between
from matching.network import Floats, Ints

__all__ = ["Moves", "first_rows", "moves", "ranks"]

_WORK = 200_000_000
_DRAW_WORK = 20_000_000
_FEWEST_SOURCES = 64
_FEWEST_DRAWS, _MOST_DRAWS = 2, 60
_BANDS = (3, 10, 20)
"""Ranks up to these are looked at together: those at the head move less than those below."""
_TAIL = 0.005
_HALVINGS = 40
_LEAST_MISSING = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """``low``, ``high``: float64[bands], what a rank in each band is to be multiplied by.

    ``deletions`` networks with organisations missing stand behind them; 0 where none is.
    """

    deletions: int
    low: Floats
    high: Floats

    def interval(self, rank: int, last: int) -> tuple[int, int]:
        """Return the ranks, of ``last``, between which the true one of ``rank`` lies."""
        band = _band(np.array([rank]))[0]
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


def moves(
    ties: sparse.csr_array, found: Betweenness, missing_share: float, rng: np.random.Generator
) -> Moves | None:
    """Return how ranks move when ``missing_share`` of the organisations lose their ties.

    None where hardly anybody (less than 1 %) is missing and nothing was sampled: then ranks are
    what they are. In large networks there are few deletions, two at the least, and each is
    looked at from fewer sources: that widens what is found, and never narrows it.
    """
    gone = round(missing_share * ties.shape[0]) if missing_share >= _LEAST_MISSING else 0
    if not found.value.any() or (not gone and found.is_exact):
        return None
    kinds = [] if found.is_exact else [_halved(found, rng)]
    if gone:
        kinds.append(_deleted(ties, found, gone, rng))
    known = ranks(found.value)
    ranges = [_range(known, seen, rng) for seen in kinds]
    return Moves(
        deletions=len(kinds[-1]) if gone else 0,
        low=np.min([low for low, _ in ranges], axis=0),
        high=np.max([high for _, high in ranges], axis=0),
    )


def _range(known: Ints, seen: list[Floats], rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return, by band, the smallest and largest step from a rank in ``seen`` to the known one."""
    steps, bands = [np.empty(0)], [np.empty(0, dtype=np.int64)]
    for values in seen:
        first = first_rows(values, rng.permutation(len(values)), _BANDS[-1])
        here = ranks(values)[first]
        steps.append(known[first] / here)
        bands.append(_band(here))
    step, band = np.concatenate(steps), np.concatenate(bands)
    if not len(step):
        return np.ones(len(_BANDS)), np.ones(len(_BANDS))
    # A band that nobody was in takes what was found in all.
    pooled = [step[band == each] if (band == each).any() else step for each in range(len(_BANDS))]
    return (
        np.array([np.quantile(values, _TAIL) for values in pooled]),
        np.array([np.quantile(values, 1 - _TAIL) for values in pooled]),
    )


def _band(rank: Ints) -> Ints:
    return np.minimum(np.searchsorted(_BANDS, rank), len(_BANDS) - 1).astype(np.int64)


def _halved(found: Betweenness, rng: np.random.Generator) -> list[Floats]:
    """Return betweenness as half of the sources show it, many times over."""
    count = len(found.parts)
    halves = (rng.permutation(count)[: max(1, count // 2)] for _ in range(_HALVINGS))
    return [np.asarray(found.parts[half].sum(axis=0)) for half in halves]


def _deleted(
    ties: sparse.csr_array, found: Betweenness, gone: int, rng: np.random.Generator
) -> list[Floats]:
    """Return betweenness as it is with ``gone`` organisations missing, a few times or many."""
    count, ends = ties.shape[0], max(1, ties.nnz)
    sources = min(found.sources, max(_FEWEST_SOURCES, _DRAW_WORK // ends))
    draws = int(np.clip(_WORK // (sources * ends), _FEWEST_DRAWS, _MOST_DRAWS))
    seen = []
    for _ in range(draws):
        left = _without(ties, rng.permutation(count)[:gone])
        having = np.flatnonzero(np.diff(left.indptr))
        seen.append(between(left, rng.permutation(having)[:sources]).value)
    return seen


def _without(ties: sparse.csr_array, gone: Ints) -> sparse.csr_array:
    kept = np.ones(ties.shape[0])
    kept[gone] = 0
    left = sparse.csr_array(ties.multiply(kept[:, None]).multiply(kept[None, :]))
    left.eliminate_zeros()
    return left
