"""A generated world as records, in a stream: nodes first, then ties, as a store wants them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from bench.world import PLACES, SKILLS, THEMES, Pairs, World
from graph.model import (
    Collaboration,
    Need,
    Offer,
    Organisation,
    Place,
    Provenance,
    Record,
    Relationship,
    Skill,
    Theme,
    WorksIn,
    WorksOn,
)

__all__ = ["batches", "organisation_id", "records"]

_TOLD = Provenance(
    source="bench: generated world",
    asserted_by="bench",
    first_seen=date(2026, 1, 1),
    last_confirmed=date(2026, 11, 1),
)


def organisation_id(number: int) -> str:
    """Return the id of an organisation of a generated world."""
    return f"org-{number:07}"


def batches(world: World, size: int) -> Iterator[list[Record]]:
    """Yield the records of ``world``, ``size`` at a time."""
    stream = records(world)
    while batch := list(islice(stream, size)):
        yield batch


def records(world: World) -> Iterator[Record]:
    """Yield all records of ``world``."""
    return chain(_terms(world), _organisations(world), _ties(world))


def _terms(world: World) -> Iterator[Record]:
    for number in range(SKILLS):
        yield Skill(id=f"skill-{number}", name=f"Skill {number}", provenance=_TOLD)
    for number in range(THEMES):
        yield Theme(id=f"theme-{number}", name=f"Theme {number}", provenance=_TOLD)
    for number in range(PLACES):
        latitude, longitude = world.coordinates[number].tolist()
        yield Place(
            id=f"place-{number}",
            name=f"Place {number}",
            latitude=latitude,
            longitude=longitude,
            provenance=_TOLD,
        )


def _organisations(world: World) -> Iterator[Record]:
    incomes, words = world.income.tolist(), world.words.tolist()
    for number, (income, said) in enumerate(zip(incomes, words, strict=True)):
        yield Organisation(
            id=organisation_id(number),
            name=f"Organisation {number}",
            description=" ".join(f"word{word}" for word in said),
            income=income,
            provenance=_TOLD,
        )


def _ties(world: World) -> Iterator[Record]:
    for number, place in enumerate(world.place.tolist()):
        yield WorksIn(from_id=organisation_id(number), to_id=f"place-{place}", provenance=_TOLD)
    yield from _tied(Offer, world.offers, "skill")
    yield from _tied(Need, world.needs, "skill")
    yield from _tied(WorksOn, world.themes, "theme")
    for start, end in zip(
        world.collaborations.starts.tolist(), world.collaborations.ends.tolist(), strict=True
    ):
        yield Collaboration(
            from_id=organisation_id(start), to_id=organisation_id(end), provenance=_TOLD
        )


def _tied(kind: type[Relationship], pairs: Pairs, thing: str) -> Iterator[Record]:
    for start, end in zip(pairs.starts.tolist(), pairs.ends.tolist(), strict=True):
        yield kind(from_id=organisation_id(start), to_id=f"{thing}-{end}", provenance=_TOLD)
