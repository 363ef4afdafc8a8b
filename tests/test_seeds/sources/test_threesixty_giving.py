from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import seeds
from graph.contract import GraphStore
from graph.model import BasedIn, Funding, Organisation, Project, TakesPartIn, WorksIn
from import_files import GRANT_TITLES, GRANTS, bring_in, content, preview, workbook
from needs import shared_data
from seeds.sources.threesixty_fields import Titles


def grant(**more: Any) -> dict[str, Any]:
    return {
        "id": "360G-a-1",
        "title": "T",
        "currency": "GBP",
        "amountAwarded": 10,
        "awardDate": "2024-01-01",
        "recipientOrganization": [{"id": "GB-CHC-1164883", "name": "R"}],
        "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "F"}],
        **more,
    }


def json_file(folder: Path, *grants: object, name: str = "grants.json") -> Path:
    path = folder / name
    path.write_text(json.dumps({"grants": grants}), encoding="utf-8")
    return path


def test_a_grant_becomes_a_project_with_its_parties_and_money(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "grants.csv"
    path.write_text(GRANTS, encoding="utf-8")

    bring_in(path, store)

    bodies = {body.name: body for body in store.records(Organisation)}
    assert bodies["Choir CIO"].external_ids == ("GB-CHC-1164883",)
    assert bodies["Garden Group"].external_ids == ()
    choir, _ = sorted(store.records(Project), key=lambda project: project.name)
    assert (choir.name, choir.external_ids) == ("Choir", ("360G-a-1",))
    money = {tie.grant_id: tie for tie in store.records(Funding)}["360G-a-1"]
    assert (money.amount, money.currency, money.awarded_on) == (1234.5, "GBP", date(2024, 3, 31))
    assert money.project_id == choir.id
    assert (money.from_id, money.to_id) == (bodies["Fund"].id, bodies["Choir CIO"].id)
    assert {tie.role for tie in store.records(TakesPartIn)} == {"recipient", "funder"}


def test_where_a_recipient_works_is_inferred_from_its_projects(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "grants.csv"
    path.write_text(GRANTS, encoding="utf-8")

    bring_in(path, store)

    ties = list(store.records(WorksIn))
    projects = {project.id for project in store.records(Project)}
    told = [tie for tie in ties if tie.from_id in projects]
    guessed = [tie for tie in ties if tie.from_id not in projects]
    assert {tie.to_id for tie in ties} == {"E08000009"}
    assert not any(tie.provenance.inferred for tie in told)
    assert {tie.provenance.confidence for tie in guessed} == {0.6}


def test_the_three_formats_of_one_grant_are_the_same_facts(
    tmp_path: Path, store: GraphStore
) -> None:
    titles = "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Identifier"
    titles += ",Recipient Org:Name,Funding Org:Identifier,Funding Org:Name"
    cells: list[object] = ["360G-a-1", "T", "GBP", 10, date(2024, 1, 1)]
    cells += ["GB-CHC-1164883", "R", "GB-CHC-1000001", "F"]
    table = tmp_path / "grants.csv"
    table.write_text(titles + "\n" + ",".join(map(str, cells)) + "\n", encoding="utf-8")
    book = workbook(tmp_path / "grants.xlsx", {"grants": [titles.split(","), cells]})

    bring_in(json_file(tmp_path, grant()), store)
    before = content(store)

    for path in (table, book):
        found = preview(path, store)
        assert (found.adds.total(), found.updates.total()) == (0, 0)
        seeds.apply(found, store)
    assert content(store) == before


@pytest.mark.parametrize(
    "titles",
    [
        ["Recipient Org:0:Identifier", "Recipient Org:0:Name", "Recipient Org:1:Name"],
        ["Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Name"],
        [
            "recipientOrganization/0/id",
            "recipientOrganization/0/name",
            "recipientOrganization/1/name",
        ],
        ["RECIPIENT ORG : identifier", "Recipient  Org: Name", "Recipient Org:1:Name"],
    ],
)
def test_several_recipients_are_told_apart_by_their_titles(
    titles: list[str], tmp_path: Path, store: GraphStore
) -> None:
    path = workbook(
        tmp_path / "g.xlsx",
        {
            "grants": [
                ["Identifier", "Title", "Amount Awarded", "Funding Org:Name", *titles],
                ["360G-a-1", "T", 10, "Fund", "GB-CHC-1164883", "One", "Two"],
            ]
        },
    )

    bring_in(path, store)

    assert {body.name for body in store.records(Organisation)} == {"Fund", "One", "Two"}
    # Nobody has said how they share it, so it isn't counted twice.
    assert [tie.amount for tie in store.records(Funding)] == [None, None]


def test_titles_are_known_in_any_spelling() -> None:
    found = Titles(["Planned Dates: Duration (months)", "From an open call?", "Award date"])

    assert found.fields == [
        ("planned", 0, "duration"),
        ("", 0, "fromanopencall"),
        ("", 0, "awarddate"),
    ]


def test_other_sheets_add_to_the_grants_they_name(tmp_path: Path, store: GraphStore) -> None:
    path = workbook(
        tmp_path / "g.xlsx",
        {
            "grants": [
                ["Identifier", "Title", "Funding Org:Name", "Recipient Org:Identifier"],
                ["360G-a-1", "T", "Fund", "GB-CHC-1164883"],
            ],
            "Recipient Org": [
                ["Identifier", "Recipient Org:Identifier", "Recipient Org:Name"],
                ["360G-a-1", "GB-CHC-1164883", "One"],
                ["360G-a-1", "GB-CHC-1164884", "Two"],
            ],
        },
    )

    bring_in(path, store)

    assert {body.name for body in store.records(Organisation)} == {"Fund", "One", "Two"}


def test_grants_to_individuals_are_skipped_and_counted(tmp_path: Path, store: GraphStore) -> None:
    person = grant(recipientOrganization=None, recipientIndividual={"id": "x", "name": "y"})
    generic = grant(id="360G-a-2", recipientOrganization=[{"name": "Individual"}])

    found = preview(json_file(tmp_path, person, generic), store)

    assert found.skipped == {"grant to an individual": 2}
    assert found.is_refused


def test_an_office_is_placed_by_its_postcode(tmp_path: Path, store: GraphStore) -> None:
    recipient = {"name": "R", "postalCode": "wa14 2sz"}

    bring_in(json_file(tmp_path, grant(recipientOrganization=[recipient])), store)

    (tie,) = store.records(BasedIn)
    assert tie.to_id == "E08000009"


def test_an_unknown_place_is_a_warning_once(tmp_path: Path, store: GraphStore) -> None:
    where = [{"name": "Narnia"}]
    path = json_file(
        tmp_path,
        grant(beneficiaryLocation=where),
        grant(id="360G-a-2", beneficiaryLocation=where),
    )

    found = preview(path, store)

    (warning,) = found.warnings
    assert warning.value == "Narnia"
    assert warning.row == 1


def test_an_organisation_keeps_the_id_it_has_in_the_store(
    tmp_path: Path, store: GraphStore
) -> None:
    members = tmp_path / "organisations.csv"
    members.write_text("id,name,charity number\nour-1,Choir,1164883\n", encoding="utf-8")
    bring_in(members, store)

    bring_in(json_file(tmp_path, grant()), store)

    (tie,) = store.records(Funding)
    assert tie.to_id == "our-1"
    body = store.record(Organisation, "our-1")
    assert body is not None
    assert (body.name, body.other_names) == ("Choir", ("R",))


def test_planned_months_give_the_end(tmp_path: Path, store: GraphStore) -> None:
    planned = [{"startDate": "2024-11-30", "duration": 3}]

    bring_in(json_file(tmp_path, grant(plannedDates=planned)), store)

    (project,) = store.records(Project)
    assert (project.starts_on, project.ends_on) == (date(2024, 11, 30), date(2025, 2, 28))


def test_an_end_past_the_calendar_is_left_out(tmp_path: Path, store: GraphStore) -> None:
    planned = {"startDate": "9999-06-01", "duration": 12}
    path = json_file(tmp_path, grant(plannedDates=[planned]))

    found = preview(path, store)
    seeds.apply(found, store)

    (project,) = store.records(Project)
    assert (project.starts_on, project.ends_on) == (date(9999, 6, 1), None)
    assert "the end is left out" in str(found.warnings[0])


def test_a_problem_says_file_sheet_row_column_value_and_remedy(
    tmp_path: Path, store: GraphStore
) -> None:
    path = workbook(
        tmp_path / "grants.xlsx",
        {
            "Q3": [
                ["Identifier", "Title", "Funding Org:Name", "Recipient Org:Identifier"],
                ["360G-a-1", "T", "Fund", "GB-COH-950623"],
            ]
        },
    )

    (warning,) = preview(path, store).warnings

    assert str(warning) == (
        "grants.xlsx, sheet 'Q3', row 2, 'Recipient Org:Identifier': 'GB-COH-950623' has 6 "
        "digits; company numbers have 8. Did you mean GB-COH-00950623? It was read so."
    )


def test_a_changed_file_updates(tmp_path: Path, store: GraphStore) -> None:
    bring_in(json_file(tmp_path, grant()), store)

    found = preview(json_file(tmp_path, grant(amountAwarded=20), name="new.json"), store)

    assert (found.adds.total(), dict(found.updates)) == (0, {"funds": 1})


@pytest.mark.parametrize(
    "names",
    [
        ("trafford/grants_360giving.csv", "trafford/grants_360giving.json"),
        (
            "grants_360giving/a001p00000zgyHZAAY.xlsx",
            "grants_360giving/a001p00000zgyHZAAY.json",
        ),
        (
            "grants_360giving/a003W000001B7PzQAK.xlsx",
            "grants_360giving/a003W000001B7PzQAK.json",
        ),
    ],
)
def test_a_publishers_spreadsheet_and_json_hold_the_same_facts(
    names: tuple[str, str], store: GraphStore
) -> None:
    first, second = (shared_data(*name.split("/")) for name in names)
    bring_in(first, store)

    found = preview(second, store)

    assert found.unchanged.total() > 3_000
    assert (found.adds.total(), found.updates.total()) == (0, 0)


def test_all_titles_of_a_real_file_are_read(tmp_path: Path, store: GraphStore) -> None:
    assert Titles(GRANT_TITLES.split(",")).groups == {"recipient", "funder", "beneficiary"}
    found = preview(shared_data("trafford", "grants_360giving.csv"), store)
    assert (found.adds["project"], found.adds["funds"]) == (555, 555)
    assert found.findings.problem_count == 0
