"""Places as terms: the United Kingdom's under their GSS codes, and the countries of the world."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from graph.vocabulary.vocabulary import Term, Vocabulary, read_rows, synonyms_of

__all__ = ["Place", "countries", "places"]


@dataclass(frozen=True, slots=True)
class Place(Term):
    """A local authority, county, region, nation or country.

    The position (WGS 84, degrees) is a middle for measuring distances, not an address; None where
    we know none. ``members`` are the ids of the places that make it up, where those aren't the
    places beneath it: Cumbria is two authorities whose parent is the North West.
    """

    kind: str
    latitude: float | None
    longitude: float | None
    members: tuple[str, ...] = ()


@functools.cache
def places() -> Vocabulary[Place]:
    """Where organisations work in the UK: authorities, counties, regions, nations, groupings.

    Codes and names of authorities that are no more find the one that took over.
    """
    rows = read_rows("place", "places.csv", _read_place)
    rows += read_rows("place", "groupings.csv", _read_place)
    return Vocabulary("place", rows, dict(read_rows("place", "former.csv", _read_former)))


@functools.cache
def countries() -> Vocabulary[Place]:
    """The countries of the world outside the UK under ``country:`` and ISO 3166-1, and continents.

    What is a part of a country by its own name, such as Dubai or Zanzibar, finds the country.
    """
    return Vocabulary("country", read_rows("country", "countries.csv", _read_country))


def _read_place(cells: dict[str, str]) -> Place:
    return Place(
        id=cells["id"],
        label=cells["label"],
        parent=cells["parent"] or None,
        synonyms=synonyms_of(cells),
        description=f"{cells['label']}, {cells['kind']}.",
        kind=cells["kind"],
        latitude=float(cells["latitude"]),
        longitude=float(cells["longitude"]),
        members=tuple(cells.get("members", "").split()),
    )


def _read_country(cells: dict[str, str]) -> Place:
    return Place(
        id=cells["id"],
        label=cells["label"],
        parent=None,
        synonyms=synonyms_of(cells),
        description=f"{cells['label']}, {cells['kind']}.",
        kind=cells["kind"],
        latitude=None,
        longitude=None,
    )


def _read_former(cells: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the successor's id, and the codes and names that it took over."""
    names = [name for name in cells["names"].split("|") if name]
    councils = [f"{name} {form}" for name in names for form in _COUNCILS]
    return cells["now"], (*cells["codes"].split(), *names, *councils)


# What the councils of authorities that are no more called themselves, and still do on websites.
_COUNCILS = ("Council", "Borough Council", "District Council", "City Council", "District")
