"""Where the office is and where the work is are two facts: no source makes one of the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.model import BasedIn, Organisation, WorksIn
from import_files import HISTORY, bring_in, preview, write

TRAFFORD, CAMDEN = "E08000009", "E09000007"
LIST = "Name,Postcode,Places\n"


def grants(path: Path, *, office: str = "", area: str = "") -> Path:
    recipient = {"id": "GB-CHC-1164883", "name": "R", **({"postalCode": office} if office else {})}
    grant = {
        "id": "360G-a-1",
        "title": "T",
        "currency": "GBP",
        "amountAwarded": 10,
        "awardDate": "2024-01-01",
        "recipientOrganization": [recipient],
        "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "F"}],
        "beneficiaryLocation": [{"name": area}] if area else [],
    }
    path.write_text(json.dumps({"grants": [grant]}), encoding="utf-8")
    return path


def listed(path: Path, *, office: str = "", area: str = "") -> Path:
    path.write_text(f"{LIST}R,{office},{area}\n", encoding="utf-8")
    return path


def of_the_organisation(store: GraphStore, tie: type[BasedIn] | type[WorksIn]) -> set[str]:
    ids = {body.id for body in store.records(Organisation) if body.name == "R"}
    return {found.to_id for found in store.records(tie) if found.from_id in ids}


@pytest.mark.parametrize("made", [grants, listed])
def test_an_office_here_and_work_there_stay_apart(made, tmp_path: Path, store: GraphStore) -> None:
    bring_in(made(tmp_path / "f.csv", office="WA14 2SZ", area="Camden"), store)

    assert of_the_organisation(store, BasedIn) == {TRAFFORD}
    assert of_the_organisation(store, WorksIn) == {CAMDEN}


@pytest.mark.parametrize("made", [grants, listed])
def test_an_office_alone_says_nothing_of_the_work(made, tmp_path: Path, store: GraphStore) -> None:
    bring_in(made(tmp_path / "f.csv", office="WA14 2SZ"), store)

    assert of_the_organisation(store, BasedIn) == {TRAFFORD}
    assert list(store.records(WorksIn)) == []


@pytest.mark.parametrize("made", [grants, listed])
def test_work_alone_says_nothing_of_the_office(made, tmp_path: Path, store: GraphStore) -> None:
    bring_in(made(tmp_path / "f.csv", area="Camden"), store)

    assert of_the_organisation(store, WorksIn) == {CAMDEN}
    assert list(store.records(BasedIn)) == []


def test_the_country_of_a_history_is_that_of_the_office(tmp_path: Path, store: GraphStore) -> None:
    bring_in(write(tmp_path / "h", HISTORY), store)

    assert len(list(store.records(BasedIn))) == 2
    assert list(store.records(WorksIn)) == []


def test_an_office_on_an_island_outside_the_kingdom_has_its_place(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(listed(tmp_path / "f.csv", office="JE2 3AB"), store)

    assert of_the_organisation(store, BasedIn) == {"country:JE"}


def test_what_is_no_postcode_is_a_warning_and_no_office(tmp_path: Path, store: GraphStore) -> None:
    path = listed(tmp_path / "f.csv", office="Near the park", area="Camden")

    found = preview(path, store)

    (warning,) = found.warnings
    assert (warning.file, warning.row, warning.column) == ("f.csv", 2, "Postcode")
    assert warning.value == "Near the park"
    assert "where the office is" in warning.message
    bring_in(path, store)
    assert list(store.records(BasedIn)) == []
