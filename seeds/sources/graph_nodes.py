"""Nodes of a network that somebody else drew, as records of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.model import (
    BasedIn,
    Community,
    Goal,
    Measure,
    Node,
    Organisation,
    Place,
    Project,
    Provenance,
    Relationship,
    Serves,
    Skill,
    Theme,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import Term
from seeds.identifiers import Reading, organisation_ids
from seeds.postcodes import place_of
from seeds.problems import Skipped, Where
from seeds.reading.graph_parts import Element
from seeds.reading.values import (
    DATE_FORMS,
    as_date,
    as_number,
    encodable,
    plain_text,
    prose,
    text_of_json,
)
from seeds.sources.base import Context, Item, attempt
from seeds.sources.graph_words import field_named
from seeds.terms import TermKind

__all__ = ["Told", "identifiers_of", "node_records", "told_of"]

_BAR = "|"
_COLUMNS_NAMED = 30
_SIMPLE: dict[str, type[Node]] = {
    "skill": Skill,
    "theme": Theme,
    "community": Community,
    "goal": Goal,
    "measure": Measure,
    "project": Project,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says in columns that are known, by field; ``titles`` say what they are called."""

    where: Where
    values: Mapping[str, str]
    titles: Mapping[str, str]
    unused: tuple[str, ...]

    def text(self, name: str) -> str:
        """Return what a field says, '' if nothing."""
        return self.values.get(name, "")

    def parts(self, name: str) -> list[str]:
        """Return the texts of a field that holds several."""
        return [text for part in self.text(name).split(_BAR) if (text := plain_text(part))]

    def at(self, name: str) -> Where:
        """Return the spot of a field."""
        return self.where.at(self.titles.get(name, name))

    def skipped(self, named: dict[str, None]) -> Iterator[Skipped]:
        """Yield what has no place with us; ``named`` keeps the reasons from growing endless."""
        for title in self.unused:
            if title in named or len(named) < _COLUMNS_NAMED:
                named[title] = None
                yield Skipped(f"{title[:60]!r}, which has no place in gofar", self.where)
            else:
                yield Skipped("other columns, which have no place in gofar", self.where)


def told_of(where: Where, attributes: Mapping[str, Any]) -> Told:
    """Return what the attributes of a node or edge say to us."""
    values: dict[str, str] = {}
    titles: dict[str, str] = {}
    unused: list[str] = []
    for title, value in attributes.items():
        text = _text(value)
        if value in (None, "", []) or text.isspace():
            continue
        name = field_named(title)
        if not name or not text:
            unused.append(title)
        elif name == "tags" and name in values:
            values[name] = f"{values[name]}|{text}"
        elif name not in values:
            values[name], titles[name] = text, title
    return Told(where, values, titles, tuple(unused))


def _text(value: Any) -> str:
    """Return a value as a cell would show it; what JSON nests deeper is not read."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return _BAR.join(text for item in value if (text := _text(item)))
    return "" if isinstance(value, dict) else text_of_json(value)


def identifiers_of(told: Told, own: str) -> list[Reading]:
    """Return the official identifiers of an organisation; ``own`` is what the file calls it."""
    given = [*told.parts("identifier")]
    if not given and own.upper().startswith(("GB-", "360G-", "XI-")):
        given = [own]
    first = given[0] if given else ""
    found = organisation_ids(first, told.text("charity_number"), told.text("company_number"))
    return [*found, *(reading for text in given[1:] for reading in organisation_ids(text))]


def node_records(
    element: Element,
    kind: str,
    own: str,
    name: str,
    organisation_type: str,
    external_ids: tuple[str, ...],
    context: Context,
    provenance: Provenance,
) -> Iterator[Item]:
    """Yield the node ``own`` that an element is, and the ties that its columns tell of."""
    told = told_of(element.where, element.attributes)
    yield from _dates_and_numbers(told)
    if kind == "organisation":
        yield attempt(
            element.where,
            lambda: Organisation(
                id=own,
                name=name,
                external_ids=external_ids,
                other_names=tuple(dict.fromkeys(text[:500] for text in told.parts("other_names"))),
                description=prose(told.text("description"))[:20_000].strip(),
                organisation_type=plain_text(organisation_type)[:500],
                income=_number(told, "income"),
                website=plain_text(told.text("website"))[:500],
                postcode=plain_text(told.text("postcode"))[:500],
                provenance=provenance,
            ),
        )
        yield from _office(told, own, context, provenance)
        yield from _tags(told, own, context, provenance)
    elif kind == "place":
        latitude, longitude = _number(told, "latitude"), _number(told, "longitude")
        if not latitude and not longitude:
            latitude = longitude = None  # 0, 0 is how programs write that they don't know
        yield attempt(
            element.where,
            lambda: Place(
                id=own, name=name, latitude=latitude, longitude=longitude, provenance=provenance
            ),
        )
    else:
        description = prose(told.text("description"))[:20_000].strip()
        make = _SIMPLE[kind]
        values: dict[str, Any] = {"description": description}
        if kind == "project":
            values["starts_on"], values["ends_on"] = _days(told)
        yield attempt(
            element.where,
            partial(make, id=own, name=name, provenance=provenance, **values),
        )
        if kind == "project":
            yield from _tags(told, own, context, provenance)


def _days(told: Told) -> tuple[Any, Any]:
    since, until = as_date(told.text("since")), as_date(told.text("until"))
    return (since, None) if since and until and until < since else (since, until)


def _number(told: Told, name: str) -> float | None:
    return as_number(told.text(name))


def _dates_and_numbers(told: Told) -> Iterator[Item]:
    for name in ("income", "latitude", "longitude"):
        text = told.text(name)
        if text and as_number(text) is None:
            yield told.at(name).problem(text, "is not a number, so it is left out", is_warning=True)
    for name in ("since", "until"):
        text = told.text(name)
        if text and as_date(text) is None:
            yield told.at(name).problem(
                text, "is not a date, so it is left out", remedy=DATE_FORMS, is_warning=True
            )


def _office(told: Told, own: str, context: Context, provenance: Provenance) -> Iterator[Item]:
    """Tie an organisation to the place of its office: by postcode, else by the name of a place."""
    found = place_of(told.text("postcode")) or _place_in(told.text("place"), context)
    if found is not None:
        yield from context.nodes_of("place", found)
        yield BasedIn(from_id=own, to_id=found.id, provenance=provenance)
    elif told.text("place"):
        yield told.at("place").problem(
            told.text("place"), "is no place that gofar knows, so it is left out", is_warning=True
        )


def _place_in(text: str, context: Context) -> Term | None:
    """Return the place that a postcode, a name or an address with either speaks of."""
    for part in (text, *reversed(text.split(","))):
        found = (place_of(part) or context.find("place", part.strip())) if part.strip() else None
        if found is not None:
            return found
    return None


_BY_TAG: tuple[tuple[TermKind, type[Relationship]], ...] = (
    ("theme", WorksOn),
    ("community", Serves),
    ("place", WorksIn),
)


def _tags(told: Told, own: str, context: Context, provenance: Provenance) -> Iterator[Item]:
    for text in told.parts("tags"):
        for kind, tie_class in _BY_TAG:
            term = context.find(kind, text)
            if term is not None:
                yield from context.nodes_of(kind, term)
                yield tie_class(from_id=own, to_id=term.id, provenance=provenance)
                break
        else:
            yield Skipped("a tag that is no theme, community or place", told.at("tags"))
