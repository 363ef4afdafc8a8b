"""Latitude and longitude as people write them: a position, or unknown and why; never 0, 0."""

from __future__ import annotations

import math

from graph.vocabulary.geography import Position
from seeds.problems import Problem, Where
from seeds.reading.values import as_number

__all__ = ["read_position"]

_ZERO = 0.01  # degrees, about a kilometre: out at sea, where spreadsheets put what they don't know
_REMEDY = "Write degrees such as 51.5145 and -0.1270, or leave both cells empty."


def read_position(
    latitude: str, longitude: str, at_latitude: Where, at_longitude: Where, *, in_uk: bool = True
) -> tuple[Position | None, Problem | None]:
    """Return the position in two cells (degrees, WGS 84) and what is odd about them.

    Cells that give no position make it unknown, with a warning that names the cell; two empty
    ones make it unknown without. ``in_uk`` also refuses two numbers that lie in the UK only
    once swapped.
    """
    if not latitude.strip() and not longitude.strip():
        return None, None
    degrees = []
    for text, where, name, most in (
        (latitude, at_latitude, "latitude", 90),
        (longitude, at_longitude, "longitude", 180),
    ):
        number = as_number(text)
        if number is None or not math.isfinite(number):
            why = f"is no {name}, so the position is unknown"
            return None, _warning(where, text, why)
        if abs(number) > most:
            why = f"is past {most} degrees, so it is no {name}, and the position is unknown"
            return None, _warning(where, text, why)
        degrees.append(number)
    north, east = degrees
    pair = f"{latitude.strip()}, {longitude.strip()}"
    if abs(north) < _ZERO and abs(east) < _ZERO:
        why = "is a spot in the sea off Africa that stands for no position, so it is unknown"
        return None, _warning(at_latitude, pair, why)
    if in_uk and not _is_british(north, east) and _is_british(east, north):
        why = "has latitude and longitude swapped, it seems, so the position is unknown"
        return None, _warning(at_latitude, pair, why)
    return (north, east), None


def _is_british(north: float, east: float) -> bool:
    return 49 <= north <= 61.5 and -9 <= east <= 2.5


def _warning(where: Where, value: str, why: str) -> Problem:
    return where.problem(value, why, remedy=_REMEDY, is_warning=True)
