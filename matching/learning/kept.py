"""What a history of joint work can't judge: needs, offers, people served and goals.

Its signals keep their prior weights and are added to the learned log-odds.
"""

from __future__ import annotations

import numpy as np

from matching.learning.past import Floats32, Ints
from matching.network import Network
from matching.scoring import score
from matching.signals import SIGNALS, Signal

__all__ = ["KEPT", "kept_points"]

_NAMES = ("needs_met", "offers_taken", "shared_communities", "shared_goals")
KEPT: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if signal.name in _NAMES)
"""The signals that are kept as they are."""


def kept_points(network: Network, rows: Ints) -> Floats32 | None:
    """Return n × B points of the kept signals, less one-sidedness; None where all are nought."""
    everybody = np.arange(len(network))
    found = np.zeros((len(network), len(rows)), dtype=np.float32)
    for column, row in enumerate(rows.tolist()):
        found[:, column] = score(network, row, everybody, KEPT).total
    return found if found.any() else None
