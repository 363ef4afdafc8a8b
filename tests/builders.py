"""Short ways to write records in tests, and a snapshot of them by way of a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.model import (
    Collaboration,
    Fact,
    Need,
    Offer,
    Organisation,
    Provenance,
    Skill,
    Visibility,
)
from graph.snapshot import Snapshot
from graph.stores import open_store
from matching import Network

TOLD = Provenance(
    source="test",
    asserted_by="tester",
    first_seen=date(2026, 1, 1),
    last_confirmed=date(2026, 1, 1),
)


def told(visibility: Visibility) -> Provenance:
    return replace(TOLD, visibility=visibility)


def organisation(key: str, /, **values: object) -> Organisation:
    named = {"id": f"org-{key}", "name": key, "provenance": TOLD}
    return Organisation(**{**named, **values})  # type: ignore[arg-type]


def skill(name: str) -> Skill:
    return Skill(id=f"cap-{name}", name=name, provenance=TOLD)


def offer(organisation_name: str, skill_name: str, **values: object) -> Offer:
    ends = {"from_id": f"org-{organisation_name}", "to_id": f"cap-{skill_name}"}
    return Offer(**{"provenance": TOLD, **ends, **values})  # type: ignore[arg-type]


def need(organisation_name: str, skill_name: str, **values: object) -> Need:
    ends = {"from_id": f"org-{organisation_name}", "to_id": f"cap-{skill_name}"}
    return Need(**{"provenance": TOLD, **ends, **values})  # type: ignore[arg-type]


def collaboration(one: str, other: str, **values: object) -> Collaboration:
    ends = {"from_id": f"org-{one}", "to_id": f"org-{other}"}
    return Collaboration(**{"provenance": TOLD, **ends, **values})  # type: ignore[arg-type]


def snapshot_of(*records: Fact) -> Snapshot:
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*records)
        return store.snapshot()


def network_of(*records: Fact, as_of: date | None = None) -> Network:
    return Network.compile(snapshot_of(*records), as_of=as_of)
