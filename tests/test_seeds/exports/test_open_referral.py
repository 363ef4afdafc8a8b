"""Open Referral loses much, and says exactly what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from builders import TOLD, collaboration, organisation, snapshot_of
from graph.model import (
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    BasedIn,
    Fact,
    Organisation,
    Project,
    Serves,
    TakesPartIn,
    WorksIn,
    WorksOn,
    fields_of,
)
from graph.snapshot import Snapshot
from graph.stores import open_store
from graph.testing.strategies import worlds
from import_files import bring_in
from seeds.exports import export, export_named
from seeds.sources.open_referral import OpenReferral
from seeds.terms import vocabulary, vocabulary_node

FORMATS = ["open-referral", "open-referral-csv"]
LOST = {
    "source and dates of a fact": 0,
    "spaces and line ends of a text": 0,
    "organisation.external_ids: not in the form of org-id.guide": 0,
}


def there_and_back(snapshot: Snapshot, name: str, folder: Path) -> tuple[Snapshot, dict[str, int]]:
    out = folder / f"network{export_named(name).suffix}"
    result = export(snapshot, name, out, with_confidential=True)
    with open_store("sqlite:///:memory:") as empty:
        record = bring_in(out, empty)
        assert record.source == OpenReferral.name
        left_out = {each.what: each.count for each in result.left_out}
        return empty.snapshot(), LOST | left_out


def ids(snapshot: Snapshot, kind: str) -> set[str]:
    table = snapshot.tables[kind]
    return {table.id_at(row) for row in range(len(table))}


def check_account(before: Snapshot, after: Snapshot, left_out: dict[str, int]) -> None:
    """Every fact and value is back, or counted once."""
    untidy = values_lost = 0
    for kind in (*NODE_KINDS, *RELATIONSHIP_KINDS):
        old, new = ids(before, kind.kind), ids(after, kind.kind)
        missing = left_out.pop(f"{kind.kind.replace('_', ' ')}: no place for it", 0)
        assert len(old - new) == missing, kind.kind
        words = ("skill", "theme", "community", "place")
        assert kind.kind in words or not new - old, kind.kind
    for record_class in (Organisation, Project, TakesPartIn):
        for record in before.records(record_class):
            back = after.record(record_class, record.id)
            if back is None:
                continue
            for spec in fields_of(record_class):
                old_value, new_value = getattr(record, spec.name), getattr(back, spec.name)
                if isinstance(old_value, tuple):
                    values_lost += len(old_value) - len(new_value)
                elif old_value == new_value:
                    continue
                elif (
                    isinstance(old_value, str)
                    and isinstance(new_value, str)
                    and (spec.name not in {"programme"})
                ):
                    untidy += 1
                else:
                    values_lost += 1
    assert untidy == left_out.pop("spaces and line ends of a text")
    del left_out["source and dates of a fact"]
    assert values_lost == sum(left_out.values())


@pytest.mark.parametrize("name", FORMATS)
def test_of_any_network_all_that_is_lost_is_counted(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
        ],
    )
    @given(worlds())
    def check(facts: Iterable[Fact]) -> None:
        assume(any(isinstance(fact, Organisation) for fact in facts))
        given_facts = [
            replace(fact, id="", role="provider") if isinstance(fact, TakesPartIn) else fact
            for fact in facts
        ]
        before = snapshot_of(*given_facts)
        after, left_out = there_and_back(before, name, tmp_path_factory.mktemp("sent"))
        check_account(before, after, left_out)

    check()


@pytest.mark.parametrize("name", FORMATS)
def test_services_themes_areas_and_offices_come_back(name: str, tmp_path: Path) -> None:
    theme, community = next(iter(vocabulary("theme"))), next(iter(vocabulary("community")))
    place = vocabulary("place").term("E09000012")
    facts: list[Fact] = [
        organisation(
            "a",
            name="=Advice",
            other_names=("A. A.", "AA"),
            external_ids=("GB-CHC-1164883", "GB-COH-09506232"),
            description="Help\nfor all",
            website="https://a.example",
            postcode="E8 1AA",
            income=5.0,
        ),
        organisation("b"),
        *map(vocabulary_node, (theme, community, place)),
        Project(id="prj", name="Debt advice", provenance=TOLD),
        Project(id="over", name="Over", ends_on=TOLD.first_seen, provenance=TOLD),
        TakesPartIn(from_id="org-a", to_id="prj", role="provider", provenance=TOLD),
        TakesPartIn(from_id="org-b", to_id="prj", role="provider", provenance=TOLD),
        TakesPartIn(from_id="org-a", to_id="over", role="provider", provenance=TOLD),
        BasedIn(from_id="org-a", to_id=place.id, provenance=TOLD),
        WorksOn(from_id="org-a", to_id=theme.id, provenance=TOLD),
        Serves(from_id="org-b", to_id=community.id, provenance=TOLD),
        Serves(from_id="prj", to_id=community.id, provenance=TOLD),
        WorksIn(from_id="prj", to_id=place.id, provenance=TOLD),
        WorksIn(from_id="org-a", to_id=place.id, provenance=TOLD),
        collaboration("a", "b"),
    ]
    before = snapshot_of(*facts)
    after, left_out = there_and_back(before, name, tmp_path)

    assert left_out == LOST | {
        "source and dates of a fact": 9,
        "takes part in: no place for it": 2,
        "project: no place for it": 1,
        "works in: no place for it": 1,
        "collaborates with: no place for it": 1,
        "organisation.income": 1,
        "organisation.other_names": 1,
    }
    back = after.record(Organisation, "org-a")
    assert back is not None
    assert (back.name, back.description) == ("=Advice", "Help\nfor all")
    assert back.external_ids == ("GB-CHC-1164883", "GB-COH-09506232")
    assert ids(after, "works_in") == {facts[-3].id}
    check_account(before, after, left_out)
