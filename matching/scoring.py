"""How points become a score: they are added, less a term for one-sidedness.

Formula: score = gets + gives + shared - λ · |gets - gives|, λ = 0.5. With 0 ≤ λ < 1 the score is
additive, never rises when a fact for it goes, never falls when a need is met, and a one-sided pair
can't outrank a mutual one of equal strength (gets + gives).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.network import Floats, Ints, Network
from matching.signals import SIGNALS, Signal
from matching.suggestion import Direction, Reason

__all__ = ["BALANCE", "ONE_SIDEDNESS", "WEIGHTS", "Scores", "explain", "score"]

ONE_SIDEDNESS = 0.5
WEIGHTS = "prior, not learned"
"""Where the weights of the signals come from: set by hand, so a score is no chance."""
BALANCE = "balance"
"""Name of the reason that counts one-sidedness against a pair."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a pool for one organisation; each float64[len(pool)], in log-odds."""

    total: Floats
    gets: Floats
    gives: Floats
    is_grounded: npt.NDArray[np.bool_]
    """Whether anything but a modifier speaks for the pair."""


def score(network: Network, i: int, pool: Ints, signals: Sequence[Signal] | None = None) -> Scores:
    """Return the scores of every organisation of ``pool`` as a partner for ``i``.

    By all signals, or by ``signals`` alone.
    """
    sums = {direction: np.zeros(len(pool)) for direction in Direction}
    is_grounded = np.zeros(len(pool), dtype=np.bool_)
    for signal in SIGNALS if signals is None else signals:
        points = signal.points(network, i, pool)
        sums[signal.direction] += points
        if signal.is_ground:
            is_grounded |= points > 0
    gets, gives = sums[Direction.GETS], sums[Direction.GIVES]
    total = gets + gives + sums[Direction.SHARED] - ONE_SIDEDNESS * np.abs(gets - gives)
    return Scores(total, gets, gives, is_grounded)


def explain(
    network: Network, i: int, j: int, signals: Sequence[Signal] | None = None
) -> tuple[Reason, ...]:
    """Return why ``j`` would suit ``i``, the strongest reason first; they sum to the score.

    By all signals, or by ``signals`` alone.
    """
    reasons = [
        Reason(
            signal=signal.name,
            direction=signal.direction,
            points=evidence.points,
            about=evidence.about,
            about_name=network.name_of(evidence.about) if evidence.about else "",
            evidence=evidence.facts,
            count=evidence.count,
        )
        for signal in (SIGNALS if signals is None else signals)
        for evidence in signal.evidence(network, i, j)
    ]
    reasons += _against(reasons)
    return tuple(sorted(reasons, key=lambda reason: (-reason.points, reason.signal, reason.about)))


def _against(reasons: list[Reason]) -> list[Reason]:
    """Return the reason against a one-sided pair; it rests on the facts of the heavier side."""
    sides = {
        direction: sum(reason.points for reason in reasons if reason.direction is direction)
        for direction in (Direction.GETS, Direction.GIVES)
    }
    difference = abs(sides[Direction.GETS] - sides[Direction.GIVES])
    if difference == 0:
        return []
    heavier = max(sides, key=lambda direction: sides[direction])
    facts = (fact for reason in reasons if reason.direction is heavier for fact in reason.evidence)
    return [
        Reason(
            signal=BALANCE,
            direction=Direction.AGAINST,
            points=-ONE_SIDEDNESS * difference,
            about=heavier.value,
            about_name="",
            evidence=tuple(dict.fromkeys(facts)),
        )
    ]
