from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import seeds
from graph.contract import GraphStore
from graph.model import (
    BackboneOf,
    BasedIn,
    Collaboration,
    Funding,
    Need,
    Offer,
    Organisation,
    Project,
    Requires,
    TakesPartIn,
    Visibility,
    WorksOn,
)
from graph.vocabulary import capabilities
from import_files import bring_in, content, preview, workbook, write
from needs import shared_data


def filled(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Fill in the real template below its example rows."""
    seeds.write_template(path)
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        sheet = book[name.replace("_", " ").capitalize()]
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_empty_template_imports_as_nothing(tmp_path: Path, store: GraphStore) -> None:
    seeds.write_template(tmp_path / "template.xlsx")

    found = preview(tmp_path / "template.xlsx", store)

    assert found.is_refused
    assert (found.problems, found.warnings) == ([], [])
    assert found.skipped == {"example row of the template": 5}


def test_the_template_names_every_skill_and_holds_no_formula(tmp_path: Path) -> None:
    seeds.write_template(tmp_path / "template.xlsx")

    book = openpyxl.load_workbook(tmp_path / "template.xlsx")

    assert {cell.value for cell in book["Skills"]["A"][1:]} == {t.label for t in capabilities()}
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_template_is_the_same_for_everybody(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        seeds.write_template(tmp_path / name)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_filled_template_comes_in_whole(tmp_path: Path, store: GraphStore) -> None:
    path = filled(
        tmp_path / "t.xlsx",
        organisations=[
            [
                "",
                "Park",
                "",
                "",
                "1164883",
                "09506232",
                "",
                "",
                "£1,200",
                "",
                "WA14 2SZ",
                "Trafford; Salford",
                "Animals",
                "Older people",
                "",
            ],
            ["our-2", "Hill", "Hilltop; HT", "", "", "", "", "", "", "", "", "", "", "", "Park"],
        ],
        offers_and_needs=[
            ["Park", "bid writer", "offers", "can teach it", 3],
            ["the PARK ltd", "book-keeping", "Needs", "", "", "now", date(2027, 3, 31)],
        ],
        projects=[
            [
                "",
                "Warm Rooms",
                "",
                "01/11/2026",
                "",
                "Trafford",
                "",
                "",
                "Safeguarding",
                "Park (lead); our-2",
            ],
        ],
        relationships=[
            ["Park", "Hilltop", "shares premises", "", "", "80%"],
            ["Park", "Hill", "funds", "01/04/2024"],
            ["Hill", "GB-CHC-1164883", "member of"],
        ],
    )

    found = preview(path, store)
    assert (found.problems, found.warnings) == ([], [])
    seeds.apply(found, store)

    park, hill = sorted(store.records(Organisation), key=lambda body: body.name, reverse=True)
    assert hill.id == "our-2"
    assert hill.other_names == ("Hilltop", "HT")
    assert park.external_ids == ("GB-CHC-1164883", "GB-COH-09506232")
    assert park.income == 1200
    assert park.provenance.visibility is Visibility.MEMBERS
    (offer,) = store.records(Offer)
    assert (offer.to_id, offer.level, offer.capacity) == ("cap-bid-writing", 3, 3)
    (need,) = store.records(Need)
    assert (need.from_id, need.urgency, need.until) == (park.id, 3, date(2027, 3, 31))
    (project,) = store.records(Project)
    assert project.starts_on == date(2026, 11, 1)
    assert {(tie.from_id, tie.role) for tie in store.records(TakesPartIn)} == {
        (park.id, "lead"),
        ("our-2", ""),
    }
    assert [tie.to_id for tie in store.records(BasedIn)] == ["E08000009"]
    (tie,) = store.records(Collaboration)
    assert (tie.how, tie.strength) == ("shares premises", 0.8)
    (money,) = store.records(Funding)
    assert (money.from_id, money.awarded_on) == (park.id, date(2024, 4, 1))
    assert {(tie.from_id, tie.to_id) for tie in store.records(BackboneOf)} == {(park.id, "our-2")}
    assert len(list(store.records(Requires))) == 1


def test_a_backbones_support_has_a_beginning_and_an_end(tmp_path: Path, store: GraphStore) -> None:
    files = {
        "organisations.csv": "Id,Name\na,Tansy Council\nb,Tansy Choir\n",
        "relationships.csv": (
            "Organisation,Other organisation,Kind,Since,Until\n"
            "Tansy Council,Tansy Choir,backbone of,01/04/2024,31/03/2026\n"
        ),
    }
    bring_in(write(tmp_path / "list", files), store)
    (tie,) = store.records(BackboneOf)
    assert (tie.since, tie.until) == (date(2024, 4, 1), date(2026, 3, 31))


def test_an_unknown_word_costs_only_itself_and_suggests_the_nearest(
    tmp_path: Path, store: GraphStore
) -> None:
    path = workbook(
        tmp_path / "t.xlsx",
        {
            "Organisations": [["Name", "Places"], ["A", "Traford; Salford"]],
            "Offers and needs": [
                ["Organisation", "Skill", "Offers or needs"],
                ["A", "bookeping", "needs"],
                ["B", "Bookkeeping", "needs"],
                ["A", "Bookkeeping", "perhaps"],
            ],
        },
    )

    found = preview(path, store)

    assert found.adds["works_in"] == 1
    assert found.adds["needs"] == 0
    said = {(p.sheet, p.row, p.column, p.value): p.remedy for p in found.problems}
    assert said.keys() == {
        ("Organisations", 2, "Places", "Traford"),
        ("Offers and needs", 2, "Skill", "bookeping"),
        ("Offers and needs", 3, "Organisation", "B"),
        ("Offers and needs", 4, "Offers or needs", "perhaps"),
    }
    assert "'Trafford'" in said["Organisations", 2, "Places", "Traford"]
    assert "'Bookkeeping'" in said["Offers and needs", 2, "Skill", "bookeping"]


def test_a_label_with_a_comma_is_one_word(tmp_path: Path, store: GraphStore) -> None:
    label = next(t.label for t in capabilities() if "," not in t.label)
    path = write(tmp_path / "t", {"o.csv": 'name,postcode\nA,\n"Advice, Sale",\n'})
    needs = f'organisation,skill,offers or needs\n"Advice, Sale","{label}, Bookkeeping",needs\n'
    write(path, {"needs.csv": needs})

    found = preview(path, store)

    assert found.problems == []
    assert found.adds["needs"] == 2


def test_what_looks_like_a_formula_stays_text(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text('name,website\n"=HYPERLINK(""x"")",@SUM(A1)\n', encoding="utf-8")

    bring_in(path, store)

    (body,) = store.records(Organisation)
    assert (body.name, body.website) == ('=HYPERLINK("x")', "@SUM(A1)")


def test_rows_with_a_common_identifier_are_one_organisation(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(
        "name,charity number,company number,website,postcode\n"
        "Park,1164883,,one,\nPark CIO,,09506232,,M16 7GX\nThe Park,1164883,9506232,two,\n",
        encoding="utf-8",
    )

    found = preview(path, store)
    seeds.apply(found, store)

    (body,) = store.records(Organisation)
    assert body.external_ids == ("GB-CHC-1164883", "GB-COH-09506232")
    assert (body.website, body.postcode) == ("one", "M16 7GX")
    assert "'two' differs from 'one'" in str(found.warnings[0])


def test_two_charities_are_not_made_one_by_a_company_number(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(
        "name,charity number,company number\nA,1164883,12345678\nB,1164884,12345678\n",
        encoding="utf-8",
    )

    found = preview(path, store)

    assert found.adds["organisation"] == 2
    assert "belongs to GB-CHC-1164883 above" in str(found.warnings[0])


def test_a_row_that_loses_its_identifier_keeps_its_own_ties(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(
        "name,charity number,external ids,themes\n"
        "A,,GB-CHC-1111111; GB-CHC-2222222,\nB,2222222,,Arts and culture\n",
        encoding="utf-8",
    )

    found = preview(path, store)
    seeds.apply(found, store)

    assert "belongs to GB-CHC-1111111 above" in str(found.warnings)
    ids = {body.name: body.id for body in store.records(Organisation)}
    assert [tie.from_id for tie in store.records(WorksOn)] == [ids["B"]]


def test_a_tie_that_is_said_twice_with_other_values_is_a_warning(
    tmp_path: Path, store: GraphStore
) -> None:
    rows = ["A,Bid writing,offers,1", "A,Bid writing,offers,1", "A,Bid writing,offers,3"]
    files = {
        "organisations.csv": "name\nA\n",
        "offers.csv": "\n".join(["organisation,skill,offers or needs,level", *rows, ""]),
    }

    found = preview(write(tmp_path / "t", files), store)
    seeds.apply(found, store)

    (offer,) = store.records(Offer)
    assert offer.level == 1
    assert [(problem.file, problem.row) for problem in found.warnings] == [("offers.csv", 4)]
    assert "(offers); the earlier one is kept" in found.warnings[0].message


def test_a_possible_duplicate_is_reported_and_not_merged(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("name,charity number\nRiverside Advice,1164883\n", encoding="utf-8")
    bring_in(path, store)
    path.write_text("name,charity number\nRiverside Advise Ltd,1164884\n", encoding="utf-8")

    found = preview(path, store)

    assert found.adds["organisation"] == 1
    assert found.to_json()["duplicates"] == 1
    assert found.duplicates[0].other_name == "Riverside Advice"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.csv", "name,postcode\nA,M1\n", "organisation"),
        ("a.csv", "title,participants\nT,\n", "project"),
        ("members.csv", "name\nA\n", "organisation"),
    ],
)
def test_a_single_table_is_known_by_its_columns_or_name(
    name: str, text: str, kind: str, tmp_path: Path, store: GraphStore
) -> None:
    assert preview(write(tmp_path, {name: text}) / name, store).adds[kind] == 1


def test_a_real_register_comes_in(store: GraphStore) -> None:
    path = shared_data("trafford", "charities.csv")

    record = bring_in(path, store)
    before = content(store)

    assert sum(1 for _ in store.records(Organisation)) == 736
    assert bring_in(path, store) == record
    assert content(store) == before


def test_two_charities_with_one_number_are_named(tmp_path: Path, store: GraphStore) -> None:
    table = (
        "Name,Charity number,Themes\nMill Lane Kitchen,1164883,Animals\n"
        "Kitchen at Mill Lane,1164883,\nBrass Band of Zeal,1164883,\n"
    )
    seen = preview(write(tmp_path / "t", {"organisations.csv": table}), store)

    (warning,) = (found for found in seen.warnings if "one number" in str(found))
    assert warning.row == 4
    assert "'GB-CHC-1164883' is the number of 'Mill Lane Kitchen' above, too" in str(warning)
