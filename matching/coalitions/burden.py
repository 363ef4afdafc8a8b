"""What a member costs a coalition, in shares of one member: the linear part of the objective.

===========  ======  =====================================================================
part         weight  value in [0, 1]
===========  ======  =====================================================================
member       1       1 for everybody: each further organisation has to be coordinated
distance     0.5     how far from the area it works (:func:`matching.coalitions.area.far_from`)
fit          0.25    share of the brief's themes and communities that it doesn't have
load         0.15    projects that it has running, 5 or more counting as 1
size         0.1     0 from an income of £100,000 up, 1 below £10,000; 0.5 unknown
===========  ======  =====================================================================

Source: weighted set cover with a cost for each team member (Lappas, Liu & Terzi 2009); the weights
are priors of this project. A small group is not ruled out, but joint work weighs more on it.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.coalitions.brief import Brief
from matching.hierarchy import narrower
from matching.leading import does_lead
from matching.network import Floats, Network

__all__ = ["PARTS", "WEIGHTS", "burdens", "count_of_projects"]

PARTS = ("member", "distance", "fit", "load", "size")
WEIGHTS: Floats = np.array([1.0, 0.5, 0.25, 0.15, 0.1])
_BUSY = 5
_LARGE = 5.0  # log10 of the income from which size is no burden


def burdens(network: Network, brief: Brief, far: Floats) -> Floats:
    """Return float64[n, 5]: the weighted parts for each organisation; they add up to its cost."""
    ones = np.ones(len(network))
    parts = (ones, far, _unfit(network, brief), _load(network), _smallness(network))
    return np.column_stack(parts) * WEIGHTS


def count_of_projects(network: Network, *, running: bool = False, led: bool = False) -> Floats:
    """Return float64[n]: the projects of each organisation, those running, or those it leads."""
    table = network.snapshot.tables["takes_part_in"]
    projects = network.snapshot.tables["project"]
    mine = network.projects
    if led:
        is_lead = does_lead(table["role"])
        ends = table["to_id"][is_lead] - network.snapshot.offsets["project"]
        pairs = np.unique(np.column_stack((table["from_id"][is_lead], ends)), axis=0)
        return np.bincount(pairs[:, 0], minlength=len(network))[: len(network)].astype(np.float64)
    if not running:
        return np.diff(mine.indptr).astype(np.float64)
    ends_on = projects["ends_on"]
    last = np.datetime64("NaT") if network.as_of is None else np.datetime64(network.as_of, "D")
    goes_on = np.isnat(ends_on) | (ends_on >= last)
    return np.asarray(mine @ goes_on.astype(np.float64), dtype=np.float64)


def _load(network: Network) -> Floats:
    return np.minimum(1, count_of_projects(network, running=True) / _BUSY)


def _smallness(network: Network) -> Floats:
    size = _LARGE - np.log10(1 + network.income)
    return np.asarray(np.nan_to_num(np.clip(size, 0, 1), nan=0.5), dtype=np.float64)


def _unfit(network: Network, brief: Brief) -> Floats:
    wanted = [(("theme"), network.themes, thing) for thing in brief.themes]
    wanted += [("community", network.communities, thing) for thing in brief.communities]
    if not wanted:
        return np.zeros(len(network))
    has = sum(_has(network, kind, matrix, thing) for kind, matrix, thing in wanted)
    return np.asarray(1 - has / len(wanted), dtype=np.float64)


def _has(network: Network, kind: str, matrix: sparse.csr_array, thing: str) -> Floats:
    """Return 1 for who has a thing or a narrower one."""
    inner = narrower(network, kind, (thing,))
    chosen = np.array([known in inner for known in network.thing_ids(kind)], dtype=np.float64)
    return np.asarray(matrix @ chosen > 0, dtype=np.float64)
