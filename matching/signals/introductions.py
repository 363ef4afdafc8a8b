"""What the two signals of past introductions share: who was introduced to whom, and how it went."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.model import Introduction, IntroductionState
from matching.network import Floats, Ints, Network

__all__ = ["Past", "past"]

_SUCCESS = {IntroductionState.MET: 0.5, IntroductionState.COLLABORATING: 1.0}
_FAILURE = (IntroductionState.DECLINED, IntroductionState.LAPSED)


class Past(NamedTuple):
    """One entry an introduction that this audience may see.

    ``success`` is 0.5 for a pair that met and 1 for one that collaborates, less where it was of
    little use; ``has_failed`` marks what was declined or lapsed.
    """

    starts: Ints
    ends: Ints
    success: Floats
    has_failed: npt.NDArray[np.bool_]
    facts: tuple[str, ...]


def past(network: Network) -> Past:
    """Return the past introductions of a network; they are kept with it."""
    return network.remembered("introductions.past", lambda: _past(network))


def _past(network: Network) -> Past:
    table = network.snapshot.tables[Introduction.kind]
    state = table["state"]
    worth = np.array([_SUCCESS.get(label, 0.0) for label in state.labels])
    failed = np.array([label in _FAILURE for label in state.labels], dtype=np.bool_)
    success = worth[state.codes] if len(worth) else np.zeros(0)
    useful = np.nan_to_num(table["usefulness"].astype(np.float64), nan=1.0)
    return Past(
        starts=table["from_id"].astype(np.int64),
        ends=table["to_id"].astype(np.int64),
        success=success * (1 + useful) / 2,
        has_failed=failed[state.codes] if len(failed) else np.zeros(0, dtype=np.bool_),
        facts=tuple(table.id_at(row) for row in range(len(table))),
    )
