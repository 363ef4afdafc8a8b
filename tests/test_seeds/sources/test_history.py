from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.errors import UnsupportedFormat
from graph.model import BasedIn, Organisation, Place, Project, TakesPartIn, Theme, Visibility
from import_files import HISTORY, bring_in, preview, write
from needs import shared_data


def test_ids_of_a_history_stay_as_they_are(tmp_path: Path, store: GraphStore) -> None:
    bring_in(write(tmp_path / "h", HISTORY), store)

    assert [body.id for body in store.records(Organisation)] == ["1", "2", "3"]
    projects = list(store.records(Project))
    assert [project.id for project in projects] == ["project:7", "project:8"]
    assert projects[0].starts_on == date(2014, 1, 1)
    assert {(tie.from_id, tie.to_id, tie.role) for tie in store.records(TakesPartIn)} == {
        ("1", "project:7", "lead"),
        ("2", "project:7", "partner"),
        ("2", "project:8", "lead"),
        ("3", "project:8", "partner"),
    }


def test_countries_and_topics_become_places_and_themes(tmp_path: Path, store: GraphStore) -> None:
    files = HISTORY | {
        "projects.csv": "project_id,title,topics\n7,Seven,Zeppelin races; Animals\n8,Eight,\n"
    }

    bring_in(write(tmp_path / "h", files), store)

    assert {place.id for place in store.records(Place)} == {"country:PT", "country:DE"}
    assert {tie.to_id for tie in store.records(BasedIn)} == {"country:PT", "country:DE"}
    themes = {theme.id: theme for theme in store.records(Theme)}
    assert themes.keys() == {"topic:zeppelin-races", "theme-AN"}
    assert themes["theme-AN"].provenance.source == "gofar vocabulary"
    assert themes["topic:zeppelin-races"].provenance.visibility is Visibility.PUBLIC


def test_a_country_is_the_same_place_by_code_and_by_name(tmp_path: Path, store: GraphStore) -> None:
    rows = "org_id,name,country\n1,One,PT\n2,Two,Portugal\n3,Three,Ruritania\n"

    bring_in(write(tmp_path / "h", HISTORY | {"organisations.csv": rows}), store)

    names = {place.id: place.name for place in store.records(Place)}
    assert names == {"country:PT": "Portugal", "country:ruritania": "Ruritania"}
    offices = {tie.from_id: tie.to_id for tie in store.records(BasedIn)}
    assert offices == {"1": "country:PT", "2": "country:PT", "3": "country:ruritania"}


def test_optional_columns_may_be_missing(tmp_path: Path, store: GraphStore) -> None:
    files = {
        "organisations.csv": "org_id\n1\n",
        "projects.csv": "project_id\n7\n",
        "participations.csv": "org_id,project_id\n1,7\n",
    }

    found = preview(write(tmp_path / "h", files), store)

    assert found.problems == []
    assert found.adds == {"organisation": 1, "project": 1, "takes_part_in": 1}


def test_a_dangling_participation_is_a_problem_and_no_more(
    tmp_path: Path, store: GraphStore
) -> None:
    files = HISTORY | {"participations.csv": "org_id,project_id,role\n1,7,a\n9,7,a\n1,99,a\n"}

    found = preview(write(tmp_path / "h", files), store)

    assert found.adds["takes_part_in"] == 1
    assert [(problem.row, problem.column, problem.value) for problem in found.problems] == [
        (3, "org_id", "9"),
        (4, "project_id", "99"),
    ]


def test_participations_alone_build_on_what_the_store_knows(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(write(tmp_path / "h", HISTORY), store)
    more = write(tmp_path / "more", {"participations.csv": "org_id,project_id,role\n3,7,late\n"})

    found = preview(more / "participations.csv", store)

    assert (found.adds, found.problems) == ({"takes_part_in": 1}, [])


def test_two_roles_are_two_ties(tmp_path: Path, store: GraphStore) -> None:
    files = HISTORY | {"participations.csv": "org_id,project_id,role\n1,7,a\n1,7,b\n1,7,b\n"}

    assert preview(write(tmp_path / "h", files), store).adds["takes_part_in"] == 2


def test_an_id_that_another_kind_has_is_a_problem_with_its_ties(
    tmp_path: Path, store: GraphStore
) -> None:
    files = HISTORY | {
        "organisations.csv": "org_id,name\nproject:7,Odd\n1,One\n2,Two\n3,Three\n",
        "participations.csv": "org_id,project_id,role\n1,7,a\n2,8,b\n",
    }

    found = preview(write(tmp_path / "h", files), store)

    assert "can't be the id of a project: an organisation has it" in str(found.problems[0])
    assert found.adds["takes_part_in"] == 1


def test_a_project_that_ends_before_it_starts_loses_its_end(
    tmp_path: Path, store: GraphStore
) -> None:
    files = HISTORY | {
        "projects.csv": "project_id,start_date,end_date\n7,2015-01-01,2014-01-01\n8,bad,\n"
    }

    found = preview(write(tmp_path / "h", files), store)

    assert found.adds["project"] == 2
    assert [problem.column for problem in found.problems] == ["end_date", "start_date"]


def test_a_history_needs_participations(tmp_path: Path, store: GraphStore) -> None:
    path = write(tmp_path / "h", {"projects.csv": HISTORY["projects.csv"]})

    with pytest.raises(UnsupportedFormat, match=r"add|Add participations\.csv"):
        preview(path, store, source="history")


def test_a_real_history_of_aid_comes_in(store: GraphStore) -> None:
    found = preview(shared_data("iati3w_somalia"), store)

    assert found.source == "history"
    assert (found.adds["organisation"], found.adds["project"]) == (1_139, 1_568)
    assert found.adds["takes_part_in"] == 5_640
    assert found.findings.problem_count == 1
