"""What becomes of a known record when a file says something about it again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.model import Fact, NotWith, Organisation, Provenance, Visibility, fields_of
from seeds.names import normalised
from seeds.terms import VOCABULARY_SOURCE

__all__ = ["Authorities", "Change", "Outcome", "longer_veto", "merged"]

_PERSON = 4
_BLANKS = (None, "", ())
_WIDTH = tuple(Visibility)


class Outcome(StrEnum):
    """What an import does to one record. CONFIRM moves ``last_confirmed`` and nothing else."""

    ADD = "add"
    UPDATE = "update"
    CONFIRM = "confirm"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """A record as it will be, and as it was."""

    outcome: Outcome
    after: Fact
    before: Fact | None = None


@dataclass(frozen=True, slots=True)
class Authorities:
    """Whose word outranks whose; ``by_source`` is that of :class:`seeds.sources.base.Source`."""

    by_source: Mapping[str, int]

    def of(self, provenance: Provenance) -> int:
        """Return the rank of whoever told this fact; what no import told, a person did."""
        name = provenance.source.partition(":")[0]
        return 0 if name == VOCABULARY_SOURCE else self.by_source.get(name, _PERSON)


def merged(
    stored: Fact, incoming: Fact, authorities: Authorities, *, is_alias: bool = False
) -> Change:
    """Put what ``incoming`` says into ``stored``; raises InvalidRecord if they don't go together.

    A blank never erases. Lists grow. Where values contradict, the newer one stands unless a
    higher authority told the older, or ``is_alias``: the file knows it as something that has been
    made one with it. A guess never changes what was told, and of two guesses the surer stands.
    Whoever may not see all that was put together may see none of it.
    """
    old, new = stored.provenance, incoming.provenance
    is_guess = new.inferred and not old.inferred
    outranks = not is_alias and authorities.of(new) >= authorities.of(old)
    values = {} if is_guess else _differences(stored, incoming, outranks)
    lasting = longer_veto(stored, incoming)
    values = {name: value for name, value in values.items() if name not in lasting}
    values |= {name: value for name, value in lasting.items() if getattr(stored, name) != value}
    if is_alias:
        # That a number which went over to another body has closed does not close that body.
        values.pop("closed_on", None)
    becomes_told = old.inferred and not new.inferred
    is_surer = old.inferred and new.inferred and new.confidence > old.confidence
    latest = old.last_confirmed if is_guess else max(old.last_confirmed, new.last_confirmed)
    if not values and not becomes_told and not is_surer:
        if latest == old.last_confirmed:
            return Change(Outcome.NOTHING, stored, stored)
        told = dataclasses.replace(old, last_confirmed=latest)
        return Change(Outcome.CONFIRM, dataclasses.replace(stored, provenance=told), stored)
    told = dataclasses.replace(
        old,
        source=new.source if outranks else old.source,
        asserted_by=new.asserted_by if outranks else old.asserted_by,
        last_confirmed=latest,
        inferred=old.inferred and new.inferred,
        # Of a told fact these are 1 and '' by rule.
        confidence=new.confidence if becomes_told or is_surer else old.confidence,
        basis=new.basis if becomes_told or is_surer else old.basis,
        visibility=min(old.visibility, new.visibility, key=_WIDTH.index),
    )
    after = dataclasses.replace(stored, **values, provenance=told)
    return Change(Outcome.UPDATE, after, stored)


def longer_veto(stored: Fact, incoming: Fact) -> dict[str, Any]:
    """Return until when two tellings of a veto hold together; a blank there means for good.

    No file ends a veto: that takes whoever laid it down.
    """
    if not (isinstance(stored, NotWith) and isinstance(incoming, NotWith)):
        return {}
    if stored.until is None or incoming.until is None:
        return {"until": None}
    return {"until": max(stored.until, incoming.until)}


def _differences(stored: Fact, incoming: Fact, outranks: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in fields_of(type(stored)):
        old, new = getattr(stored, spec.name), getattr(incoming, spec.name)
        if new == old or new in _BLANKS:
            continue
        if spec.name == "closed_on" and old is not None:
            continue  # a list without the day names that of its own reading, later each time
        if isinstance(old, tuple):
            more = tuple(item for item in new if item not in old)
            if more:
                found[spec.name] = (*old, *more)
        elif outranks or old is None or old == "":
            found[spec.name] = new
    if isinstance(stored, Organisation) and isinstance(incoming, Organisation):
        name = found.get("name", stored.name)
        others = _other_names(stored, incoming, name)
        found.pop("other_names", None)
        if others != stored.other_names:
            found["other_names"] = others
    return found


def _other_names(stored: Organisation, incoming: Organisation, name: str) -> tuple[str, ...]:
    """Return the names besides ``name``; one that gives way, or doesn't prevail, is among them."""
    known = stored.other_names
    # A name can't be another name of itself, whatever a file has put first.
    names = (*known, *(each for each in incoming.other_names if each not in (name, *known)))
    spare = incoming.name if name == stored.name else stored.name
    if normalised(spare) in {normalised(each) for each in (name, *names)}:
        return names
    return (*names, spare)
