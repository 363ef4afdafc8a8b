"""Two facts that turn out to be one: whose word stands, and what the other adds."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TypeVar

from graph.model import Fact, Introduction, Organisation, Visibility
from seeds.identity.registers import register_numbers
from seeds.merging import Authorities, longer_veto, merged

__all__ = ["one_fact", "one_organisation"]

F = TypeVar("F", bound=Fact)
_WIDTH = tuple(Visibility)


def one_fact(kept: F, taken: F, authorities: Authorities) -> F:
    """Return what becomes of two facts with one id.

    What was told stands against a guess, then the higher authority, then the surer guess, then
    ``kept``. The other fills blanks, lists grow, and the fact is as old as the older of the two.
    Whoever may not see all that was put together may see none of it. No veto ends early by it, and
    of two introductions the one that keeps the pair apart for longer stands as it was told.
    """
    if isinstance(kept, Introduction):
        # Half of one and half of the other would be a third that nobody told.
        return max(kept, taken, key=_apart_until)
    first, second = kept, taken
    if _rank(taken, authorities) > _rank(kept, authorities):
        first, second = taken, kept
    both = merged(first, second, authorities, is_alias=True).after
    both = dataclasses.replace(both, **longer_veto(kept, taken))
    told = both.provenance
    says_more = dataclasses.replace(both, provenance=first.provenance) != first
    is_narrower = _width(second) < _width(first)
    if is_narrower and not says_more:
        return first  # its dates, too, are only for those who may see it
    earliest = min(told.first_seen, second.provenance.first_seen)
    return dataclasses.replace(both, provenance=dataclasses.replace(told, first_seen=earliest))  # type: ignore[return-value]


def one_organisation(
    kept: Organisation, taken: Organisation, authorities: Authorities
) -> Organisation:
    """Return ``kept`` with all that ``taken`` adds: every external id and name of both.

    A body that is in a register closes when its own register says so.
    """
    is_registered = bool(register_numbers(kept.external_ids))
    coming = dataclasses.replace(
        taken,
        id=kept.id,
        closed_on=None if is_registered and kept.closed_on is None else taken.closed_on,
    )
    both = one_fact(kept, coming, authorities)
    names = (kept.name, taken.name, *kept.other_names, *taken.other_names)
    others = (*both.other_names, *(name for name in names if name != both.name))
    ids = (*both.external_ids, *kept.external_ids, *taken.external_ids)
    whole = dataclasses.replace(
        both,
        other_names=tuple(dict.fromkeys(name for name in others if name != both.name)),
        external_ids=tuple(dict.fromkeys(ids)),
    )
    if dataclasses.replace(whole, provenance=kept.provenance) == kept:
        return whole
    narrowest = min(_width(kept), _width(taken), _width(both))
    told = dataclasses.replace(whole.provenance, visibility=_WIDTH[narrowest])
    return dataclasses.replace(whole, provenance=told)


def _apart_until(fact: Fact) -> tuple[bool, date, date]:
    assert isinstance(fact, Introduction)
    return (
        not fact.provenance.inferred,
        fact.cools_until or date.min,
        fact.decided_on or date.min,
    )


def _rank(fact: Fact, authorities: Authorities) -> tuple[bool, int, float]:
    told = fact.provenance
    return (not told.inferred, authorities.of(told), told.confidence)


def _width(fact: Fact) -> int:
    return _WIDTH.index(fact.provenance.visibility)
