"""How far from the area of a brief organisations work."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import numpy as np
from scipy import sparse

from graph.vocabulary import geography
from matching.hierarchy import above, narrower, parents_of
from matching.network import Floats, Network

__all__ = ["far_from"]

_HOLDS = 0.25
_BEYOND = 0.75


def far_from(network: Network, places: Iterable[str], within_km: float) -> Floats:
    """Return float64[n]: 0 near to 1 far, inf for who works elsewhere or nowhere known.

    0 works in the area or a part of it; 0.25 works in a place that holds the area, or has only an
    office in it; beyond, 0.25 + 0.75 · km / ``within_km`` for who works in a place that borders
    the area or whose middle is at most ``within_km`` away. No places: 0 for everybody.
    """
    wanted = tuple(places)
    if not wanted:
        return np.zeros(len(network))
    inner = narrower(network, "place", wanted)
    known = network.thing_ids("place")
    working = np.array([_far(network, p, wanted, inner, within_km) for p in known], np.float64)
    office = np.array([_HOLDS if p in inner else np.inf for p in known], np.float64)
    return np.minimum(_least(network.places, working), _least(network.offices, office))


def _far(
    network: Network, place: str, wanted: tuple[str, ...], inner: frozenset[str], within_km: float
) -> float:
    if place in inner:
        return 0.0
    if any(
        geography.contains(place, area) or place in above(area, parents_of(network, "place"))
        for area in wanted
    ):
        return _HOLDS
    if not within_km:
        return np.inf
    away = _away(network, place, inner)
    if away <= within_km:
        return _HOLDS + _BEYOND * away / within_km
    return _HOLDS + _BEYOND if not geography.neighbours(place).isdisjoint(inner) else np.inf


def _away(network: Network, place: str, inner: frozenset[str]) -> float:
    """Return the km to the nearest part of the area, inf where a position isn't known."""
    here = _position(network, place)
    there = [spot for area in inner if (spot := _position(network, area)) is not None]
    if here is None or not there:
        return np.inf
    return min(geography.kilometres(here, spot) for spot in there)


def _position(network: Network, place: str) -> geography.Position | None:
    row = network.snapshot.row_of("place", place)
    if row is not None:
        table = network.snapshot.tables["place"]
        latitude, longitude = float(table["latitude"][row]), float(table["longitude"][row])
        if not np.isnan(latitude + longitude):
            return latitude, longitude
    return _mapped(place)


@functools.lru_cache(maxsize=4_096)
def _mapped(place: str) -> geography.Position | None:
    return geography.position_of_place(place)


def _least(matrix: sparse.csr_array, values: Floats) -> Floats:
    """Return for each row the least value of the columns that it has, inf where it has none."""
    found = np.full(matrix.shape[0], np.inf)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        found[filled] = np.minimum.reduceat(values[matrix.indices], matrix.indptr[filled])
    return found
