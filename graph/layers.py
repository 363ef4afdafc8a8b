"""Layers of a snapshot that can be switched off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph.snapshot import Snapshot, Table

__all__ = ["without_inferred"]


def without_inferred(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with nothing in it but what somebody told.

    Taken out before anything is computed, as what a reader may not see is: so no score, count or
    order rests on a guess.
    """
    return snapshot.restricted({kind: _told(table) for kind, table in snapshot.tables.items()})


def _told(table: Table) -> npt.NDArray[np.bool_]:
    return ~np.asarray(table["inferred"], dtype=np.bool_)
