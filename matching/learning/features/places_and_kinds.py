"""Where both are based and what kind of body each is."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from matching.learning.features.base import Block, Dense, Feature, FeatureGroup, of_candidates
from matching.learning.features.walks import recency
from matching.learning.past import Floats32, Ints, Past, counted

__all__ = ["Kinds", "Places"]

_SMOOTHING = 5
_CLASSES = (0.5, 4, 10, 25, 60, 150)


class Places(FeatureGroup):
    """Where both are based. Source: homophily and propinquity (McPherson et al. 2001)."""

    name: ClassVar[str] = "places"
    label: ClassVar[str] = "where both of you are based"
    features: ClassVar[tuple[Feature, ...]] = (
        Feature("same_place", "based in the same place", "1 if so"),
        Feature("place_lift", "how often the two places work together", "ln lift over chance"),
        Feature("partners_near_you", "partners where you are", "ln(1 + partners of j there)"),
        Feature("share_near_you", "share of partners where you are", "less ln(1 + partners of j)"),
        Feature("near_you_recent", "recent work where you are", "ln(1 + Σ ½^years there)"),
        Feature("your_partners_near", "your partners where they are", "ln(1 + partners of i)"),
    )

    def __init__(self, past: Past) -> None:
        self._group = _Grouped(past, past.places)
        self._recent = np.log1p(_by_group(counted(past.joint, recency(past)), past.places)).astype(
            np.float32
        )

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        group = self._group
        known = group.codes[block.rows] > 0
        same = (group.codes[block.pool] == group.codes[block.rows][None, :]) & known
        theirs = group.of_candidates(block)
        return [
            same.astype(np.float32),
            group.lift(block),
            theirs,
            theirs - of_candidates(group.partners, block),
            self._recent[block.pool, group.codes[block.rows][None, :]],
            group.of_organisations(block),
        ]


class Kinds(FeatureGroup):
    """What kind of body each is, by type and by number of partners."""

    name: ClassVar[str] = "kinds"
    label: ClassVar[str] = "what kind of body each of you is"
    features: ClassVar[tuple[Feature, ...]] = (
        Feature("kind_lift", "how often the two kinds work together", "ln lift over chance"),
        Feature("partners_like_you", "partners of your kind", "ln(1 + partners of j of it)"),
        Feature("share_like_you", "share of partners of your kind", "less ln(1 + partners of j)"),
        Feature("your_partners_like", "your partners of their kind", "ln(1 + partners of i of it)"),
        Feature("partners_your_size", "partners as connected as you", "ln(1 + partners of j)"),
        Feature("share_your_size", "share of such partners", "less ln(1 + partners of j)"),
        Feature("your_partners_size", "your partners like them", "ln(1 + partners of i)"),
    )

    def __init__(self, past: Past) -> None:
        self._kinds = _Grouped(past, past.kinds)
        degrees = np.diff(past.ties.indptr)
        self._sizes = _Grouped(past, np.digitize(degrees, _CLASSES).astype(np.int64))

    def values(self, block: Block, dense: Dense) -> list[Floats32]:
        kinds, sizes = self._kinds.of_candidates(block), self._sizes.of_candidates(block)
        partners = of_candidates(self._kinds.partners, block)
        return [
            self._kinds.lift(block),
            kinds,
            kinds - partners,
            self._kinds.of_organisations(block),
            sizes,
            sizes - partners,
            self._sizes.of_organisations(block),
        ]


class _Grouped:
    """Partners of each organisation by a grouping of organisations, in logarithms."""

    def __init__(self, past: Past, codes: Ints) -> None:
        self.codes = codes
        counts = _by_group(past.ties, codes)
        self.partners = np.log1p(np.diff(past.ties.indptr)).astype(np.float32)
        self._counts = np.log1p(counts).astype(np.float32)
        between = _members(codes).T @ counts
        ends = between.sum(axis=1)
        expected = np.outer(ends, ends) / max(float(between.sum()), 1.0)
        lift = np.log((between + _SMOOTHING) / (expected + _SMOOTHING))
        self._lift = lift.astype(np.float32)

    def of_candidates(self, block: Block) -> Floats32:
        """Return the partners of each candidate in the group of whoever looks."""
        return np.asarray(self._counts[block.pool, self.codes[block.rows][None, :]])

    def of_organisations(self, block: Block) -> Floats32:
        """Return the partners of whoever looks in the group of each candidate."""
        return np.asarray(self._counts[block.rows[None, :], self.codes[block.pool]])

    def lift(self, block: Block) -> Floats32:
        return np.asarray(self._lift[self.codes[block.rows][None, :], self.codes[block.pool]])


def _members(codes: Ints) -> sparse.csr_array:
    ones = np.ones(len(codes), dtype=np.float32)
    shape = (len(codes), int(codes.max(initial=0)) + 1)
    return sparse.csr_array((ones, (np.arange(len(codes)), codes)), shape=shape)


def _by_group(ties: sparse.csr_array, codes: Ints) -> np.ndarray:
    """Return n × groups: how much of each organisation's ties leads to each group."""
    return np.asarray((ties @ _members(codes)).toarray(), dtype=np.float64)
