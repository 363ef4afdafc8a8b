"""Where a fact comes from, how sure it is and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.errors import InvalidRecord
from graph.model.fields import Name, Share, Word, fields_of

__all__ = ["Provenance", "Visibility"]


class Visibility(StrEnum):
    """Who may see a fact, from the narrowest circle to the widest."""

    PRIVATE = "private"
    COORDINATORS = "coordinators"
    MEMBERS = "members"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where one fact comes from, in the sense of W3C PROV (entity, agent, time).

    ``source`` names the document or person; ``asserted_by`` who put it forward; ``first_seen`` and
    ``last_confirmed`` are days. A fact that was worked out rather than told has ``inferred=True``,
    a ``confidence`` in (0, 1] and, in ``basis``, what it rests on: the words of a text, say. A told
    fact has confidence 1 and no basis.
    """

    source: Name
    asserted_by: Name
    first_seen: date
    last_confirmed: date
    inferred: bool = False
    confidence: Share = 1.0
    basis: Word = ""
    visibility: Visibility = Visibility.MEMBERS

    def __post_init__(self) -> None:
        for spec in fields_of(Provenance):
            spec.check("provenance", getattr(self, spec.name))
        if self.last_confirmed < self.first_seen:
            raise InvalidRecord(
                "provenance",
                "last_confirmed",
                self.last_confirmed.isoformat(),
                f"is before first_seen, {self.first_seen.isoformat()}",
            )
        if not self.inferred and self.confidence != 1:
            raise InvalidRecord(
                "provenance",
                "confidence",
                self.confidence,
                "is below 1 although the fact is not inferred",
            )
        if not self.inferred and self.basis:
            raise InvalidRecord(
                "provenance", "basis", self.basis, "is given although the fact is not inferred"
            )
        if self.confidence == 0:
            raise InvalidRecord("provenance", "confidence", 0, "would mean that it is not a fact")
