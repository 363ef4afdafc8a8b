"""Cutting a history in two: what was known on a day, and who first worked together after it.

Nothing of the future may reach a ranking, not even its words: a project's title and themes are
known once it has begun. Only who is in the network, and what is said of an organisation itself
without a date, is taken as known all along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.layers import without_inferred
from graph.model import NODE_KINDS, RELATIONSHIP_KINDS
from graph.snapshot import Snapshot, Table
from matching.errors import NotEnoughHistory
from matching.network import Ints, Network

__all__ = ["Split", "known_before", "split_at"]

_BEGINNINGS = ("since", "starts_on", "awarded_on", "decided_on")
_LASTING = frozenset({"organisation", "project"})
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Split:
    """A history cut at a day; organisations have the same numbers on both sides.

    ``is_known`` (bool[n]): has worked in a project, or with somebody, before the cutoff.
    ``new_pairs`` (n × n, symmetric, ones): who first worked together at or after it.
    ``undated`` projects are in neither half.
    """

    cutoff: date
    before: Network
    is_known: Mask
    new_pairs: sparse.csr_array
    undated: int

    @property
    def queries(self) -> Ints:
        """Return the known organisations that find a new partner among the known ones."""
        return np.flatnonzero(self.is_known & self._finds())

    @property
    def cold_starts(self) -> Ints:
        """Return the organisations without a past that then work with a known one."""
        return np.flatnonzero(~self.is_known & self._finds())

    def partners(self, rows: Ints) -> sparse.csr_array:
        """Return len(rows) × n: the known organisations that each works with only after."""
        known = sparse.diags_array(self.is_known.astype(np.float64))
        found = sparse.csr_array(self.new_pairs[rows] @ known)
        found.eliminate_zeros()
        found.sort_indices()
        return found

    def _finds(self) -> Mask:
        return np.asarray(self.new_pairs @ self.is_known.astype(np.float64) > 0)


def split_at(snapshot: Snapshot, cutoff: date) -> Split:
    """Cut a history at ``cutoff``; whoever only pays for a project is no partner in it.

    Raises NotEnoughHistory if nobody has worked together before, or no known ones first do after.
    """
    starts = snapshot.tables["project"]["starts_on"]
    undated = np.isnat(starts)
    before = Network.compile(known_before(snapshot, cutoff), as_of=cutoff, with_inferred=False)
    kept = {kind: np.ones(len(table), dtype=np.bool_) for kind, table in snapshot.tables.items()}
    ever = Network.compile(snapshot.restricted({**kept, "project": ~undated}), with_inferred=False)
    new = sparse.csr_array((ever.ties > 0).astype(np.float64))
    new = sparse.csr_array(new - new.multiply(before.agreed > 0))
    new.eliminate_zeros()
    split = Split(
        cutoff=cutoff,
        before=before,
        is_known=(np.diff(before.projects.indptr) > 0) | (before.degrees > 0),
        new_pairs=new,
        undated=int(undated.sum()),
    )
    _require(before.ties.nnz, f"Pairs that worked together before {cutoff}", snapshot)
    _require(
        len(split.queries),
        f"Organisations known before {cutoff} that find a new partner at or after it",
        snapshot,
    )
    return split


def known_before(snapshot: Snapshot, cutoff: date) -> Snapshot:
    """Return what was known before a day, by the dates in the facts.

    Left out are projects that begin at or after it or on no known day, roles and collaborations
    that begin then, all ties to these, things that only they speak of, closures to come, and
    whatever was worked out: there is no telling from which texts.
    """
    day = np.datetime64(cutoff, "D")
    snapshot = without_inferred(snapshot)
    kept = {kind: _has_begun(table, day) for kind, table in snapshot.tables.items()}
    kept["project"] &= ~np.isnat(snapshot.tables["project"]["starts_on"])
    # What became of an introduction on no known day may tell what is to be foreseen.
    kept["introduced_to"] &= ~np.isnat(snapshot.tables["introduced_to"]["decided_on"])
    left = _without_loose_ends(snapshot, snapshot.restricted(kept))
    bodies = left.tables["organisation"]
    closed_on = bodies["closed_on"].copy()
    closed_on[closed_on >= day] = np.datetime64("NaT")
    still_open = Table(bodies.kind, bodies.ids, {**bodies.columns, "closed_on": closed_on})
    return replace(left, tables={**left.tables, "organisation": still_open})


def _require(found: int, what: str, snapshot: Snapshot) -> None:
    if found:
        return
    days = snapshot.tables["project"]["starts_on"]
    days = days[~np.isnat(days)]
    span = f"projects begin from {days.min()} to {days.max()}" if len(days) else "none has a date"
    raise NotEnoughHistory(
        what, found=0, needed=1, remedy=f"Choose another day: {span}, or bring a longer history."
    )


def _has_begun(table: Table, day: np.datetime64) -> Mask:
    begun = np.ones(len(table), dtype=np.bool_)
    for name in _BEGINNINGS:
        if name in table.columns:
            begun &= ~(table[name] >= day)
    return begun


def _without_loose_ends(whole: Snapshot, left: Snapshot) -> Snapshot:
    """Drop the themes, places and so on that only what has gone spoke of."""
    spoken_of, still = _spoken_of(whole), _spoken_of(left)
    kept = {kind: np.ones(len(table), dtype=np.bool_) for kind, table in left.tables.items()}
    for kind in (kind.kind for kind in NODE_KINDS if kind.kind not in _LASTING):
        ids = left.tables[kind].ids.tolist()
        kept[kind] = np.array(
            [node_id in still or node_id not in spoken_of for node_id in ids], dtype=np.bool_
        )
    return left.restricted(kept)


def _spoken_of(snapshot: Snapshot) -> set[str]:
    """Return the ids of nodes that have a tie, and of what stands above them."""
    is_tied = np.zeros(len(snapshot.node_ids), dtype=np.bool_)
    for table in (snapshot.tables[kind.kind] for kind in RELATIONSHIP_KINDS):
        is_tied[table["from_id"]] = True
        is_tied[table["to_id"]] = True
    above: dict[str, str] = {}
    for table in (snapshot.tables[kind.kind] for kind in NODE_KINDS):
        if "parent_id" in table.columns:
            above.update(zip(table.ids.tolist(), table["parent_id"].tolist(), strict=True))
    found = set(snapshot.node_ids[is_tied].tolist())
    waiting = list(found)
    while waiting:
        parent = above.get(waiting.pop(), "")
        if parent and parent not in found:
            found.add(parent)
            waiting.append(parent)
    return found
