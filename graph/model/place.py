"""Places: where an organisation works, which is not where its office is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.fields import Latitude, Longitude, Name, Word
from graph.model.records import Node, Relationship

__all__ = ["BasedIn", "Place", "WorksIn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Node):
    """An area with a name, or a country.

    Coordinates (WGS 84, degrees) are of its middle; unknown ones are empty, never 0, 0.
    """

    kind: ClassVar[str] = "place"
    label: ClassVar[str] = "Place"
    plural: ClassVar[str] = "places"
    standard: ClassVar[str] = (
        "Ids after ONS GSS codes (E09000033), countries after ISO 3166-1 (country:KE)"
    )

    name: Name
    other_names: tuple[str, ...] = ()
    place_type: Word = ""
    parent_id: Word = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksIn(Relationship):
    """An organisation or project is active in a place: its area of operation."""

    kind: ClassVar[str] = "works_in"
    label: ClassVar[str] = "WORKS_IN"
    reverse: ClassVar[str] = "worked in by"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation", "project")
    to_kinds: ClassVar[tuple[str, ...]] = ("place",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasedIn(Relationship):
    """An organisation has its registered or postal office in a place."""

    kind: ClassVar[str] = "based_in"
    label: ClassVar[str] = "BASED_IN"
    reverse: ClassVar[str] = "office of"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("place",)
