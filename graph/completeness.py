"""What the network doesn't know yet: organisations without any place."""

from __future__ import annotations

import numpy as np

from graph.model import BasedIn, Organisation, WorksIn
from graph.snapshot import Snapshot

__all__ = ["unlocated"]


def unlocated(snapshot: Snapshot, *, with_closed: bool = False) -> list[str]:
    """Return the ids of organisations that have neither an office nor an area of operation.

    In order of id. Closed ones are left out unless asked for: nobody needs to find their place.
    """
    organisations = snapshot.tables[Organisation.kind]
    is_missing = np.ones(len(organisations), dtype=bool)
    start = snapshot.offsets[Organisation.kind]
    for tie in (WorksIn, BasedIn):
        rows = np.asarray(snapshot.tables[tie.kind]["from_id"], dtype=np.int64) - start
        # Projects work in places too; their rows are those of other tables.
        is_missing[rows[(rows >= 0) & (rows < len(organisations))]] = False
    if not with_closed:
        is_missing &= np.isnat(organisations["closed_on"])
    return [str(found) for found in organisations.ids[is_missing]]
