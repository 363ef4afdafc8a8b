"""What the conditions share: a part of a whole, and what was so by a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.snapshot import Table
from matching.network import Ints, Network

__all__ = ["Part", "ids_at", "links", "open_pairs", "so_by_then"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """``count`` of ``of``; ``share`` is in [0, 1], or None where there is nothing to count."""

    count: int
    of: int
    share: float | None

    @classmethod
    def out_of(cls, count: int, of: int) -> Part:
        """Return ``count`` of ``of`` with its share."""
        return cls(int(count), int(of), int(count) / int(of) if of else None)


def so_by_then(network: Network, days: npt.NDArray[np.datetime64]) -> Flags:
    """Return bool[days]: not known to be later than the day of the network, if it has one."""
    if network.as_of is None:
        return np.ones(len(days), dtype=np.bool_)
    return np.isnat(days) | (days <= np.datetime64(network.as_of, "D"))


def ids_at(network: Network, numbers: Any) -> tuple[str, ...]:
    """Return the ids of organisations by their numbers, in the order given."""
    return tuple(
        network.snapshot.tables["organisation"].ids[np.asarray(numbers, dtype=np.int64)].tolist()
    )


def links(
    network: Network, table: Table, rows: Flags, kind: str, *, from_kind: str = "organisation"
) -> sparse.csr_array:
    """Return bool[from_kind × kind]: which ties of a table there are, in these of its rows.

    Ties from other kinds of node, and from organisations that have closed, are left out.
    """
    tables, offsets = network.snapshot.tables, network.snapshot.offsets
    start, size = offsets[from_kind], len(tables[from_kind])
    ends = table["from_id"].astype(np.int64) - start
    mine = rows & (ends >= 0) & (ends < size)
    if from_kind == "organisation":
        mine[mine] = network.is_open[ends[mine]]
    columns = table["to_id"][mine].astype(np.int64) - offsets[kind]
    shape = (size, len(tables[kind]))
    made = sparse.coo_array((np.ones(len(columns), dtype=np.bool_), (ends[mine], columns)), shape)
    return sparse.csr_array(made)


def open_pairs(network: Network) -> tuple[Ints, Ints]:
    """Return the ties between open organisations, each once: (first, second), first < second."""
    upper = sparse.coo_array(sparse.triu(network.ties, k=1))
    first, second = (np.asarray(ends, dtype=np.int64) for ends in (upper.row, upper.col))
    both = network.is_open[first] & network.is_open[second]
    return first[both], second[both]
