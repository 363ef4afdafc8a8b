"""What comes out: a coalition with its objective, coverage, ties, money, lead and form. Data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.coalitions.brief import Brief

__all__ = [
    "Backup",
    "Coalition",
    "Cover",
    "Form",
    "FormRule",
    "Lead",
    "Link",
    "Money",
    "Plan",
    "Seat",
]


class Form(StrEnum):
    """How closely members are bound, after the spectrum that NCVO describes; mergers are none."""

    NETWORK = "network"
    LEAD_AGENCY = "lead_agency"
    CONSORTIUM = "consortium"


class FormRule(StrEnum):
    """Which rule suggests the form; the first that holds, in this order.

    ``TOO_LARGE_FOR_LEAD``: the budget is more than the lead's income of a year. ``MANY``: more
    than five members. ``MONEY``: there is a budget to hold. ``FEW``: none of these.
    """

    TOO_LARGE_FOR_LEAD = "too_large_for_lead"
    MANY = "many"
    MONEY = "money"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Backup:
    """Who could answer for a skill if whoever does falls out."""

    organisation_id: str
    level: int
    facts: tuple[str, ...]
    is_guess: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """One skill of the brief: who answers for it, at which level, and who else could.

    ``facts`` are ids of offers; ``is_guess`` says that nobody has told any of them.
    """

    skill_id: str
    skill_name: str
    wanted_level: int
    organisation_id: str
    level: int
    facts: tuple[str, ...]
    is_guess: bool
    backups: tuple[Backup, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One member. ``only_here`` are skills that no other member offers at the level wanted.

    ``burden`` are (part, cost) in the order of :data:`matching.coalitions.burden.PARTS`; ``spare``
    is for how many more skills it could answer. ``projects`` are those that it takes or took part
    in, ``led`` those that it leads or led. ``income`` None: unknown.
    """

    organisation_id: str
    name: str
    answers_for: tuple[str, ...]
    only_here: tuple[str, ...]
    spare: int
    burden: tuple[tuple[str, float], ...]
    income: float | None
    projects: int
    led: int
    is_must: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Two members: how far apart, d in [0, 1], and the facts of their tie; () if they have none."""

    one: str
    other: str
    distance: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """Who should lead: points out of 1 for nearness, size and track record, which sum to ``score``.

    ``points`` are (ground, points): "near", "income", "record".
    """

    organisation_id: str
    score: float
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Joint income of the ``known`` members whose income is known, GBP a year.

    ``budget_share`` is the budget as a share of the lead's income; None where either is unknown.
    """

    joint_income: float
    known: int
    lead_income: float | None
    budget: float | None
    budget_share: float | None


@dataclass(frozen=True, slots=True)
class Coalition:
    """Organisations that meet a brief together. ``objective`` is the sum of its three parts.

    It costs at most ``gap`` (a share) more than the best possible, None where nobody has searched;
    ``is_proven`` says that none costs less, both among the candidates searched. ``weakest`` is the
    tie that it hangs on: the longest that is needed to hold it together. ``introductions`` are
    pairs without a tie.
    """

    seats: tuple[Seat, ...]
    covers: tuple[Cover, ...]
    links: tuple[Link, ...]
    weakest: Link | None
    introductions: tuple[tuple[str, str], ...]
    burden: float
    skills: float
    together: float
    gap: float | None
    is_proven: bool
    lead: Lead
    form: Form
    form_rule: FormRule
    money: Money

    @property
    def objective(self) -> float:
        """Return the cost that was minimised, in members."""
        return self.burden + self.skills + self.together

    @property
    def member_ids(self) -> tuple[str, ...]:
        """Return the ids of the members, in order of name."""
        return tuple(seat.organisation_id for seat in self.seats)


@dataclass(frozen=True, slots=True)
class Plan:
    """Different coalitions for one brief, the best first.

    Of each two, one has at least ``different`` members that the other hasn't: two, or as many as
    the candidates allow. ``considered`` organisations came into question, ``searched`` of them, the
    most promising, were searched. ``is_exhausted``: there are no more such coalitions.
    """

    brief: Brief
    coalitions: tuple[Coalition, ...]
    different: int
    considered: int
    searched: int
    is_exhausted: bool

    @property
    def is_whole(self) -> bool:
        """Whether everybody who came into question was searched."""
        return self.searched == self.considered
