"""From a postcode to the place around it, roughly: by the outward half alone.

``outcodes.csv`` gives the middle of each outcode and the authority in which it lies (public domain,
CC0); those of Jersey, Guernsey and the Isle of Man lie in none. An outcode may reach over a border,
so the answer is good enough for an office, no more.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources

from graph.vocabulary import Place, countries, places
from graph.vocabulary.geography import Position, kilometres

__all__ = [
    "Postcode",
    "authority_of",
    "km_between",
    "place_of",
    "position_of",
    "read_postcode",
    "why_no_postcode",
]

_LONGEST = 12
_OUTWARD = re.compile(r"([A-Z]{1,2})\d[A-Z\d]?")
# The last two letters of a postcode never include these, which are too easily misread.
_INWARD = re.compile(r"\d(?:[ABD-HJLNP-UW-Z]{2})?")
_UNIT = 3


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode of the UK or the Crown Dependencies: ``M1``, ``M1 1`` or ``M1 1AE``.

    ``inward`` is '' for an outcode, one digit for a sector, three characters for a whole one.
    """

    outcode: str
    inward: str

    def __str__(self) -> str:
        return f"{self.outcode} {self.inward}".strip()


@dataclass(frozen=True, slots=True)
class _Around:
    place: str
    position: Position


def read_postcode(text: str) -> Postcode | None:
    """Return the postcode, sector or outcode that ``text`` is, or None.

    Case and spaces don't matter, except that a sector needs the space: M11 is an outcode.
    """
    found = _read(text)
    return found if isinstance(found, Postcode) else None


def why_no_postcode(text: str) -> str:
    """Return why ``text`` is no postcode, going on from it ("has …"); '' if it is one."""
    found = _read(text)
    return "" if isinstance(found, Postcode) else found


def place_of(text: str) -> Place | None:
    """Return the authority, or the island outside the UK, around a postcode; None if unknown."""
    around = _around(text)
    if around is None:
        return None
    known = countries() if around.place in countries() else places()
    return known.term(around.place)


def authority_of(text: str) -> str:
    """Return the GSS code of the authority around a postcode, '' if there is none."""
    around = _around(text)
    return around.place if around and around.place in places() else ""


def position_of(text: str) -> Position | None:
    """Return the middle of a postcode's outcode, None if that is unknown."""
    around = _around(text)
    return around.position if around else None


def km_between(text: str, other: str) -> float | None:
    """Return the km between the middles of two postcodes' outcodes, None if one is unknown."""
    here, there = position_of(text), position_of(other)
    return None if here is None or there is None else kilometres(here, there)


def _around(text: str) -> _Around | None:
    found = read_postcode(text)
    return _outcodes()[found.outcode] if found else None


def _read(text: str) -> Postcode | str:
    """Return the postcode, or what speaks against it."""
    outward, _, inward = " ".join(text.upper().split()).partition(" ")
    if not outward:
        return "is empty"
    if len(outward) + len(inward) > _LONGEST:
        return "is too long for a postcode"
    if not inward and outward not in _outcodes() and len(outward) > _UNIT:
        outward, inward = outward[:-_UNIT], outward[-_UNIT:]
    form = _OUTWARD.fullmatch(outward) if outward.isascii() else None
    if form is None:
        return "doesn't begin as a postcode does, with one or two letters and a digit"
    if form[1] not in _areas():
        return f"begins with {form[1]}, and there is no such postcode area"
    if outward not in _outcodes():
        return f"begins with {outward}, and we know no such postcode district"
    if inward and not (inward.isascii() and _INWARD.fullmatch(inward)):
        return f"ends in {inward}, where a postcode has a digit and two letters (no C I K M O V)"
    return Postcode(outward, inward)


@functools.cache
def _outcodes() -> dict[str, _Around]:
    text = resources.files("seeds").joinpath("outcodes.csv").read_text(encoding="utf-8")
    return {
        row["outcode"]: _Around(row["place"], (float(row["latitude"]), float(row["longitude"])))
        for row in csv.DictReader(text.splitlines())
    }


@functools.cache
def _areas() -> frozenset[str]:
    return frozenset(form[1] for outcode in _outcodes() if (form := _OUTWARD.fullmatch(outcode)))
