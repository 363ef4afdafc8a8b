"""How good ranked lists are: four figures for each organisation, and who is shown at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Floats, Ints, Network

__all__ = [
    "DEPTH",
    "METRICS",
    "TOP",
    "Metric",
    "few_partners",
    "gini",
    "gini_of",
    "measured",
    "share_shown",
]

TOP = 10
"""NDCG, Hit and Recall look at this many of a list."""
DEPTH = 100
"""How far down a list the first hit is looked for."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a ranked list, in [0, 1]; more is better."""

    name: str
    label: str
    meaning: str


METRICS = (
    Metric(
        "ndcg",
        f"NDCG@{TOP}",
        f"how many of the first {TOP} become partners, those further up counting more, "
        "as a share of the best list there could be",
    ),
    Metric("hit", f"Hit@{TOP}", f"share of organisations with a later partner in the first {TOP}"),
    Metric("recall", f"Recall@{TOP}", f"share of all later partners that are in the first {TOP}"),
    Metric(
        "mrr",
        "MRR",
        f"1 divided by the place of the first later partner, 0 if it isn't in the first {DEPTH}",
    ),
)


def measured(top: Ints, partners: sparse.csr_array) -> dict[str, Floats]:
    """Return float64[rows] for each of METRICS; NaN for a row without a partner.

    ``top`` (int64[rows, places], -1: nobody) are organisations best first, ``partners``
    (rows × n) those that were to be found. Formulas: DCG = Σ hit / log2(place + 1), divided by
    that of min(10, partners) hits at the head of the list (Järvelin & Kekäläinen 2002, with
    relevance 0 or 1); MRR after Voorhees (1999).
    """
    wanted = np.diff(partners.indptr).astype(np.float64)
    hits = _hits(top, partners)
    first = hits[:, :TOP]
    discounts = 1 / np.log2(np.arange(2, TOP + 2))
    best = np.concatenate(([np.nan], np.cumsum(discounts)))
    found = first.sum(axis=1)
    place = np.where(hits.any(axis=1), hits.argmax(axis=1) + 1.0, np.inf)
    none = np.where(wanted > 0, 0.0, np.nan)
    return {
        "ndcg": first @ discounts[: first.shape[1]] / best[np.minimum(wanted, TOP).astype(int)],
        "hit": (found > 0) + none,
        "recall": found / np.where(wanted > 0, wanted, np.nan),
        "mrr": 1 / place + none,
    }


def few_partners(network: Network) -> npt.NDArray[np.bool_]:
    """Return bool[n]: who has some partners, but no more than half of those who have any."""
    degrees = network.degrees
    some = degrees > 0
    return some & (degrees <= np.median(degrees[some])) if some.any() else some


def share_shown(top: Ints, among: int) -> float:
    """Return the share of ``among`` organisations that are in the first 10 of anybody."""
    return len(np.unique(_shown(top))) / among if among else 0.0


def gini(top: Ints, among: int) -> float:
    """Return how unevenly ``among`` organisations are shown: 0 all alike, towards 1 only a few.

    Formula: Gini coefficient of how often each is in the first 10 of a list (Gini 1912).
    """
    _, times = np.unique(_shown(top), return_counts=True)
    counts = np.zeros(among, dtype=np.int64)
    counts[: len(times)] = times
    return gini_of(counts)


def gini_of(counts: Ints) -> float:
    """Return the Gini coefficient of ``counts``, 0 where there is nothing to share.

    Formula: Σ (2r - n - 1) · x_r / (n · Σ x) over the counts in rising order, r = 1 … n.
    """
    total = int(counts.sum())
    if not total:
        return 0.0
    size = len(counts)
    rising = np.sort(counts).astype(np.float64)
    return float(((2 * np.arange(1, size + 1) - size - 1) * rising).sum() / (size * total))


def _shown(top: Ints) -> Ints:
    first = top[:, :TOP]
    return first[first >= 0]


def _hits(top: Ints, partners: sparse.csr_array) -> npt.NDArray[np.bool_]:
    rows, size = partners.shape
    # One number for each (row, organisation), so that all lists are looked up at once.
    wanted = np.repeat(np.arange(rows), np.diff(partners.indptr)) * size + partners.indices
    given = np.arange(rows)[:, None] * size + top
    return np.isin(given, wanted) & (top >= 0)
