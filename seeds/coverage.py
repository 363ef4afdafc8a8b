"""How much an import knows of its organisations: the share with a place, a theme, a skill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.model import (
    BasedIn,
    Fact,
    Need,
    Offer,
    Organisation,
    Relationship,
    Serves,
    WorksIn,
    WorksOn,
)

__all__ = ["Coverage"]

_ABOUT: tuple[type[Relationship], ...] = (WorksIn, BasedIn, WorksOn, Serves, Offer, Need)


@dataclass(slots=True)
class Coverage:
    """Which organisations an import speaks of, and of which of them it knows what."""

    organisations: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    _with: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, facts: Iterable[Fact]) -> None:
        """Count the facts of one batch in."""
        for fact in facts:
            if isinstance(fact, Organisation):
                self.organisations.add(fact.id)
                if fact.closed_on is not None:
                    self.closed.add(fact.id)
            elif isinstance(fact, _ABOUT):
                self._with[fact.kind].add(fact.from_id)

    def count(self, *kinds: type[Relationship]) -> int:
        """Return how many of the organisations have a tie of one of these kinds."""
        having = set[str]().union(*(self._with.get(kind.kind, ()) for kind in kinds))
        return len(having & self.organisations)

    def to_json(self) -> dict[str, int]:
        """Return the counts as plain values."""
        total = len(self.organisations)
        return {
            "organisations": total,
            "closed": len(self.closed),
            "with_themes": self.count(WorksOn),
            "with_communities": self.count(Serves),
            "with_skills": self.count(Offer, Need),
            "without_place": total - self.count(WorksIn, BasedIn),
            "without_area": total - self.count(WorksIn),
        }
