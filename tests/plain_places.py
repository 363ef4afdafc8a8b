"""Which places are near each other, by plain rules: nothing of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from graph.model import Place
from graph.vocabulary.geography import neighbours, position_of_place, within

__all__ = ["near_places"]


def near_places(every: Iterable[Place]) -> dict[str, set[str]]:
    """Return by place itself and those near it: bordering, close by, or one in the other."""
    places = {each.id: each for each in every}
    at = {
        key: (each.latitude, each.longitude)
        if each.latitude is not None and each.longitude is not None
        else position_of_place(key)
        for key, each in places.items()
    }
    found: dict[str, set[str]] = {key: {key} for key in places}

    def join(one: str, other: str) -> None:
        found[one].add(other)
        found[other].add(one)

    for key, place in places.items():
        away = sorted(
            (_km(at[key], at[other]), other)
            for other in places
            if other != key and at[key] and at[other]
        )
        for km, other in away[:12]:
            if km <= 60:
                join(key, other)
        for other in neighbours(key) & places.keys():
            join(key, other)
        if 1 < len(within(key)) <= 60:
            for other in within(key) & places.keys():
                join(key, other)
        parent = place.parent_id
        inside = [each for each in places.values() if each.parent_id == parent]
        if parent in places and not within(parent) and len(inside) <= 60:
            join(parent, key)
    return found


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    (north, east), (far_north, far_east) = (tuple(map(radians, at)) for at in (one, other))
    half = sin((far_north - north) / 2) ** 2
    half += cos(north) * cos(far_north) * sin((far_east - east) / 2) ** 2
    return 2 * 6_371.0088 * asin(sqrt(half))
