"""Layers of a snapshot that can be switched off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph.model import RELATIONSHIP_KINDS
from graph.snapshot import Snapshot, Table

__all__ = ["without_confidential", "without_inferred"]


def without_inferred(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with nothing in it but what somebody told.

    Taken out before anything is computed, as what a reader may not see is: so no score, count or
    order rests on a guess.
    """
    return snapshot.restricted({kind: _told(table) for kind, table in snapshot.tables.items()})


def without_confidential(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot without vetoes and introductions, for whatever may travel further."""
    kept = {kind: np.ones(len(table), dtype=np.bool_) for kind, table in snapshot.tables.items()}
    for tie_kind in RELATIONSHIP_KINDS:
        if tie_kind.is_confidential:
            kept[tie_kind.kind][:] = False
    return snapshot.restricted(kept)


def _told(table: Table) -> npt.NDArray[np.bool_]:
    return ~np.asarray(table["inferred"], dtype=np.bool_)
