"""What an analysis of structure finds: ids, counts and what they are counts of. No sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.gaps.coverage import Coverage, Naming

__all__ = [
    "BridgingTie",
    "CorePeriphery",
    "CutPoint",
    "Ranked",
    "Ranking",
    "Role",
    "RoleHolders",
    "Share",
    "Silo",
    "SiloGap",
    "Structure",
    "Way",
]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group have a thing, such as a main place, in common."""

    thing_id: str
    organisation_count: int


@dataclass(frozen=True, slots=True)
class Way:
    """An organisation at one end of ties into or out of a group, and how many they are."""

    organisation_id: str
    tie_count: int


@dataclass(frozen=True, slots=True)
class Silo:
    """A group that keeps to itself: each member has more ties inside than outside.

    Of the ``inner_ties`` and ``outer_ties``, chance would have led ``expected_outer_ties`` outside
    (ties dealt out by lot, everybody keeping as many as they have). ``outward_share`` of the ends
    of its members' ties lie outside; ``chance_outward_share`` is the smallest that the same search
    found in a group of like size when ties were dealt out by lot, None where it found no such
    group. ``gatekeepers`` are the members with a tie outside, ``joined_through`` the others at
    their far ends; both are empty where no organisations may be named. ``places`` and ``themes``
    are the three most common main ones.
    """

    member_ids: tuple[str, ...]
    inner_ties: int
    outer_ties: int
    expected_outer_ties: float
    outward_share: float
    chance_outward_share: float | None
    gatekeepers: tuple[Way, ...]
    joined_through: tuple[Way, ...]
    places: tuple[Share, ...]
    themes: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class SiloGap:
    """Two silos, by their numbers in ``Structure.silos``, with no tie or one between them.

    ``between_ids``: organisations in neither with ties to both, who could introduce them; empty
    where no organisations may be named.
    """

    first: int
    second: int
    tie_count: int
    between_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CutPoint:
    """An organisation without which its part of the network would fall apart.

    The others would be left in parts of ``part_sizes``, largest first; all but the largest count
    as cut off: ``cut_off_count``, of which ``cut_off_ids`` has at most the first 200.
    """

    organisation_id: str
    cut_off_count: int
    part_sizes: tuple[int, ...]
    cut_off_ids: tuple[str, ...]
    is_backbone: bool


@dataclass(frozen=True, slots=True)
class BridgingTie:
    """A tie without which the network would fall in two: the smaller part counts as cut off.

    ``second_id`` is on the side that is cut off; ``cut_off_ids`` has at most the first 200.
    """

    first_id: str
    second_id: str
    cut_off_count: int
    cut_off_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An organisation in a ranking; equal values share a rank, held by ``tied_count`` of them.

    ``value`` and ``standard_error`` in the unit of the ranking; ``share`` is the value as a share
    of the most that there could be. The rank lies between ``rank_low`` and ``rank_high``, given
    what hasn't been told and, where paths were sampled, chance. ``constraint`` (Burt 1992) is low
    for who joins others that don't know each other; ``effective_size`` says how many of its
    ``partner_count`` partners open a way of their own.
    """

    organisation_id: str
    value: float
    standard_error: float
    share: float
    rank: int
    tied_count: int
    rank_low: int
    rank_high: int
    partner_count: int
    constraint: float
    effective_size: float
    is_backbone: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first of ``ranked_count`` organisations with partners, by how much leads through them.

    Shortest ways were looked for from ``source_count`` of them: from all where ``is_exact``.
    ``deletions`` networks with as many organisations missing as told nothing stand behind the
    ranks' ranges; 0 where everybody has told.
    """

    rows: tuple[Ranked, ...]
    ranked_count: int
    source_count: int
    is_exact: bool
    deletions: int


class Role(StrEnum):
    """What an organisation is to the network. Each has its rule in ``roles.py``."""

    BROKER = "broker"
    BRIDGE = "bridge"
    WELL_CONNECTED = "well connected"
    ON_THE_EDGE = "on the edge"


@dataclass(frozen=True, slots=True)
class RoleHolders:
    """How many of ``of_count`` organisations with partners have a role, and which.

    ``organisation_ids`` is empty where none may be named, and has at most the first 200.
    """

    role: Role
    count: int
    of_count: int
    organisation_ids: tuple[str, ...]
    backbone_ids: tuple[str, ...]
    """Those of them that are so by their very job; empty where none may be named."""


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """How many are at the core, in the middle and on the edge; without partners they are in none.

    ``core_fit`` in [-1, 1]: how well “all of the core work together, none of the others do”
    describes the network (the correlation of Borgatti & Everett 2000); None where it can't be
    said. ``deepest_core`` is the largest k such that some organisations all have k partners among
    themselves (Seidman 1983), and ``deepest_core_count`` how many these are. ``core_ids`` is empty
    where no organisations may be named.
    """

    core_count: int
    middle_count: int
    edge_count: int
    core_fit: float | None
    deepest_core: int
    deepest_core_count: int
    core_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """How the network hangs together. Closed organisations count nowhere.

    ``isolate_ids`` have no partner; ``islands`` are groups of two and more that no way joins to
    the largest part, largest first. Lists that could be long have the first of ``…_count``. Below
    65 % coverage ``naming`` is ``withheld``: rankings, roles and cut points come as counts only.
    """

    coverage: Coverage
    open_count: int
    connected_count: int
    tie_count: int
    largest_part_count: int
    isolate_ids: tuple[str, ...]
    islands: tuple[tuple[str, ...], ...]
    silos: tuple[Silo, ...]
    silo_gaps: tuple[SiloGap, ...]
    silo_gap_count: int
    cut_points: tuple[CutPoint, ...]
    cut_point_count: int
    bridges: tuple[BridgingTie, ...]
    bridge_count: int
    most_between: Ranking | None
    roles: tuple[RoleHolders, ...]
    core: CorePeriphery

    @property
    def naming(self) -> Naming:
        """Return whether rankings may name organisations."""
        return self.coverage.naming
