"""What matching returns: a partner, a score, and the reasons that add up to it. Data, not prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Chance", "Direction", "Evidence", "Reason", "Suggestion"]


class Direction(StrEnum):
    """Which way a reason points, seen from the organisation that looks for partners."""

    GETS = "gets"
    GIVES = "gives"
    SHARED = "shared"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason as a signal gives it: points, what they are about, and the facts behind them.

    ``about`` is the id of the skill, theme, place or go-between that the points are for, or "";
    ``facts`` are ids of nodes and ties of the snapshot. ``count`` is how many things of the kind of
    ``about`` stand behind the points, where ``about`` names only the weightiest.
    """

    points: float
    about: str
    facts: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the explanation. ``points`` are log-odds; all reasons sum to the score.

    ``signal`` names the signal that gave them; ``about`` and ``about_name`` what they are for (the
    skill met, the theme shared, the weightiest of ``count`` partners in common); ``evidence`` are
    the ids of the facts that they rest on.
    """

    signal: str
    direction: Direction
    points: float
    about: str
    about_name: str
    evidence: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a pair is to work together within three months, with its 95 % interval.

    ``pairs`` are the like pairs that it was counted on.
    """

    share: float
    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested partner. ``gets`` and ``gives`` are the points of the two one-way reasons.

    ``reasons`` come strongest first; ``sum(reason.points for reason in reasons) == score`` to 1e-9.
    """

    organisation_id: str
    partner_id: str
    partner_name: str
    score: float
    gets: float
    gives: float
    reasons: tuple[Reason, ...]
    chance: Chance | None = field(default=None, kw_only=True)
    """How likely they come to work together; None where the weights are priors, not learned."""
