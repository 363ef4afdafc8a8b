"""Saying where an organisation works or has its office, for records that name no place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import (
    BasedIn,
    Node,
    Organisation,
    Place,
    Provenance,
    WorksIn,
    fact_id,
)
from seeds.postcodes import place_of
from seeds.terms import vocabulary, with_ancestors
from seeds.upkeep.answering import confirmed
from seeds.upkeep.writing import Done, Draft, write

__all__ = ["Residence", "place_at", "set_place"]


class Residence(StrEnum):
    """What an organisation has in a place: its work or its office. They are different facts."""

    WORKS_IN = "works_in"
    BASED_IN = "based_in"


_CLASS: dict[Residence, type[WorksIn] | type[BasedIn]] = {
    Residence.WORKS_IN: WorksIn,
    Residence.BASED_IN: BasedIn,
}


def set_place(
    store: GraphStore,
    organisation_ids: Iterable[str],
    place_id: str,
    how: str,
    actor: str,
    today: date,
) -> Done:
    """Say that organisations work or have their office in a place, known or of the vocabulary.

    ``how`` is one of :class:`Residence`. Raises InputError for an unknown place.
    """
    if how not in _CLASS:
        raise InputError(f"{how!r} is none of {', '.join(_CLASS)}.")
    wanted = tuple(dict.fromkeys(organisation_ids))
    tie_class = _CLASS[Residence(how)]

    def told(organisation: Organisation) -> Provenance:
        return Provenance(
            source=f"placed by {actor}"[:500],
            asserted_by=actor,
            first_seen=today,
            last_confirmed=today,
            visibility=organisation.provenance.visibility,
        )

    def plan(draft: Draft) -> None:
        place, nodes = _place(store, place_id)
        draft.put(*nodes)
        found = {each.id: each for each in store.records(Organisation, wanted)}
        ids = [fact_id(tie_class.kind, key, place.id) for key in wanted]
        known = {tie.from_id: tie for tie in store.records(tie_class, ids)}
        for key in wanted:
            if key not in found:
                draft.missing.append(key)
                continue
            tie = known.get(key)
            if tie is None:
                draft.put(tie_class(from_id=key, to_id=place.id, provenance=told(found[key])))
            elif tie.provenance.inferred:
                draft.put(*confirmed(tie, actor, today))
            else:
                continue
            draft.changed += 1
        if not draft.changed:
            draft.records.clear()
        draft.what = f"Gave {draft.changed:,} {_noun(draft.changed)} the place {place.name}"

    return write(store, actor, today, plan)


def place_at(postcode: str) -> str:
    """Return the id of the authority around a postcode, '' for what is none that we know."""
    place = place_of(postcode)
    return "" if place is None else place.id


def _place(store: GraphStore, place_id: str) -> tuple[Place, list[Node]]:
    """Return a place, and the nodes that are missing in the store for it."""
    known = store.record(Place, place_id)
    if known is not None:
        return known, []
    places = vocabulary("place")
    if place_id not in places:
        raise InputError(
            f"There is no place {place_id!r}.", remedy="Choose one by its name or its GSS code."
        )
    wanted = {node.id: node for node in with_ancestors("place", places.term(place_id))}
    for node in store.records(Place, list(wanted)):
        del wanted[node.id]
    place = wanted[place_id]
    assert isinstance(place, Place)
    return place, list(wanted.values())


def _noun(count: int) -> str:
    return "organisation" if count == 1 else "organisations"
