"""What capability gaps are, as data: every count with its denominator and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from matching.gaps.capability.scope import Dimension, Scope
from matching.suggestion import Reason

__all__ = ["CapabilityGaps", "Filler", "Fillers", "Fit", "Gap", "Standing"]


class Standing(IntEnum):
    """How badly a cell stands, the worst first. A cell of many skills stands as its needs do."""

    NOBODY = 0
    """Nobody in the network offers what is needed: any of it."""
    ONE = 1
    """One organisation offers it: if it closes, nobody does. Of many skills: one each, in reach."""
    OUT_OF_REACH = 2
    """Two or more offer it, and somebody in need has none of them in reach."""
    MET = 3
    """Everybody in need has somebody in reach, and there are two or more: no gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell of skill × place × theme × community in which needs are badly met.

    The four ids say which cell; None where the gaps aren't split by that dimension. ``needs``
    counts needs (an organisation and a skill), ``now`` the urgent ones, ``weight`` adds them up by
    urgency (0.75, 1, 1.25), confidence and freshness. Who may be in the cell is who works in the
    place, on the theme, for the community.

    ``needed_by`` and ``unmet_by`` (those without a provider in reach) are organisation ids.
    ``providers`` counts who offers what is needed, anywhere in the network; ``supply`` who does in
    the cell, by ``levels`` (can help, experienced, strong), with ``days`` a month in all and
    ``days_unknown`` organisations that haven't said. Nobody provides for itself alone.

    ``organisations`` in the cell are open, ``told`` of them have told a need or an offer: the
    denominator. ``share_low`` to ``share_high`` is where the share in need of all of them lies:
    the 95 % interval of Wilson (1927) for ``told_in_need`` of ``told``; 0 to 1 where nobody has
    told anything. ``freshness`` in (0, 1] is the mean freshness of the needs.

    Only for cells of one skill: ``offered_by``, ``in_cell`` and ``accessible`` (in reach of
    somebody in need) are ids of providers. ``need_facts`` and ``offer_facts`` are the
    evidence; ``unmet_facts`` are the needs that nobody in reach could meet.
    """

    skill_id: str | None
    place_id: str | None
    theme_id: str | None
    community_id: str | None
    name: str
    """The names of the cell's things, with commas between."""
    standing: Standing
    needs: int
    now: int
    weight: float
    unmet: int
    unmet_now: int
    unmet_weight: float
    providers: int
    supply: int
    levels: tuple[int, int, int]
    days: float
    days_unknown: int
    organisations: int
    told: int
    told_in_need: int
    share_low: float
    share_high: float
    freshness: float
    needed_by: tuple[str, ...]
    unmet_by: tuple[str, ...]
    offered_by: tuple[str, ...]
    in_cell: tuple[str, ...]
    accessible: tuple[str, ...]
    need_facts: tuple[str, ...]
    unmet_facts: tuple[str, ...]
    offer_facts: tuple[str, ...]

    @property
    def in_need(self) -> int:
        """Return how many organisations are in need."""
        return len(self.needed_by)

    @property
    def reached(self) -> int:
        """Return how many needs have somebody in reach who could meet them."""
        return self.needs - self.unmet

    @property
    def coverage(self) -> float:
        """Return the share of the organisations in the cell that have told a need or an offer."""
        return self.told / self.organisations if self.organisations else 0.0

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return the ids of the needs and offers behind it."""
        return self.need_facts + self.offer_facts


@dataclass(frozen=True, slots=True)
class CapabilityGaps:
    """Gaps in order, and what they are a part of.

    ``found`` counts the gaps there are, of which ``gaps`` may be the first few only, among
    ``cells`` in which anybody needs anything. ``needs`` and ``unmet`` count needs once, whatever
    the gaps are split by; ``left_out`` of them stand in no cell: it isn't known where the
    organisation works, say. ``organisations`` in scope are open; ``told`` of them have told a need
    or an offer and ``in_need`` have a need.
    """

    by: tuple[Dimension, ...]
    within: Scope
    gaps: tuple[Gap, ...]
    found: int
    cells: int
    needs: int
    unmet: int
    left_out: int
    organisations: int
    told: int
    in_need: int


class Fit(IntEnum):
    """What an organisation could bring to a gap, the best first."""

    OFFERS = 0
    """The skill itself, or a narrower one."""
    BROADER = 1
    """The next broader skill of what is needed."""
    SAME_FIELD = 2
    """Another skill beneath the next broader one."""
    LIKE = 3
    """Nothing told, but it works on a theme of those in need, near them."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An organisation that could fill a gap.

    ``best_for`` is whom of those in need it suits best, by ``score`` and ``reasons``, as matching
    says; ``could_help`` counts those in need whom it may be brought together with. ``steps_away``
    on the map: 0 works in a place of theirs, 1 near one, 2 elsewhere or nowhere known. ``skills``
    are what it offers that speaks for it, and ``facts`` the ids of those offers.
    """

    organisation_id: str
    fit: Fit
    skills: tuple[str, ...]
    steps_away: int
    best_for: str
    could_help: int
    score: float
    reasons: tuple[Reason, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fillers:
    """Who could fill a gap: ``inside`` the network, and ``outside``, from a register for instance.

    Both empty: none found.
    """

    inside: tuple[Filler, ...]
    outside: tuple[Filler, ...]

    @property
    def is_none_found(self) -> bool:
        """Say whether nobody was found at all."""
        return not self.inside and not self.outside
