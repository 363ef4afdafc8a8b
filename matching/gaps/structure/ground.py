"""The open organisations and their ties in an order by lot: what all findings are worked out on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from matching.draws import drawn_order
from matching.network import Ints, Network

__all__ = ["Ground", "ground_of", "members_of", "pattern_of"]

Ends = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Ground:
    """Rows are organisations that are open, in an order by lot that our ids have no part in.

    ``ties`` (rows × rows, symmetric) holds ones: who works with whom, however strongly. ``number``
    is the number in the network of each row. Where a finding hangs on the order, as communities
    do, the same network under other ids gives the same finding.
    """

    network: Network
    ties: sparse.csr_array
    number: Ints

    def __len__(self) -> int:
        return len(self.number)

    @cached_property
    def starts(self) -> Ints:
        return self.ties.indptr.astype(np.int64)

    @cached_property
    def ends(self) -> Ends:
        return self.ties.indices.astype(np.int32)

    @cached_property
    def degrees(self) -> Ints:
        """Return how many open partners each has."""
        return np.diff(self.starts)

    @cached_property
    def component(self) -> Ints:
        """Return the number of the connected part that each is in."""
        return np.asarray(
            csgraph.connected_components(self.ties, directed=False)[1], dtype=np.int64
        )

    @cached_property
    def component_sizes(self) -> Ints:
        return np.bincount(self.component, minlength=0).astype(np.int64)

    @cached_property
    def component_ends(self) -> Ints:
        """Return how many ends of ties lie in each connected part: twice its ties."""
        found = np.zeros(len(self.component_sizes), dtype=np.int64)
        np.add.at(found, self.component, self.degrees)
        return found

    @property
    def tie_count(self) -> int:
        return len(self.ends) // 2

    def id_of(self, row: int) -> str:
        """Return the id of the organisation in a row."""
        return self.network.organisation_ids[int(self.number[row])]

    def ids_of(self, rows: Iterable[int] | Ints) -> tuple[str, ...]:
        """Return the ids of the organisations in these rows, in order of name."""
        names, ids = self.network.names, self.network.organisation_ids
        numbers = self.number[np.asarray(rows, dtype=np.int64)].tolist()
        return tuple(
            ids[at] for at in sorted(numbers, key=lambda at: (names[at].casefold(), ids[at]))
        )

    def by_name(self, row: int) -> tuple[str, str]:
        """Return what puts equals in order for a reader."""
        number = int(self.number[row])
        return self.network.names[number].casefold(), self.network.organisation_ids[number]


def ground_of(network: Network, seed: int) -> Ground:
    """Return the ground that a network's structure stands on."""
    order = np.argsort(drawn_order(network, seed), kind="stable")
    rows = order[network.is_open[order]]
    ties = sparse.csr_array(network.ties[rows][:, rows])
    return Ground(network, pattern_of(ties), rows.astype(np.int64))


def pattern_of(ties: sparse.csr_array) -> sparse.csr_array:
    """Return a matrix with a one for each tie, none from one to itself, its columns in order."""
    made = ties.tocoo()
    kept = (made.row != made.col) & (made.data != 0)
    ends = made.row[kept].astype(np.int32), made.col[kept].astype(np.int32)
    found = sparse.csr_array((np.ones(len(ends[0])), ends), shape=ties.shape)
    found.sum_duplicates()
    found.data[:] = 1
    return found


def members_of(label: Ints, numbers: Iterable[int]) -> list[Ints]:
    """Return the rows of each of these groups."""
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(int(label.max(initial=-1)) + 2))
    return [order[bounds[each] : bounds[each + 1]] for each in numbers]
