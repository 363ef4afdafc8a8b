"""What a file may claim that brings facts back together with where they came from.

Where nothing is known of a fact, it comes in just as the file says. Where it is known, the file's
word counts as that of any import: nobody can give their own words a higher rank, a later day, more
certainty or another circle of readers by writing so into a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model import Fact, Provenance, Visibility
from seeds.merging import Authorities

__all__ = ["Restoring"]

_WIDTH = tuple(Visibility)
_NARROW = frozenset({Visibility.PRIVATE, Visibility.COORDINATORS})


@dataclass(frozen=True, slots=True)
class Restoring:
    """The rules for one import; ``here`` is what the import itself would say of its facts."""

    here: Provenance
    authorities: Authorities

    def admitted(self, stored: Fact, incoming: Fact) -> Fact | None:
        """Return ``incoming`` as it may be merged into ``stored``, or None if it may not.

        A fact that fewer may see than the stored one would take that away from everybody else, or
        show them what it holds, so it stays outside.
        """
        told, known = incoming.provenance, stored.provenance
        is_narrower = _WIDTH.index(told.visibility) < _WIDTH.index(known.visibility)
        if told.visibility in _NARROW and is_narrower:
            return None
        last = min(told.last_confirmed, max(self.here.last_confirmed, known.last_confirmed))
        first = min(told.first_seen, last)
        if self.authorities.of(told) > self.authorities.of(self.here):
            told = replace(told, source=self.here.source, asserted_by=self.here.asserted_by)
        if told.inferred and known.inferred:
            told = replace(told, confidence=min(told.confidence, known.confidence))
        return replace(incoming, provenance=replace(told, first_seen=first, last_confirmed=last))
