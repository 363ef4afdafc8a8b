"""Edges of a network that somebody else drew, as ties of ours, by the words that stand on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.errors import a
from graph.model import (
    Advances,
    BackboneOf,
    BasedIn,
    Collaboration,
    Funding,
    Need,
    Offer,
    Provenance,
    Relationship,
    Requires,
    Serves,
    TakesPartIn,
    WorksIn,
    WorksOn,
)
from seeds.names import slug
from seeds.problems import Skipped
from seeds.reading.values import DATE_FORMS, as_date, as_number, plain_text
from seeds.sources.base import Item, attempt
from seeds.sources.graph_nodes import Told
from seeds.sources.graph_words import OFFICE, PERSON, side_of, tie_of

__all__ = ["End", "tie_records"]

_GENERIC = frozenset({"", "connected-to", "linked-to", "related-to", "directed", "undirected"})
_ABOUT: dict[tuple[str, str], type[Relationship]] = {
    (kind, far): tie_class
    for far, tie_class in (
        ("theme", WorksOn),
        ("community", Serves),
        ("place", WorksIn),
        ("goal", Advances),
        ("skill", Requires),
    )
    for kind in ("organisation", "project", "measure")
    if kind in tie_class.from_kinds
}


@dataclass(frozen=True, slots=True)
class End:
    """A node at the end of an edge: of which kind, and our id of it."""

    kind: str
    id: str


def tie_records(
    start: End, end: End, words: str, told: Told, provenance: Provenance
) -> Iterator[Item]:
    """Yield the tie between two nodes, or why there is none; ``words`` is the type of the edge."""
    if PERSON in {start.kind, end.kind}:
        yield Skipped("a tie of a person: people are never imported", told.where)
        return
    if start.id == end.id:
        yield Skipped("a tie from a node to itself", told.where)
        return
    kinds = start.kind, end.kind
    if kinds == ("organisation", "organisation"):
        yield from _between_organisations(start.id, end.id, words, told, provenance)
        return
    if _is_turned(start.kind, end.kind):
        start, end = end, start
    make = _between_others(start, end, words)
    if isinstance(make, str):
        yield Skipped(make, told.where)
        return
    yield attempt(told.where, partial(make, from_id=start.id, to_id=end.id, provenance=provenance))


def _is_turned(start: str, end: str) -> bool:
    """Say whether an edge runs the other way than our tie between such nodes does."""
    if end == "project":
        return start != "organisation"
    return end == "organisation" or (start == "goal" and end == "measure")


def _between_others(start: End, end: End, words: str) -> Any:
    """Return what makes the tie, or the reason why there is none."""
    kinds = start.kind, end.kind
    if kinds == ("organisation", "skill"):
        side = side_of(words)
        if not side:
            return "a tie between an organisation and a skill that says neither offers nor needs"
        return Offer if side == "offers" else Need
    if kinds == ("organisation", "project"):
        if tie_of(words) == "backbone of":
            return BackboneOf
        role = "" if slug(words) in _GENERIC else plain_text(words)[:500]
        return partial(TakesPartIn, role=role)
    if kinds == ("organisation", "place") and slug(words) in OFFICE:
        return BasedIn
    return _ABOUT.get(kinds) or f"a tie between {a(start.kind)} and {a(end.kind)}"


def _between_organisations(
    one: str, two: str, words: str, told: Told, provenance: Provenance
) -> Iterator[Item]:
    known = tie_of(words)
    since, until = as_date(told.text("since")), as_date(told.text("until"))
    for name, day in (("since", since), ("until", until)):
        if told.text(name) and day is None:
            yield told.at(name).problem(
                told.text(name),
                "is not a date, so it is left out",
                remedy=DATE_FORMS,
                is_warning=True,
            )
    if known in {"funded by", "member of"}:
        one, two = two, one
    ends: dict[str, Any] = {"from_id": one, "to_id": two, "provenance": provenance}
    if known in {"funds", "funded by"}:
        currency = told.text("currency").strip().upper()
        values: dict[str, Any] = {
            "amount": as_number(told.text("amount")),
            "awarded_on": since,
        }
        if currency:
            values["currency"] = currency
        yield attempt(told.where, partial(Funding, **ends, **values))
    elif known:
        yield attempt(told.where, partial(BackboneOf, **ends, since=since))
    else:
        how = "" if slug(words) in _GENERIC else plain_text(words)[:500]
        values = {"how": how, "since": since, "until": until}
        strength = as_number(told.text("strength"))
        if strength is not None and 0 <= strength <= 1:
            values["strength"] = strength
        elif told.text("strength"):
            yield told.at("strength").problem(
                told.text("strength"),
                "is not a strength from 0 to 1, so it is left out",
                is_warning=True,
            )
        yield attempt(told.where, partial(Collaboration, **ends, **values))
