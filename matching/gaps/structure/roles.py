"""What organisations are to the network, each by one rule that anybody can check.

- Broker: others depend on it. Without it a group of at least five would be cut off, or a silo
  would lose its only way out; it is among the 5 % that most shortest ways lead through (Freeman
  1977); and at least half of its partners open a way of their own: its effective size, as a share
  of its partners, is 0.5 or more (efficiency, Burt 1992).
- Bridge: a cut point that is no broker: without it somebody, and be it one, would be cut off.
- Well connected: among the 5 % with most partners.
- On the edge: it hangs on the network by one thread: taken away when those with one partner are
  taken away again and again (core number 1, Seidman 1983).

Where equals would make more than 5 %, none of them counts. Of a very small network, one may.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.gaps.structure.core import EDGE, Zones
from matching.gaps.structure.cuts import Cuts
from matching.gaps.structure.findings import Role, RoleHolders
from matching.gaps.structure.ground import Ground
from matching.network import Floats, Ints

__all__ = ["role_holders"]

_TOP_SHARE = 0.05
_LEAST_GROUP = 5
_LEAST_EFFICIENCY = 0.5
_MOST_IDS = 200


def role_holders(
    ground: Ground,
    cuts: Cuts,
    zones: Zones,
    *,
    between: Floats,
    effective_size: Floats,
    only_ways: Ints,
    backbones: frozenset[int],
    is_named: bool,
) -> tuple[RoleHolders, ...]:
    """Return who has which role, in the order of ``Role``. Ids only if organisations are named."""
    connected = ground.degrees > 0
    brokers = np.intersect1d(
        np.union1d(np.flatnonzero(cuts.second_part >= _LEAST_GROUP), only_ways),
        np.intersect1d(_top(between, connected), _spanning(ground, effective_size)),
    )
    found = {
        Role.BROKER: brokers,
        Role.BRIDGE: np.setdiff1d(np.flatnonzero(cuts.cut_off), brokers),
        Role.WELL_CONNECTED: _top(ground.degrees.astype(np.float64), connected),
        Role.ON_THE_EDGE: np.flatnonzero(zones.zone == EDGE),
    }
    return tuple(
        RoleHolders(
            role=role,
            count=len(rows),
            of_count=int(connected.sum()),
            organisation_ids=ground.ids_of(rows)[:_MOST_IDS] if is_named else (),
            backbone_ids=ground.ids_of([row for row in rows.tolist() if row in backbones])
            if is_named
            else (),
        )
        for role, rows in found.items()
    )


def _top(values: Floats, among: npt.NDArray[np.bool_]) -> Ints:
    """Return the rows whose value, with all that equal it, is among the highest 5 %."""
    rows = np.flatnonzero(among)
    room = max(1, int(_TOP_SHARE * len(rows)))
    # Of equals the last counts: as many have this value or a larger one.
    last = len(rows) - np.searchsorted(np.sort(values[rows]), values[rows], side="left")
    return rows[(last <= room) & (values[rows] > 0)]


def _spanning(ground: Ground, effective_size: Floats) -> Ints:
    """Return the rows at least half of whose partners open a way of their own."""
    degrees = ground.degrees
    return np.flatnonzero((degrees >= 2) & (effective_size >= _LEAST_EFFICIENCY * degrees))
