"""Who is at the core of the network, who in the middle and who on the edge.

Core: the organisations with most partners, as many as fit “all of the core work with each other,
none of the others do” best. Lip (2011) showed that the best such core of any size is found by
going down the numbers of partners. Edge: who is left out when those with one partner are taken
away again and again, the outermost shell of Seidman (1983).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import sparse

from matching.gaps.structure.ground import Ground
from matching.network import Ints

__all__ = ["Zones", "zones_of"]

CORE, MIDDLE, EDGE, APART = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Where everybody stands.

    ``zone``: int64[rows], one of CORE, MIDDLE, EDGE and APART; ``core_number``: int64[rows], the
    largest k such that one is among organisations that all have k partners among themselves;
    ``fit``: the correlation of Borgatti & Everett (2000), None where there is nothing to compare.
    """

    zone: Ints
    core_number: Ints
    fit: float | None


def zones_of(ground: Ground) -> Zones:
    """Return the zone and core number of every organisation."""
    degrees, number = ground.degrees, _core_numbers(ground)
    is_core, fit = _core(ground)
    zone = np.where(number <= 1, EDGE, MIDDLE)
    zone[is_core] = CORE
    zone[degrees == 0] = APART
    return Zones(zone.astype(np.int64), number, fit)


def _core_numbers(ground: Ground) -> Ints:
    from sknetwork.topology import get_core_decomposition  # noqa: PLC0415

    if not len(ground.ends):
        return np.zeros(len(ground), dtype=np.int64)
    # The library reads numbers of 32 bits only.
    parts = ground.ties.data, ground.ends, ground.starts.astype(np.int32)
    made = sparse.csr_matrix(parts, shape=ground.ties.shape)
    return np.asarray(get_core_decomposition(made), dtype=np.int64)


def _core(ground: Ground) -> tuple[Ints, float | None]:
    """Return the rows of the core and how well it fits."""
    degrees = ground.degrees
    nobody = np.empty(0, dtype=np.int64)
    if not len(ground.ends):
        return nobody, None
    order = np.argsort(-degrees, kind="stable")
    sorted_degrees = degrees[order]
    size = np.arange(len(order) + 1)
    # Ties missing in the core, less ends of ties that the core has, differ from the number of
    # misfits by what is the same for all sizes.
    misfits = size * (size - 1) // 2 - np.concatenate(([0], np.cumsum(sorted_degrees)))
    # Equals are in the core together or not at all.
    is_cut = np.ones(len(size), dtype=np.bool_)
    is_cut[1:-1] = sorted_degrees[1:] < sorted_degrees[:-1]
    best = int(size[is_cut][np.argmin(misfits[is_cut])])
    rows = order[:best]
    return rows, _fit(ground, rows)


def _fit(ground: Ground, core: Ints) -> float | None:
    """Return the correlation of ties with the ideal, over pairs within the core and without it."""
    others = int((ground.degrees > 0).sum()) - len(core)
    inside = np.zeros(len(ground), dtype=np.bool_)
    inside[core] = True
    starts = np.repeat(inside, ground.degrees)
    both = int((starts & inside[ground.ends]).sum()) // 2
    neither = int((~starts & ~inside[ground.ends]).sum()) // 2
    pairs_in, pairs_out = len(core) * (len(core) - 1) // 2, others * (others - 1) // 2
    tied, whole = both + neither, pairs_in + pairs_out
    spread = float(pairs_in) * float(pairs_out) * float(tied) * float(whole - tied)
    if not spread:
        return None
    # For two columns of noughts and ones Pearson's correlation comes down to four counts.
    return (float(both) * float(pairs_out - neither) - float(neither) * float(pairs_in - both)) / (
        sqrt(spread)
    )
