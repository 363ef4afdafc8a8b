"""What a search is asked and what it answers, in arrays: without the compiler behind it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["NEVER", "Flags", "Ints", "Outcome", "Question"]

NEVER = 4 * 10**15
"""More than any team costs."""

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Question(NamedTuple):
    """Teams of exactly ``size`` among m candidates; ``alive`` m says who is still worth trying.

    ``masks`` u × m are earlier teams, of each of which at most ``limits`` u members may return.
    The others are as in :class:`matching.coalitions.candidates.Candidates`.
    """

    can: Flags
    skill_cost: Ints
    cost: Ints
    apart: Ints
    barred: Ints
    must: Flags
    leads: Ints
    idle: Flags
    each: int
    size: int
    alive: Flags
    masks: Ints
    limits: Ints


class Outcome(NamedTuple):
    """``cost`` of the best team below the limit given, NEVER if there is none, and its members.

    ``bound``: no team that was left untried costs less. NEVER where none was.
    """

    cost: int
    members: Flags
    bound: int
    nodes: int
