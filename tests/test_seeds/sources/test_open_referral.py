"""Directories of services from elsewhere: pages of an API, packages of tables, and their faults."""

from __future__ import annotations

import json
from pathlib import Path

from graph.contract import GraphStore
from graph.model import BasedIn, Organisation, Project, Serves, TakesPartIn, WorksIn, WorksOn
from import_files import bring_in, preview, write

SERVICE = {
    "id": "s1",
    "name": "Debt advice",
    "status": "active",
    "description": "Help",
    "organization": {"id": "o1", "name": "Mill Lane", "description": "Advice"},
    "service_areas": [{"id": "x", "name": "Hackney"}, {"id": "y", "name": "Narnia"}],
    "attributes": [
        {"id": "a1", "taxonomy_term": {"id": "t1", "name": "Advice", "taxonomy": "local"}},
        {"id": "a2", "taxonomy_term": {"id": "t2", "name": "Older people"}},
        {"id": "a3", "taxonomy_term": {"id": "t3", "name": "Zorbing"}},
    ],
    "contacts": [{"id": "c", "name": "Ann Other"}],
    "phones": [{"id": "p", "number": "020"}],
}
PACKAGE = {
    "organizations.csv": (
        "\ufeffid,name,description,website,legal_status,tax_id,parent_organization_id\n"
        "o1,Mill Lane,Advice,https://m.example,CIO,GB-CHC-1164883,o2\no2,Tide,,,,12345,\n,Nameless,,,,,\n"
    ),
    "organization_identifier.csv": (
        "id,organization_id,identifier_scheme,identifier_type,identifier\n"
        "i1,o1,GB-COH,company number,9506232\ni2,o2,,charity number,1173575\ni3,o2,,internal,77\n"
    ),
    "services.csv": (
        "id,organization_id,name,status\ns1,o1,One,active\ns2,o1,Two,defunct\ns3,o9,Three,active\n"
        "s4,o2,Four,inactive\ns5,o2,Five,temporarily closed\ns1,o1,Again,active\ns6,o2,Six,odd\n"
    ),
    "service_areas.csv": "id,service_id,name,uri\na,s1,,https://x.example/id/E08000009\n",
    "locations.csv": "id,organization_id,location_type,name\nl1,o1,physical,Hall\n",
    "addresses.csv": (
        "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
        "d1,l1,1 Road,London,,E8 1AA,GB,physical\n"
    ),
    "contacts.csv": "id,organization_id,name\nc1,o1,Ann Other\n",
    "datapackage.json": '{"name": "x", "resources": [{"name": "organizations"}]}',
}


def test_a_page_of_an_api_comes_in(tmp_path: Path, store: GraphStore) -> None:
    page = {"total_items": 1, "contents": [SERVICE, {**SERVICE, "id": "s2", "status": "inactive"}]}
    path = tmp_path / "services.json"
    path.write_text(json.dumps(page), encoding="utf-8")
    seen = preview(path, store)
    assert seen.source == "open-referral"
    assert not seen.problems
    assert seen.skipped == {
        "a contact or a phone number: people are never imported": 4,
        "a service that is inactive": 1,
        "'Zorbing', which is no theme or community of gofar": 1,
    }
    assert ["Narnia" in str(warning) for warning in seen.warnings] == [True]
    bring_in(path, store)

    (organisation,), (service,) = store.records(Organisation), store.records(Project)
    assert (organisation.name, service.name) == ("Mill Lane", "Debt advice")
    (tie,) = store.records(TakesPartIn)
    assert (tie.from_id, tie.to_id, tie.role) == (organisation.id, service.id, "provider")
    both = {organisation.id, service.id}
    for tie_class in (WorksOn, Serves, WorksIn):
        assert {tie.from_id for tie in store.records(tie_class)} == both
    assert not preview(path, store).changes_anything
    assert "Ann Other" not in str(list(store.audit()))


def test_a_package_of_tables_comes_in(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path / "package", PACKAGE)
    seen = preview(folder, store)
    assert seen.source == "open-referral"
    assert [(p.file, p.row, p.value) for p in seen.problems] == [
        ("organizations.csv", 4, ""),
        ("services.csv", 4, "o9"),
        ("services.csv", 7, "s1"),
    ]
    assert seen.skipped == {
        "a contact or a phone number: people are never imported": 1,
        "a parent organisation, which has no place in gofar": 1,
        "a service that is defunct": 1,
        "a service that is inactive": 1,
    }
    bring_in(folder, store)

    held = {record.name: record for record in store.records(Organisation)}
    assert set(held) == {"Mill Lane", "Tide"}
    assert set(held["Mill Lane"].external_ids) == {"GB-CHC-1164883", "GB-COH-09506232"}
    assert held["Tide"].external_ids == ("GB-CHC-1173575",)
    assert (held["Mill Lane"].postcode, held["Mill Lane"].organisation_type) == ("E8 1AA", "CIO")
    assert {project.name for project in store.records(Project)} == {"One", "Five", "Six"}
    (office,) = store.records(BasedIn)
    assert (office.from_id, office.to_id) == (held["Mill Lane"].id, "E09000012")
    assert {area.to_id for area in store.records(WorksIn)} == {"E08000009"}


def test_lists_of_organisations_and_wrong_types_are_taken_for_what_they_are(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "data.json"
    items = [
        {"id": "o1", "name": "Mill", "tax_id": None, "organization_identifiers": "none"},
        {"id": {"a": 1}, "name": ["x"], "legal_status": True},
        7,
        {"id": "s", "organization_id": "o1", "name": "Lunch", "status": "active", "locations": 3},
    ]
    path.write_text(json.dumps(items), encoding="utf-8")
    seen = preview(path, store)
    assert seen.source == "open-referral"
    assert [problem.row for problem in seen.problems] == [3, 2]
    bring_in(path, store)
    assert [project.name for project in store.records(Project)] == ["Lunch"]
