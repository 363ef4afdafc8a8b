"""What a history of joint work can't judge: needs, offers, people served and goals.

Its signals keep their prior weights and are added to the learned log-odds.
"""

from __future__ import annotations

import numpy as np

from matching.learning.past import Floats32, Ints
from matching.network import Network
from matching.scoring import ONE_SIDEDNESS
from matching.signals import SIGNALS, Signal
from matching.suggestion import Direction

__all__ = ["KEPT", "kept_points", "kept_signals"]

KEPT = ("needs_met", "offers_taken", "shared_communities", "shared_goals")


def kept_signals() -> tuple[Signal, ...]:
    """Return the signals that are kept as they are."""
    return tuple(signal for signal in SIGNALS if signal.name in KEPT)


def kept_points(network: Network, rows: Ints) -> Floats32 | None:
    """Return n × B points of the kept signals, less one-sidedness; None where all are nought."""
    everybody = np.arange(len(network))
    found = np.zeros((len(network), len(rows)), dtype=np.float32)
    for column, row in enumerate(rows.tolist()):
        sums = {direction: np.zeros(len(network)) for direction in Direction}
        for signal in kept_signals():
            sums[signal.direction] += signal.points(network, row, everybody)
        gets, gives = sums[Direction.GETS], sums[Direction.GIVES]
        found[:, column] = gets + gives + sums[Direction.SHARED]
        found[:, column] -= ONE_SIDEDNESS * np.abs(gets - gives)
    return found if found.any() else None
