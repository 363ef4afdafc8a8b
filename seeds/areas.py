"""From an area of operation, as a register of charities writes it, to a place."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from graph.vocabulary import Place, countries, places
from graph.vocabulary.spelling import words_of

__all__ = ["area_place"]

_THROUGHOUT = "throughout"
_BROAD = frozenset({"country", "nation", "region"})


@lru_cache(maxsize=4_096)
def area_place(area_type: str, description: str) -> Place | None:
    """Return the place that an area of operation means, or None so that it can be reported.

    ``area_type`` and ``description`` are ``geographic_area_type`` and
    ``geographic_area_description`` of the Charity Commission's register: "Local Authority" and
    "Barnet", "Region" and "Throughout London", "Metropolitan Counties" and "West Midlands",
    "Country" and "Kenya". The type decides where a name means two places; an unknown or empty
    type leaves what only one place is called. "Throughout England And Wales" is a place of its
    own, K04000001, which holds both nations.
    """
    words = words_of(description)
    if words[:1] == [_THROUGHOUT]:
        words = words[1:]
    text = " ".join(words)
    finds = _BY_TYPE.get("".join(words_of(area_type)), _any)
    return finds(text) if text else None


def _abroad(text: str) -> Place | None:
    """A country, or a nation or all of the UK; never a town or county of the same name."""
    found = countries().find(text)
    return found or _broad(text)


def _broad(text: str) -> Place | None:
    found = places().find(text)
    return found if found and (found.kind in _BROAD or found.kind == "area") else None


def _authority(text: str) -> Place | None:
    found = places().find(text)
    return found if found and found.kind not in _BROAD else None


def _metropolitan(text: str) -> Place | None:
    # The county West Midlands is far smaller than the region of that name.
    return places().find(f"{text} metropolitan county") or places().find(text)


def _any(text: str) -> Place | None:
    return places().find(text) or countries().find(text)


_BY_TYPE: dict[str, Callable[[str], Place | None]] = {
    "country": _abroad,
    "continent": _abroad,
    "region": _broad,
    "localauthority": _authority,
    "metropolitancounty": _metropolitan,
    "metropolitancounties": _metropolitan,
}
