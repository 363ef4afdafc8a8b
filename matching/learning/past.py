"""Past collaborations with their days, as arrays: what a model learns from, and predicts with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.errors import NotEnoughHistory
from matching.leading import does_lead
from matching.network import LARGEST_CONSORTIUM, Network, row_of

__all__ = ["DAY", "Days", "Floats32", "Past", "counted", "normalised"]

Days = npt.NDArray[np.int64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DAY = "datetime64[D]"


@dataclass(frozen=True, eq=False)
class Past:
    """What has been done together before ``day`` (days since 1970).

    ``members`` (n × m, ones) says who took part in which undertaking, a project or a collaboration
    of two; ``leads`` who led it. ``starts`` (int64[m]) are the days on which they began, and
    ``themes`` (m × t, ones) what they are on, ``programmes`` (int64[m]) under which programme, -1
    for none. ``places`` and ``kinds`` (int64[n]) number where each organisation is based and what
    type it is of. ``is_open`` (bool[n]) rules the closed ones out.
    """

    day: int
    members: sparse.csr_array
    leads: sparse.csr_array
    starts: Days
    themes: sparse.csr_array
    programmes: Ints
    places: Ints
    kinds: Ints
    is_open: Mask

    @classmethod
    def of(cls, network: Network) -> Past:
        """Return the past of a network, by the day after the last undertaking began.

        That day, and not the network's own, makes a model rank the same whether it is asked on the
        last day of its history or a year later. What has no day counts as begun on the first.
        Raises NotEnoughHistory where nothing that was done together has a day.
        """
        tables = network.snapshot.tables
        roles = tables["takes_part_in"]
        is_lead = does_lead(roles["role"])
        offset = network.snapshot.offsets["project"]
        count = network.projects.shape[1]
        led = sparse.csr_array(
            (
                np.ones(int(is_lead.sum()), dtype=np.float32),
                (roles["from_id"][is_lead], roles["to_id"][is_lead] - offset),
            ),
            shape=(len(network), count),
        )
        pairs, since = _collaborations(network)
        starts = np.concatenate((_project_starts(network), since))
        joint = np.diff(network.projects.T.tocsr().indptr) > 1
        dated = ~np.isnat(starts)
        counts = dated & np.concatenate((joint, np.ones(len(since), dtype=bool)))
        if not counts.any():
            raise NotEnoughHistory(
                "Joint projects with a start date",
                found=0,
                needed=1,
                remedy="Import a history of projects with their start dates.",
            )
        days = starts.astype(np.int64)
        members = _binary(sparse.hstack((network.projects, pairs), format="csr"))
        held = np.diff(members.T.tocsr().indptr) > 0
        last = int(days[dated & held].max())
        return cls(
            day=last + 1,
            members=members,
            leads=_binary(sparse.hstack((led, sparse.csr_array(pairs.shape)), format="csr")),
            starts=np.where(dated, days, int(days[dated].min())),
            themes=_themes(network, count, pairs.shape[1]),
            programmes=_programmes(network, pairs.shape[1]),
            places=_codes(network.offices, network.places),
            kinds=_numbered(tables["organisation"]["organisation_type"]),
            is_open=network.is_open,
        ).before(last + 1)

    def before(self, day: int) -> Past:
        """Return what was known before ``day``."""
        begun = (self.starts < day).astype(np.float32)
        return replace(
            self,
            day=day,
            members=_scaled(self.members, begun),
            leads=_scaled(self.leads, begun),
        )

    def __len__(self) -> int:
        return int(self.members.shape[0])

    @cached_property
    def sizes(self) -> Floats32:
        """Return float32[m]: how many took part."""
        found = np.bincount(self.members.indices, minlength=self.members.shape[1])
        return found.astype(np.float32)

    @cached_property
    def ages(self) -> Floats32:
        """Return float32[m]: days since each undertaking began; what is to come has weight 0."""
        return np.maximum(self.day - self.starts, 0).astype(np.float32)

    @cached_property
    def joint(self) -> sparse.csr_array:
        """Return ``members`` in undertakings of 2 to 60, those that make partners."""
        is_joint = (self.sizes > 1) & (self.sizes <= LARGEST_CONSORTIUM)
        return _scaled(self.members, is_joint.astype(np.float32))

    @cached_property
    def ties(self) -> sparse.csr_array:
        """Return n × n: 1 for two who have been in one undertaking."""
        return counted(self.joint, np.ones(self.joint.shape[1], dtype=np.float32), binary=True)

    @cached_property
    def subjects(self) -> sparse.csr_array:
        """Return n × t: how many undertakings each shared in on each theme."""
        return sparse.csr_array(self.joint @ self.themes)

    @cached_property
    def rarity(self) -> npt.NDArray[np.float64]:
        """Return float64[t]: ln((n + 1) / (organisations on a theme + 1))."""
        held_by = np.bincount(self.subjects.indices, minlength=self.subjects.shape[1])
        return np.asarray(np.log((len(self) + 1) / (held_by + 1)))

    @cached_property
    def is_known(self) -> Mask:
        """Return bool[n]: who has taken part in anything at all."""
        return np.diff(self.members.indptr) > 0

    def new_partners(self, later: Past) -> sparse.csr_array:
        """Return n × n: who is known here and works together later, but did not yet."""
        known = sparse.diags_array(self.is_known.astype(np.float32))
        fresh = sparse.csr_array(later.ties - later.ties.multiply(self.ties))
        fresh = sparse.csr_array(known @ fresh @ known)
        fresh.eliminate_zeros()
        fresh.sort_indices()
        return fresh


def counted(
    members: sparse.csr_array, weights: Floats32, *, binary: bool = False
) -> sparse.csr_array:
    """Return n × n, no diagonal: the summed weights of what two took part in together."""
    half = _scaled(members, np.sqrt(weights))
    together = sparse.csr_array(half @ half.T).astype(np.float32)
    together.setdiag(0)
    together.eliminate_zeros()
    if binary:
        together.data[:] = 1
    together.sort_indices()
    return together


def normalised(matrix: sparse.csr_array) -> tuple[sparse.csr_array, Floats32]:
    """Return D^-½ A D^-½ and D^½ of a symmetric matrix A with row sums D; 0 for empty rows."""
    degrees = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    roots = np.sqrt(degrees)
    inverse = np.divide(1, roots, out=np.zeros_like(roots), where=roots > 0)
    scaled = sparse.diags_array(inverse) @ matrix @ sparse.diags_array(inverse)
    return sparse.csr_array(scaled).astype(np.float32), roots.astype(np.float32)


def _scaled(matrix: sparse.csr_array, columns: Floats32) -> sparse.csr_array:
    # A copy: taking zeros out moves the indices in place.
    made = sparse.csr_array(matrix, copy=True)
    made.data = made.data * columns[made.indices]
    made.eliminate_zeros()
    return made


def _binary(matrix: sparse.csr_array) -> sparse.csr_array:
    made = sparse.csr_array(matrix).astype(np.float32)
    made.sum_duplicates()
    made.data[:] = 1
    return made


def _project_starts(network: Network) -> npt.NDArray[np.datetime64]:
    """Return when each project began: on its own day, else on the first day of a role in it."""
    tables = network.snapshot.tables
    own = tables["project"]["starts_on"].astype(DAY)
    roles = tables["takes_part_in"]
    columns = roles["to_id"] - network.snapshot.offsets["project"]
    days = roles["starts_on"].astype(DAY)
    first = np.full(len(own), np.iinfo(np.int64).max, dtype=np.int64)
    told = ~np.isnat(days)
    np.minimum.at(first, columns[told], days[told].astype(np.int64))
    by_role = np.where(first == np.iinfo(np.int64).max, np.datetime64("NaT"), first.astype(DAY))
    return np.asarray(np.where(np.isnat(own), by_role, own), dtype=DAY)


def _collaborations(network: Network) -> tuple[sparse.csr_array, npt.NDArray[np.datetime64]]:
    """Return n × pairs with two ones a column, and the day since when each has stood."""
    table = network.snapshot.tables["collaborates_with"]
    starts, ends = table["from_id"], table["to_id"]
    mine = ~np.asarray(table["inferred"], dtype=bool)
    if network.as_of is not None:
        mine &= ~(table["since"].astype(DAY) > np.datetime64(network.as_of, "D"))
    rows = np.concatenate((starts[mine], ends[mine]))
    count = int(mine.sum())
    columns = np.tile(np.arange(count), 2)
    made = sparse.csr_array(
        (np.ones(2 * count, dtype=np.float32), (rows, columns)), shape=(len(network), count)
    )
    return made, table["since"].astype(DAY)[mine]


def _themes(network: Network, projects: int, pairs: int) -> sparse.csr_array:
    """Return undertakings × themes; a collaboration of two says nothing of its theme."""
    table = network.snapshot.tables["works_on"]
    first = network.snapshot.offsets["project"]
    of_project = (table["from_id"] >= first) & (table["from_id"] < first + projects)
    rows = table["from_id"][of_project] - first
    columns = table["to_id"][of_project] - network.snapshot.offsets["theme"]
    count = len(network.snapshot.tables["theme"])
    made = sparse.csr_array(
        (np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(projects + pairs, count)
    )
    return _binary(made)


def _programmes(network: Network, pairs: int) -> Ints:
    named = _numbered(network.snapshot.tables["project"]["programme"]) - 1
    return np.concatenate((named, np.full(pairs, -1, dtype=np.int64)))


def _numbered(words: Iterable[str]) -> Ints:
    """Return a number for each different word, 0 for none."""
    plain = np.array([str(word) for word in words], dtype=np.str_)
    labels, codes = np.unique(plain, return_inverse=True)
    return codes.astype(np.int64) + (0 if len(labels) and labels[0] == "" else 1)


def _codes(offices: sparse.csr_array, places: sparse.csr_array) -> Ints:
    """Return int64[n]: the first office of each, else the first place; 0 where none is known."""
    found = np.zeros(offices.shape[0], dtype=np.int64)
    for matrix in (places, offices):
        held = np.flatnonzero(np.diff(matrix.indptr) > 0)
        found[held] = [int(row_of(matrix, row)[0]) + 1 for row in held.tolist()]
    return found
