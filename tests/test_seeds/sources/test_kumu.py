"""Maps from Kumu: sections, sheets that are ignored, several targets, and what people trip on."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.errors import UnreadableFile
from graph.model import (
    BasedIn,
    Collaboration,
    Funding,
    Need,
    Offer,
    Organisation,
    Place,
    Skill,
    TakesPartIn,
    WorksOn,
)
from import_files import bring_in, preview, workbook, write

ELEMENTS = """Label,Type,Description,Tags,Location,Phone
Mill Lane Kitchen,Charity,Meals,Advice|Nonsense,Hackney,020
Tide & Co,,,,0,
Fund for All,Funder,,,,
Bookkeeping,Skill,,,,
Bus,Project,,,,
Ann Other,Person,,,,
"""
CONNECTIONS = """From,To,Direction,Type,Since
Mill Lane Kitchen,Tide & Co|Fund for All,undirected,referrals,2024-03-01
Fund for All,Tide & Co,directed,funds,
Mill Lane Kitchen,Bookkeeping,directed,needs,
Bookkeeping,Tide & Co,directed,offers,
Tide & Co,Bookkeeping,directed,,
Mill Lane Kitchen,Bus,directed,lead,
Ann Other,Tide & Co,directed,chairs,
Nobody,Tide & Co,directed,,
"""


def names(store: GraphStore) -> dict[str, str]:
    return {record.name: record.id for record in store.records(Organisation)}


def test_a_map_comes_in_by_the_words_on_it(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path / "map", {"e.csv": ELEMENTS, "c.csv": CONNECTIONS})
    seen = preview(folder, store)
    assert seen.source == "kumu"
    (problem,) = seen.problems
    assert (problem.row, problem.column, problem.value) == (9, "source", "Nobody")
    assert "no node of the file" in problem.message
    assert seen.skipped == {
        "a person: people are never imported": 1,
        "a tie of a person: people are never imported": 1,
        "a tag that is no theme, community or place": 1,
        "'Phone', which has no place in gofar": 1,
        "a tie between an organisation and a skill that says neither offers nor needs": 1,
    }
    bring_in(folder, store)

    ids = names(store)
    assert set(ids) == {"Mill Lane Kitchen", "Tide & Co", "Fund for All"}
    types = {record.name: record.organisation_type for record in store.records(Organisation)}
    assert types == {"Mill Lane Kitchen": "Charity", "Tide & Co": "", "Fund for All": "Funder"}
    assert {tie.how for tie in store.records(Collaboration)} == {"referrals"}
    assert len(list(store.records(Collaboration))) == 2
    (grant,) = store.records(Funding)
    assert (grant.from_id, grant.to_id) == (ids["Fund for All"], ids["Tide & Co"])
    (offer,), (need,) = store.records(Offer), store.records(Need)
    assert (offer.from_id, need.from_id) == (ids["Tide & Co"], ids["Mill Lane Kitchen"])
    (role,) = store.records(TakesPartIn)
    assert role.role == "lead"
    (office,) = store.records(BasedIn)
    assert office.to_id == "E09000012"
    assert len(list(store.records(WorksOn))) == 1
    assert preview(folder, store).adds.total() == 0


def test_a_workbook_with_sections_ignored_sheets_and_junk(
    tmp_path: Path, store: GraphStore
) -> None:
    path = workbook(
        tmp_path / "map.xlsx",
        {
            "Map": [
                ["Label", "Type"],
                ["A", "Charity"],
                ["B", "Charity", "", "", "", "", "junk"],
                [],
                [],
                ["From", "To", "Type"],
                ["A", "B", "shares premises"],
                [],
                ["B", "A", "lends a van"],
                [],
                [],
                ["Stray", "row"],
            ],
            "Old (ignore)": [["Label", "Type"], ["Gone", "Charity"]],
            "Read me": [["How to use this map"]],
        },
    )
    seen = preview(path, store)
    assert seen.source == "kumu"
    assert [problem.row for problem in seen.problems] == [12]
    assert "two blank rows" in seen.problems[0].message.lower()
    assert seen.skipped == {
        "a sheet whose name ends in (ignore)": 1,
        "a cell without a title above it": 1,
    }
    assert [warning.sheet for warning in seen.warnings] == ["Read me"]
    bring_in(path, store)
    assert set(names(store)) == {"A", "B"}
    hows = {tie.how for tie in store.records(Collaboration)}
    assert hows == {"shares premises", "lends a van"}


def test_a_blueprint_comes_in_whatever_stands_first(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "map.json"
    path.write_text(
        """\ufeff{"connections": [{"from": "e1", "to": 2, "type": "works with"}, "x",
        {"from": ["e1"], "to": null}],
        "elements": [{"id": "e1", "label": "A", "tags": ["Advice"], "deep": {"a": 1}},
        {"_id": 2, "attributes": {"label": "B", "element type": "x"}}, {"type": "Skill"},
        {"id": "e1", "label": "Again"}]}""",
        encoding="utf-8",
    )
    seen = preview(path, store)
    assert seen.source == "kumu"
    assert sorted((p.sheet, p.row or 0, p.value) for p in seen.problems) == [
        ("connections", 2, "x"),
        ("connections", 3, ""),
        ("connections", 3, ""),
        ("elements", 3, ""),
        ("elements", 4, "e1"),
    ]
    bring_in(path, store)
    ids = names(store)
    (tie,) = store.records(Collaboration)
    assert {tie.from_id, tie.to_id} == {ids["A"], ids["B"]}


def test_half_a_character_and_control_characters_do_no_harm(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "map.json"
    path.write_text(
        r"""{"elements": [{"id": "\ud800", "label": "A\u0000B", "url": "\udfff", "\ud800": "x",
        "identifier": "GB-COH-\ud800\u0000"}, {"id": "b", "label": "\u0007", "type": "Place"},
        {"id": "c", "label": "C", "type": "\ud800"}],
        "connections": [{"from": "\ud800", "to": "c", "type": "\ud800\u0001"},
        {"from": "\udfff", "to": "\u0000"}]}""",
        encoding="utf-8",
    )
    assert not preview(path, store).is_refused
    bring_in(path, store)
    assert {record.name for record in store.records(Organisation)} >= {"C"}


def test_half_a_blueprint_is_refused_whole(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "map.json"
    path.write_text('{"elements": [{"id": "a", "label": "A"},\n {"id": "b", "la', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="line 2"):
        preview(path, store)
    assert not names(store)


def test_one_label_for_two_nodes_is_said_where_a_tie_means_it(
    tmp_path: Path, store: GraphStore
) -> None:
    files = {
        "e.csv": "Label,Type\nMill,Charity\nMill,Place\nMill,Charity\nTide,Charity\n",
        "c.csv": "From,To,Type\nMill,Tide,partners\nmill,Tide,partners\n",
    }
    seen = preview(write(tmp_path / "map", files), store)
    assert [warning.row for warning in seen.warnings if warning.file == "e.csv"] == [4]
    assert [problem.value for problem in seen.problems] == ["mill"]
    assert "label of 2 nodes" in seen.problems[0].message


def test_an_unknown_place_is_no_place_at_all(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "places.csv"
    path.write_text(
        "Label,Type,Latitude,Longitude\nNull Island,Place,0,0\nHere,Place,51.5,-0.1\n"
        "There,Place,north,\n",
        encoding="utf-8",
    )
    bring_in(path, store)
    places = {place.name: (place.latitude, place.longitude) for place in store.records(Place)}
    assert places == {"Null Island": (None, None), "Here": (51.5, -0.1), "There": (None, None)}


def test_words_of_the_vocabulary_become_its_terms(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "skills.csv"
    path.write_text("Label,Type\nBook-keeping,Skill\nZorbing,Skill\n", encoding="utf-8")
    bring_in(path, store)
    found = {skill.name for skill in store.records(Skill)}
    assert "Bookkeeping" in found
    assert "Zorbing" in found
    assert "Book-keeping" not in found


def test_endless_columns_have_no_endless_reasons(tmp_path: Path, store: GraphStore) -> None:
    titles = [f"c{number}" for number in range(500)]
    path = tmp_path / "wide.csv"
    path.write_text(f"Label,{','.join(titles)}\nA,{','.join(titles)}\n", encoding="utf-8")
    assert len(preview(path, store).skipped) == 31
