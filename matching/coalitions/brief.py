"""What a call or a project asks of a coalition, checked before anybody searches."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from matching.coalitions.errors import InvalidBrief

__all__ = ["MOST_MEMBERS", "MOST_NEEDS", "Brief", "LeadTerms", "Wanted"]

MOST_NEEDS = 30
"""Skills that one brief may ask for."""
MOST_MEMBERS = 20
"""The largest coalition that is searched for: beyond it nobody coordinates by hand."""
_LEVELS = range(1, 4)
_MOST_NAMED = 100
_HEAVIEST = 10.0
_FARTHEST_KM = 2_000.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A skill that somebody in the coalition must answer for.

    ``level`` is the least that will do (1 can help, 2 experienced, 3 strong); ``weight`` in
    (0, 10] says how much it matters that it is done well.
    """

    skill_id: str
    level: int = 1
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.skill_id.strip():
            raise InvalidBrief("skill", self.skill_id, "is empty", remedy="Name a skill.")
        if self.level not in _LEVELS:
            raise InvalidBrief("level", self.level, "is not 1, 2 or 3")
        if not 0 < self.weight <= _HEAVIEST:
            raise InvalidBrief("weight", self.weight, "is not above 0 and at most 10")


@dataclass(frozen=True, slots=True)
class LeadTerms:
    """What a funder asks of the lead; at least one member must meet all of it.

    ``min_income`` and ``max_income`` in GBP a year; ``types`` are organisation types, any of which
    will do; ``registers`` are beginnings of external ids, such as GB-CHC; ``min_projects`` and
    ``min_led`` count projects taken part in and led, past ones included.
    """

    min_income: float | None = None
    max_income: float | None = None
    types: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    min_projects: int = 0
    min_led: int = 0

    def __post_init__(self) -> None:
        _check_band("lead’s income", self.min_income, self.max_income)
        for name, count in (("projects", self.min_projects), ("projects led", self.min_led)):
            if count < 0:
                raise InvalidBrief(f"lead’s {name}", count, "is below 0")

    @property
    def is_any(self) -> bool:
        """Whether any member may lead."""
        return self == LeadTerms()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is wanted. Ids are those of the network; raises InvalidBrief if it contradicts itself.

    ``places`` is the area, none for anywhere; who works at most ``within_km`` away counts too.
    ``themes`` and ``communities`` make a member fit better, and rule nobody out.
    ``min_income`` and ``max_income`` hold for each member; ``budget`` is the money to be shared,
    GBP. One member answers for at most ``skills_each`` skills.
    """

    needs: tuple[Wanted, ...]
    places: tuple[str, ...] = ()
    within_km: float = 0.0
    themes: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    min_members: int = 2
    max_members: int = 8
    skills_each: int = 3
    min_income: float | None = None
    max_income: float | None = None
    lead: LeadTerms = field(default_factory=LeadTerms)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    budget: float | None = None

    def __post_init__(self) -> None:
        _check_count("skills", self.needs, MOST_NEEDS, least=1)
        _check_unlike("skills", [need.skill_id for need in self.needs])
        for name in ("places", "themes", "communities", "must", "must_not"):
            _check_count(name, getattr(self, name), _MOST_NAMED)
            _check_unlike(name, getattr(self, name))
        if not 0 <= self.within_km <= _FARTHEST_KM:
            raise InvalidBrief("distance", self.within_km, "is not from 0 to 2,000 km")
        if not 1 <= self.min_members <= self.max_members <= MOST_MEMBERS:
            raise InvalidBrief(
                "members",
                f"{self.min_members} to {self.max_members}",
                f"is no range from 1 to {MOST_MEMBERS}",
            )
        if not 1 <= self.skills_each <= MOST_NEEDS:
            raise InvalidBrief("skills each", self.skills_each, f"is not from 1 to {MOST_NEEDS}")
        _check_band("members’ income", self.min_income, self.max_income)
        _check_amount("budget", self.budget)
        for organisation_id in self.must:
            if organisation_id in self.must_not:
                raise InvalidBrief("members", organisation_id, "must be in and must not be in")
        if len(self.must) > self.max_members:
            raise InvalidBrief(
                "members", len(self.must), f"must be in, but at most {self.max_members} may be"
            )


def _check_count(name: str, values: tuple[object, ...], most: int, *, least: int = 0) -> None:
    if not least <= len(values) <= most:
        raise InvalidBrief(name, len(values), f"is not from {least} to {most}")


def _check_unlike(name: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InvalidBrief(name, value, "is named twice", remedy="Name it once.")
        seen.add(value)


def _check_amount(name: str, amount: float | None) -> None:
    if amount is not None and not (math.isfinite(amount) and amount >= 0):
        raise InvalidBrief(name, amount, "is no amount of 0 or more")


def _check_band(name: str, least: float | None, most: float | None) -> None:
    _check_amount(name, least)
    _check_amount(name, most)
    if least is not None and most is not None and least > most:
        raise InvalidBrief(name, f"{least:g} to {most:g}", "is no band: the first is the larger")
