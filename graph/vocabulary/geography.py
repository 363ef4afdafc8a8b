"""Where places are to each other: bordering, apart, within.

Positions are middles of areas, so distances tell near from far and nothing finer. What isn't
known is None or empty, never zero.
"""

from __future__ import annotations

import csv
import functools
import math
from importlib import resources

from graph.vocabulary.gazetteer import Place, countries, places

__all__ = [
    "Position",
    "contains",
    "distance_km",
    "kilometres",
    "nearest",
    "neighbours",
    "position_of_place",
    "within",
]

Position = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

_EARTH_KM = 6_371.0088  # mean radius (IUGG)


def kilometres(one: Position, other: Position) -> float:
    """Return the great-circle distance in km (haversine formula)."""
    north, east, other_north, other_east = map(math.radians, (*one, *other))
    # Absolute differences, so that the way back is as long to the last digit.
    across = math.sin(abs(other_north - north) / 2) ** 2
    along = math.cos(north) * math.cos(other_north)
    half = across + along * math.sin(abs(other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def position_of_place(place_id: str) -> Position | None:
    """Return the middle of a place, None for a place that has none or that nobody knows."""
    place = _place(place_id)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def distance_km(place_id: str, other: str) -> float | None:
    """Return the km between the middles of two places, None where one is unknown."""
    here, there = position_of_place(place_id), position_of_place(other)
    return None if here is None or there is None else kilometres(here, there)


def neighbours(place_id: str) -> frozenset[str]:
    """Return the local authorities that border an authority; an island has none.

    They share a boundary on land, or a bridge or tunnel joins them across tidal water.
    """
    return _neighbours().get(place_id, frozenset())


def within(place_id: str) -> frozenset[str]:
    """Return the ids of all places that a place holds, itself included; empty if unknown."""
    return _within(place_id) if place_id in places() or place_id in countries() else frozenset()


def contains(place_id: str, other: str) -> bool:
    """Whether ``other`` is the place or lies in it: beneath it, or in one of its members."""
    return other in within(place_id)


def nearest(place_id: str, within_km: float) -> tuple[tuple[str, float], ...]:
    """Return the other authorities whose middles are at most so far away, nearest first.

    Each comes with its distance in km. Empty for a place without a position.
    """
    here = position_of_place(place_id)
    if here is None:
        return ()
    apart = (
        (kilometres(here, (latitude, longitude)), code)
        for code, latitude, longitude in _authorities()
        if code != place_id
    )
    return tuple((code, away) for away, code in sorted(apart) if away <= within_km)


def _place(place_id: str) -> Place | None:
    for known in (places(), countries()):
        if place_id in known:
            return known.term(place_id)
    return None


@functools.cache
def _within(place_id: str) -> frozenset[str]:
    found = {place_id}
    if place_id in places():
        place = places().term(place_id)
        for inner in (*(child.id for child in places().children(place_id)), *place.members):
            found |= _within(inner)
    return frozenset(found)


@functools.cache
def _authorities() -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (place.id, place.latitude, place.longitude)
        for place in places()
        if place.kind == "local authority"
        and place.latitude is not None
        and place.longitude is not None
    )


@functools.cache
def _neighbours() -> dict[str, frozenset[str]]:
    file = resources.files("graph.vocabulary").joinpath("neighbours.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["code"]: frozenset(row["neighbours"].split()) for row in rows}
