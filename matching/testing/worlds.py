"""Tiny networks with planted truths: the right answer is known without a second implementation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graph.model import (
    Advances,
    BasedIn,
    Collaboration,
    Community,
    Fact,
    Funding,
    Goal,
    Introduction,
    IntroductionState,
    Need,
    Offer,
    Organisation,
    Place,
    Project,
    Provenance,
    Relationship,
    Serves,
    Skill,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder, TableBuilder

__all__ = [
    "TOLD",
    "WORLDS",
    "World",
    "checkerboard",
    "mixed",
    "one_sided_pair",
    "single_provider",
    "snapshot_of",
    "two_silos",
    "without",
]

TOLD = Provenance(
    source="a tiny world",
    asserted_by="tester",
    first_seen=date(2026, 1, 1),
    last_confirmed=date(2026, 1, 1),
)


@dataclass(frozen=True, slots=True)
class World:
    """A network as records; ``best`` names the partner that must come first for organisations."""

    records: tuple[Fact, ...]
    best: Mapping[str, str] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        """Return the world as a store would give it."""
        return snapshot_of(self.records)


def snapshot_of(records: Iterable[Fact], version: int = 1) -> Snapshot:
    """Return the snapshot that a store holding ``records`` would give, without a store.

    The last word on a record wins; raises StoreCorrupt for a tie to a node that isn't there.
    """
    by_kind: dict[str, dict[str, Fact]] = defaultdict(dict)
    for record in records:
        by_kind[record.kind][record.id] = record
    builder = SnapshotBuilder(version)
    for node_kind, table in builder.nodes():
        _fill(table, by_kind[node_kind.kind], None)
    for tie_kind, table in builder.ties():
        _fill(table, by_kind[tie_kind.kind], builder.positions)
    return builder.finish()


def _fill(
    table: TableBuilder, records: Mapping[str, Fact], positions: Mapping[str, int] | None
) -> None:
    rows = [record.to_row() for record in records.values()]
    table.extend([[row[name] for row in rows] for name in table.columns], positions)


def without(records: Iterable[Fact], ids: Collection[str]) -> tuple[Fact, ...]:
    """Return the records but those with these ids, and but the ties that hang on them."""
    return tuple(
        record
        for record in records
        if record.id not in ids
        and not (
            isinstance(record, Relationship) and (record.from_id in ids or record.to_id in ids)
        )
    )


def checkerboard(size: int = 12) -> World:
    """Return two colours, each working with all of its own but one: the one it should meet.

    After the checkerboard of recommender tests. ``size`` is a multiple of 4, at least 8.
    """
    ids = [f"org-{number:02}" for number in range(size)]
    best = {ids[i]: ids[(i + size // 2) % size] for i in range(size)}
    ties = [
        _works_with(ids[i], ids[j])
        for i in range(size)
        for j in range(i + 2, size, 2)
        if best[ids[i]] != ids[j]
    ]
    return World((*_organisations(ids), *ties), best)


def two_silos(size: int = 5) -> World:
    """Return two circles of ``size`` that know each other only through ``org-broker``."""
    silos = [[f"org-{side}{number}" for number in range(size)] for side in ("east", "west")]
    ties = [
        _works_with(one, other) for silo in silos for one in silo for other in silo if one < other
    ]
    ties += [_works_with("org-broker", silo[0]) for silo in silos]
    best = {silos[0][0]: silos[1][0], silos[1][0]: silos[0][0]}
    return World((*_organisations([*silos[0], *silos[1], "org-broker"]), *ties), best)


def single_provider(in_need: int = 4) -> World:
    """Return several organisations that need a skill which only ``org-provider`` offers.

    Another skill is needed by all of them too, and offered by nobody.
    """
    ids = [f"org-{number}" for number in range(in_need)]
    wants = [_needs(one, skill) for one in ids for skill in ("rare", "missing")]
    return World(
        (
            *_organisations([*ids, "org-provider"]),
            *(Skill(id=f"cap-{name}", name=name, provenance=TOLD) for name in ("rare", "missing")),
            *wants,
            _offers("org-provider", "rare"),
        ),
        dict.fromkeys(ids, "org-provider"),
    )


def one_sided_pair() -> World:
    """Return ``org-seeker``, who exchanges two equally scarce skills with ``org-mutual``.

    From ``org-generous`` it would get two others, as scarce, and give nothing: as strong, but
    one-sided.
    """
    skills = ("taken", "given", "third", "fourth")
    return World(
        (
            *_organisations(["org-seeker", "org-mutual", "org-generous"]),
            *(Skill(id=f"cap-{name}", name=name, provenance=TOLD) for name in skills),
            _needs("org-seeker", "taken"),
            _offers("org-mutual", "taken"),
            _offers("org-seeker", "given"),
            _needs("org-mutual", "given"),
            *(_needs("org-seeker", name) for name in skills[2:]),
            *(_offers("org-generous", name) for name in skills[2:]),
        ),
        {"org-seeker": "org-mutual"},
    )


def mixed(size: int = 14) -> World:
    """Return a small network with every kind of tie, spread by arithmetic; nothing is planted."""
    ids = [f"org-{number:02}" for number in range(size)]
    deeds = ("kitchen supper", "legal advice", "street theatre", "kitchen garden")
    nodes: list[Fact] = [
        Organisation(
            id=one,
            name=f"Number {number}",
            description=deeds[number % 4],
            income=None if number % 5 == 0 else 10.0 ** (3 + number % 4),
            closed_on=date(2025, 1, 1) if number == size - 1 else None,
            provenance=TOLD,
        )
        for number, one in enumerate(ids)
    ]
    nodes += [
        Skill(
            id=f"cap-{n}", name=f"skill {n}", parent_id="cap-1" if n == 4 else "", provenance=TOLD
        )
        for n in range(6)
    ]
    nodes += [Goal(id=f"goal-{n}", name=f"goal {n}", provenance=TOLD) for n in range(2)]
    nodes += [Theme(id=f"theme-{n}", name=f"theme {n}", provenance=TOLD) for n in range(4)]
    nodes += [Community(id=f"com-{n}", name=f"community {n}", provenance=TOLD) for n in range(3)]
    nodes += [
        Place(
            id=f"E{n}",
            name=f"place {n}",
            latitude=52 + n / 5,
            longitude=-1,
            parent_id="E0" if n == 2 else "",
            provenance=TOLD,
        )
        for n in range(3)
    ]
    nodes += [
        Project(id=f"project-{n}", name=f"mural {n}", description=deeds[n], provenance=TOLD)
        for n in range(4)
    ]
    guessed = replace(TOLD, inferred=True, confidence=0.5)
    ties: list[Fact] = []
    for number, one in enumerate(ids):
        how = guessed if number % 4 == 3 else TOLD
        skill, other_skill = f"cap-{number % 6}", f"cap-{(number * 5 + 2) % 6}"
        ties.append(Offer(from_id=one, to_id=skill, level=1 + number % 3, provenance=how))
        if skill != other_skill:
            ties.append(
                Need(from_id=one, to_id=other_skill, urgency=1 + number % 3, provenance=TOLD)
            )
        ties.append(WorksOn(from_id=one, to_id=f"theme-{number % 4}", provenance=how))
        ties.append(Serves(from_id=one, to_id=f"com-{number % 3}", provenance=how))
        ties.append(WorksIn(from_id=one, to_id=f"E{number % 3}", provenance=TOLD))
        ties.append(BasedIn(from_id=one, to_id=f"E{number // 5 % 3}", provenance=TOLD))
        if number % 3 == 0:
            ties.append(
                TakesPartIn(from_id=one, to_id=f"project-{number % 4}", role="lead", provenance=how)
            )
        if number % 5 == 1:
            ties.append(Advances(from_id=one, to_id=f"goal-{number % 2}", provenance=TOLD))
            ties.append(TakesPartIn(from_id=one, to_id=f"project-{number % 3}", provenance=TOLD))
        if number % 4 == 1:
            state = tuple(IntroductionState)[3 + number // 4 % 3]
            ties.append(
                Introduction(
                    from_id=one, to_id=ids[(number + 5) % size], state=state, provenance=TOLD
                )
            )
        if number % 2 == 0:
            ties.append(_works_with(one, ids[(number + 3) % size]))
        if 0 < number % 5 < 3:
            ties.append(Funding(from_id=ids[0], to_id=one, grant_id=str(number), provenance=TOLD))
    return World((*nodes, *ties))


WORLDS: dict[str, Callable[[], World]] = {
    "checkerboard": checkerboard,
    "two silos": two_silos,
    "single provider": single_provider,
    "one-sided pair": one_sided_pair,
    "mixed": mixed,
}
"""Every world by name, for tests that hold in all of them."""


def _organisations(ids: Iterable[str]) -> list[Fact]:
    return [Organisation(id=one, name=one, provenance=TOLD) for one in ids]


def _works_with(one: str, other: str) -> Collaboration:
    return Collaboration(from_id=one, to_id=other, provenance=TOLD)


def _offers(organisation: str, skill: str) -> Offer:
    return Offer(from_id=organisation, to_id=f"cap-{skill}", provenance=TOLD)


def _needs(organisation: str, skill: str) -> Need:
    return Need(from_id=organisation, to_id=f"cap-{skill}", provenance=TOLD)
