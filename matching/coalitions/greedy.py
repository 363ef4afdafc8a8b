"""An answer at once: whoever costs least for each skill that is new."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.coalitions.candidates import Candidates
from matching.coalitions.teams import Team, team_of

__all__ = ["greedy"]


def greedy(candidates: Candidates, *, without: Collection[int] = ()) -> Team | None:
    """Return a coalition made by adding, each time, whoever costs least for each new skill.

    Source: the greedy rule of weighted set cover (Chvátal 1979). None where it runs into a dead
    end, which doesn't mean that there is no coalition.
    """
    brief = candidates.brief
    members = np.flatnonzero(candidates.must).tolist()
    free = ~candidates.must & ~candidates.barred[members].any(axis=0)
    free[list(without)] = False
    while True:
        open_skills = _open_skills(candidates, members)
        needs_lead = not candidates.leads[members].any()
        is_whole = not open_skills.any() and not needs_lead
        if is_whole and len(members) >= brief.min_members:
            return team_of(candidates, members)
        if len(members) >= brief.max_members:
            return None
        gain = np.minimum((candidates.can & open_skills).sum(axis=1), brief.skills_each)
        gain = gain + (candidates.leads & needs_lead)
        if is_whole:
            # To be enough, members share what they could answer for.
            gain = candidates.can.any(axis=1).astype(np.int64)
        at = np.flatnonzero(free & (gain > 0))
        if len(at) == 0:
            return None
        price = candidates.cost[at] + candidates.apart[at][:, members].sum(axis=1)
        chosen = int(at[np.argmin(price / gain[at])])
        members.append(chosen)
        free[chosen] = False
        free &= ~candidates.barred[chosen]


def _open_skills(candidates: Candidates, members: list[int]) -> npt.NDArray[np.bool_]:
    """Return which skills are open when members divide the others among them as best they can."""
    if not members:
        return np.ones(len(candidates.brief.needs), dtype=np.bool_)
    slots = np.repeat(np.array(members), candidates.brief.skills_each)
    offered = sparse.csr_array(candidates.can[slots].astype(np.int8))
    return np.asarray(maximum_bipartite_matching(offered, perm_type="row") < 0)
