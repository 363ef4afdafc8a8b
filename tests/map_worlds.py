"""Small networks for the tests of maps and pictures, made without a store."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import settings

from builders import TOLD, collaboration, organisation
from graph.model import (
    BasedIn,
    Place,
    Project,
    Provenance,
    Record,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder, TableBuilder
from matching.network import Network

GUESSED = replace(TOLD, source="a guess", inferred=True, confidence=0.5)
FEW_WORLDS = settings(deadline=None, max_examples=25)
"""For properties of whole worlds, each of which takes a tenth of a second to make."""

HOSTILE = "<img src=x onerror=\"window.PWN=1\"><a href='//evil.example'>Tower & Co</a></script>"

HOSTILE_NUMBER = 7
"""Which organisation of the borough world has the hostile name."""

BOROUGHS = (
    "Barking and Dagenham",
    "Camden",
    "Hackney",
    "Islington",
    "Lambeth",
    "Newham",
    "Southwark",
    "Tower Hamlets",
    "Waltham Forest",
    "Westminster",
)
THEMES = (
    "Advice and support",
    "Arts",
    "Children and young people",
    "Disability",
    "Education",
    "Environment and climate",
    "Food and hunger",
    "Health and wellbeing",
    "Housing",
    "Economic and community development",
)
FIRST = ("Alder", "Bright", "Common", "Dawn", "East", "Fair", "Good", "Harbour", "Open", "River")
LAST = (
    "Action",
    "Bridge",
    "Circle",
    "Gardens",
    "Hands",
    "House",
    "Kitchen",
    "Links",
    "Project",
    "Trust for Neighbours and Newcomers of the Old Town",
)


def snapshot_of(records: Iterable[Record]) -> Snapshot:
    """Return the snapshot that a store holding ``records`` would give."""
    kept = list(records)
    builder = SnapshotBuilder(1)
    for node_kind, table in builder.nodes():
        _fill(table, [record for record in kept if type(record) is node_kind], None)
    for tie_kind, table in builder.ties():
        _fill(table, [record for record in kept if type(record) is tie_kind], builder.positions)
    return builder.finish()


def _fill(table: TableBuilder, records: list[Record], positions: dict[str, int] | None) -> None:
    rows = [record.to_row() for record in records]
    table.extend([[row[name] for row in rows] for name in table.columns], positions)


def network_of(*records: Record) -> Network:
    """Return the compiled network of these facts."""
    return Network.compile(snapshot_of(records))


def place(name: str, parent: str = "") -> Place:
    return Place(id=f"place-{name}", name=name, parent_id=parent, provenance=TOLD)


def theme(name: str, parent: str = "") -> Theme:
    return Theme(id=f"theme-{name}", name=name, parent_id=parent, provenance=TOLD)


def project(name: str) -> Project:
    return Project(id=f"project-{name}", name=name, provenance=TOLD)


def works_in(who: str, where: str) -> WorksIn:
    return WorksIn(from_id=f"org-{who}", to_id=f"place-{where}", provenance=TOLD)


def based_in(who: str, where: str) -> BasedIn:
    return BasedIn(from_id=f"org-{who}", to_id=f"place-{where}", provenance=TOLD)


def works_on(who: str, what: str) -> WorksOn:
    return WorksOn(from_id=f"org-{who}", to_id=f"theme-{what}", provenance=TOLD)


def takes_part(who: str, what: str, provenance: Provenance = TOLD) -> TakesPartIn:
    return TakesPartIn(from_id=f"org-{who}", to_id=f"project-{what}", provenance=provenance)


def borough_world(count: int = 160, seed: int = 1) -> list[Record]:
    """Return a network that looks like a city's: boroughs, themes, projects and a few hubs."""
    chance = random.Random(seed)
    projects = [f"Winter partnership {n}" for n in range(count // 5)]
    records: list[Record] = [
        *(place(name) for name in BOROUGHS),
        *(theme(name) for name in THEMES),
        *(project(name) for name in projects),
    ]
    for n in range(count):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {n}"
        who = f"{n:04}"
        shown = HOSTILE if n == HOSTILE_NUMBER else name
        records.append(replace(organisation(who), name=shown))
        home = BOROUGHS[min(int(chance.expovariate(0.35)), 9)]
        if chance.random() < 0.9:
            records.append(works_in(who, home))
        elif chance.random() < 0.5:
            records.append(based_in(who, home))
        records += [works_on(who, it) for it in chance.sample(THEMES, chance.choice((0, 1, 1, 2)))]
        parts = chance.sample(projects, min(len(projects), chance.choice((0, 0, 1, 1, 2))))
        records += [takes_part(who, it) for it in parts]
        for _ in range(chance.choice((0, 1, 2))):
            other = (
                chance.randrange(count)
                if chance.random() < 0.6
                else chance.randrange(min(8, count))
            )
            how = GUESSED if chance.random() < 0.15 else TOLD
            if other != n:
                records.append(collaboration(who, f"{other:04}", provenance=how))
    return list({record.id: record for record in records}.values())
