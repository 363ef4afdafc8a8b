"""The one place and the one theme that an organisation stands under where it can stand only once.

- Main place: of the places it works in, those that hold a narrower one of them left out, the one
  where most organisations work; if it names none, the same among its offices.
- Main theme: of the broadest themes, the one under which most of its own themes lie; if several,
  the one with most organisations.

Among equals the name first in the alphabet wins, so the answer never depends on order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Network

__all__ = ["UNKNOWN", "MainThings", "main_things"]

Ints = npt.NDArray[np.int64]

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class MainThings:
    """The main place and theme of each organisation, as column numbers; -1 for unknown."""

    place: Ints
    theme: Ints
    by_office: npt.NDArray[np.bool_]
    """True where the place is known from the office only."""


def main_things(network: Network) -> MainThings:
    """Return the main place and theme of every organisation; worked out once for a network."""
    return network.remembered("main_things", lambda: _assign(network))


def _assign(network: Network) -> MainThings:
    above = _ancestors(network, "place")
    place = _narrowest(network, network.places, above)
    office = _narrowest(network, network.offices, above)
    by_office = (place == UNKNOWN) & (office != UNKNOWN)
    return MainThings(np.where(by_office, office, place), _broadest(network), by_office)


def _narrowest(network: Network, things: sparse.csr_array, above: sparse.csr_array) -> Ints:
    """Return the most common column of each row, columns above another of the row left out."""
    held = _ones(things)
    kept = _ones(held - held.multiply(_ones(held @ above)))
    return _best(kept, _popularity(network, "place", kept))


def _broadest(network: Network) -> Ints:
    """Return for each organisation the top theme that holds most of its own themes."""
    count = len(network.thing_ids("theme"))
    tops = np.array([line[-1] for line in _lines(network, "theme")], dtype=np.int64)
    rolled = sparse.csr_array((np.ones(count), (np.arange(count), tops)), shape=(count, count))
    held = sparse.csr_array(_ones(network.themes) @ rolled)
    return _best(held, _popularity(network, "theme", held))


def _popularity(network: Network, kind: str, held: sparse.csr_array) -> Ints:
    """Return the rank of each column: 0 for the one in most rows, ties in order of name."""
    ids = network.thing_ids(kind)
    counts = np.bincount(held.indices, minlength=len(ids)).tolist()
    order = sorted(
        range(len(ids)),
        key=lambda column: (-counts[column], network.name_of(ids[column]), ids[column]),
    )
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    return rank


def _best(held: sparse.csr_array, rank: Ints) -> Ints:
    """Return the column with the largest entry of each row, the better rank among equals."""
    rows = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
    order = np.lexsort((rank[held.indices], -held.data, rows))
    best = np.full(held.shape[0], UNKNOWN, dtype=np.int64)
    # The last write wins, so the best of each row is written last.
    best[rows[order[::-1]]] = held.indices[order[::-1]]
    return best


def _lines(network: Network, kind: str) -> list[list[int]]:
    """Return each thing with what lies above it, narrowest first; a loop is cut where it closes."""
    ids = network.thing_ids(kind)
    column = {thing_id: number for number, thing_id in enumerate(ids)}
    parents = [column.get(parent) for parent in network.snapshot.tables[kind]["parent_id"].tolist()]
    lines = []
    for start in range(len(ids)):
        line, parent = [start], parents[start]
        while parent is not None and parent not in line:
            line.append(parent)
            parent = parents[parent]
        lines.append(line)
    return lines


def _ancestors(network: Network, kind: str) -> sparse.csr_array:
    """Return things × things: 1 where the column lies above the row."""
    lines = _lines(network, kind)
    rows = np.array([line[0] for line in lines for _ in line[1:]], dtype=np.int64)
    columns = np.array([above for line in lines for above in line[1:]], dtype=np.int64)
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(lines), len(lines)))


def _ones(things: sparse.csr_array) -> sparse.csr_array:
    made = sparse.csr_array(things, copy=True)
    made.eliminate_zeros()
    made.data[:] = 1
    return made
