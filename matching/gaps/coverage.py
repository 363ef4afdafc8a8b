"""For how many organisations anybody has told anything: what every finding has to be read by.

An organisation counts where a person or a source has told an offer, a need, a collaboration or a
role in a project of it; what was inferred doesn't count. Below 65 % a network drawn from answers
misleads about single organisations, and from 80 % they may be named (Borgatti, Carley & Krackhardt
2006 on how fast centrality decays with missing actors; Kossinets 2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matching.network import Network

__all__ = ["CAUTION_BELOW", "WITHHELD_BELOW", "Coverage", "Naming", "coverage_of", "has_answered"]

WITHHELD_BELOW = 0.65
CAUTION_BELOW = 0.80

_KINDS = ("offers", "needs", "collaborates_with", "takes_part_in")


class Naming(StrEnum):
    """Whether a ranking may name organisations."""

    FULL = "full"
    CAUTION = "caution"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of ``open_count`` organisations that are open, something has been told of ``told_count``."""

    told_count: int
    open_count: int

    @property
    def share(self) -> float:
        """Return the share in [0, 1]; 1 where there is nobody of whom anything could be missing."""
        return self.told_count / self.open_count if self.open_count else 1.0

    @property
    def naming(self) -> Naming:
        """Return ``withheld`` below 65 %, ``caution`` below 80 %, ``full`` from there on."""
        if self.share < WITHHELD_BELOW:
            return Naming.WITHHELD
        return Naming.CAUTION if self.share < CAUTION_BELOW else Naming.FULL


def coverage_of(network: Network) -> Coverage:
    """Return for how many open organisations anything has been told."""
    return Coverage(
        told_count=int((has_answered(network) & network.is_open).sum()),
        open_count=int(network.is_open.sum()),
    )


def has_answered(network: Network) -> npt.NDArray[np.bool_]:
    """Return bool[n]: of whom an offer, a need, a collaboration or a project role has been told."""
    count = len(network)
    told = np.zeros(count, dtype=np.bool_)
    for kind in _KINDS:
        table = network.snapshot.tables[kind]
        known = ~np.asarray(table["inferred"], dtype=np.bool_)
        # A collaboration has an organisation at its other end too; other ends lie behind them all.
        for ends in (table["from_id"][known], table["to_id"][known]):
            told[ends[ends < count]] = True
    return told
