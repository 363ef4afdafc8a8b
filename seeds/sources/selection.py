"""Which bodies of a register are wanted: those of one place, those on a list, or all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import InputError
from graph.vocabulary import places
from graph.vocabulary.geography import contains, within
from seeds.identifiers import organisation_ids

__all__ = ["IDS", "OFFICE", "PLACE", "WIDER", "Selection", "selection_options"]

PLACE, IDS, OFFICE, WIDER = "place", "ids", "office", "wider"
"""The options of an import that name a selection; see :func:`selection_options`."""

_YES = "yes"
_ELSEWHERE = "it works elsewhere"
_NOWHERE = "it doesn't say where it works"
_ONLY_OFFICE = "only its office is in the place; --office takes it in"
_WIDER = "it works across the whole of a wider area; --wider takes it in"
_NOT_LISTED = "it is not on the list of ids"


def selection_options(
    place: str = "", ids: Iterable[str] = (), *, office: bool = False, wider: bool = False
) -> dict[str, str]:
    """Return the options of an import that takes only some bodies of a register.

    ``place`` is a code or name of a place that we know, ``ids`` are identifiers or charity
    numbers: one of the two. ``office`` adds those that merely have their office there, ``wider``
    those that work in the whole of an area around it. Raises InputError for what can't be read.
    """
    listed = sorted({_listed(text) for text in ids if text.strip()})
    if bool(place) == bool(listed):
        raise InputError(
            "Say which charities are wanted.", remedy="Give a place or a list of ids, not both."
        )
    if listed:
        if office or wider:
            raise InputError(
                "A list of ids says already which charities are wanted.",
                remedy="Leave --office and --wider out, or name a place.",
            )
        return {IDS: " ".join(listed)}
    options = {PLACE: places().require(place).id}
    options |= {name: _YES for name, is_on in ((OFFICE, office), (WIDER, wider)) if is_on}
    return options


def _listed(text: str) -> str:
    bare = text.strip()
    # "GB-…" is an identifier; anything else ought to be a charity number.
    readings = organisation_ids(bare) if bare[:3].upper() == "GB-" else organisation_ids("", bare)
    found = next((reading for reading in readings if reading.external_id), None)
    if found is None:
        why = readings[0].why if readings else "is no identifier"
        remedy = readings[0].remedy if readings else "Write it as GB-CHC-1164883."
        raise InputError(f"{bare[:60]!r} {why}.", remedy=remedy)
    if found.why and found.remedy.startswith("Did you mean"):
        raise InputError(f"{bare[:60]!r} {found.why}.", remedy=found.remedy)
    return found.external_id


@dataclass(slots=True)
class Selection:
    """What to take of a register. Without a place and a list it takes everything."""

    place: str = ""
    ids: frozenset[str] = frozenset()
    with_office: bool = False
    with_wider: bool = False
    found: set[str] = field(default_factory=set)
    """Which of ``ids`` have been met."""
    _within: frozenset[str] = frozenset()
    _around: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.place:
            self._within = within(self.place) | {self.place}
            around = {term.id for term in places() if contains(term.id, self.place)}
            self._around = frozenset(around - self._within)

    @classmethod
    def of(cls, options: Mapping[str, str]) -> Selection:
        """Return the selection that the options of an import name."""
        return cls(
            place=options.get(PLACE, ""),
            ids=frozenset(options.get(IDS, "").split()),
            with_office=options.get(OFFICE) == _YES,
            with_wider=options.get(WIDER) == _YES,
        )

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.place and not self.ids

    @property
    def missing(self) -> list[str]:
        """Return which of ``ids`` have not been met."""
        return sorted(self.ids - self.found)

    def why_not(self, external_ids: Iterable[str], areas: Iterable[str], office: str) -> str:
        """Return why a body is left out, '' if it is wanted.

        ``areas`` and ``office`` are place ids: where it works, and where its office is ('' if
        that isn't known).
        """
        if self.ids:
            met = self.ids.intersection(external_ids)
            self.found |= met
            return "" if met else _NOT_LISTED
        if not self.place:
            return ""
        works_in = list(areas)
        if not self._within.isdisjoint(works_in):
            return ""
        if office in self._within:
            return "" if self.with_office else _ONLY_OFFICE
        if not self._around.isdisjoint(works_in):
            return "" if self.with_wider else _WIDER
        return _ELSEWHERE if works_in else _NOWHERE
