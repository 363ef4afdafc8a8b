from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.model import BasedIn, Offer, Organisation, Serves, WorksIn, WorksOn
from import_files import bring_in, preview, write
from needs import shared_data
from seeds.sources.register_columns import PURPOSES, items_of, meant
from seeds.sources.selection import selection_options

SCOTLAND = (
    "Charity Number,Charity Name,Registered Date,Known As,Charity Status,Postcode,"
    "Constitutional Form,Geographical Spread,Main Operating Location,Purposes,Beneficiaries,"
    "Activities,Objectives,Most recent year income\n"
    "SC099001,Thistle Quay Trust,01/02/2003 00:00,Quay Kitchen,Active,EH1 1AA,Trust,"
    "Operations cover all or most of Scotland,City of Edinburgh,"
    "\"'The prevention or relief of poverty','The advancement of the arts, heritage, culture or "
    "science'\",\"'Older people','No specific group, or for the benefit of the community'\","
    "\"'It makes grants, donations or gifts to organisations'\",To feed people.,12000\n"
)
IRELAND = (
    "Reg charity number,Sub charity number,Charity name,Date registered,Status,Total income,"
    "Public address,Website,Company number,What the charity does,Who the charity helps,"
    "How the charity works\n"
    '199001,0,Lough Lane Youth,01/02/2015,Received,500,"1 Lough Lane, Belfast, BT1 1AA",'
    'www.example.org,0,"The advancement of education,The advancement of amateur sport",'
    '"Youth (14-25 year olds),Specific areas of deprivation","Counselling/support,Sport"\n'
    "199002,0,Removed One,01/02/2015,Removed,,,,,,,\n199001,1,Part,,Status,,,,,,,\n"
)
MADE = (
    "org_id,reg_number,name,active,la_code,postcode,outcode,activities,objects,income,"
    "area_of_operation\n"
    "GB-CHC-399001,399001,Mill Wharf Club,True,E09000033,,SW1A,,To play.,0.0,"
    "Trafford (E08000009) and possibly others\n"
    "GB-CHC-399002,399002,Mill Wharf Fund,False,E09000033,SW1A 1AA,SW1A,Grants.,,5,Salford; Bury\n"
    "GB-CHC-399003,399003,Mill Wharf Hall,True,E09000033,SW1A 1AA,,Rooms.,,5,\n"
)


def only(store: GraphStore, number: str) -> Organisation:
    own = store.holders("organisation", [number])[number]
    return next(iter(store.records(Organisation, [own])))


def ties(store: GraphStore, kind: type, own: str) -> set[str]:
    return {tie.to_id for tie in store.relationships(kind, from_ids=[own])}


def told(store: GraphStore, kind: type, own: str) -> set[str]:
    found = store.relationships(kind, from_ids=[own])
    return {tie.to_id for tie in found if not tie.provenance.inferred}


def test_the_scottish_register_comes_in(tmp_path: Path, store: GraphStore) -> None:
    bring_in(write(tmp_path, {"oscr.csv": SCOTLAND}), store)

    found = only(store, "GB-SC-SC099001")
    assert (found.name, found.other_names) == ("Thistle Quay Trust", ("Quay Kitchen",))
    assert (found.description, found.income) == ("To feed people.", 12_000)
    assert told(store, WorksOn, found.id) == {"theme-SW105", "theme-AR", "theme-HR"}
    assert told(store, Serves, found.id) == {"com-older-people"}
    assert ties(store, WorksIn, found.id) == {"S12000036", "S92000003"}
    assert ties(store, BasedIn, found.id) == {"S12000036"}
    (offer,) = (o for o in store.records(Offer) if o.to_id == "cap-grant-making")
    assert offer.provenance.inferred


def test_the_northern_irish_register_comes_in(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path, {"ccni.csv": IRELAND})
    seen = preview(folder, store)
    bring_in(folder, store)

    found = only(store, "GB-NIC-199001")
    assert (found.postcode, found.external_ids) == ("BT1 1AA", ("GB-NIC-199001",))
    assert told(store, WorksOn, found.id) == {"theme-ED", "theme-LE106"}
    assert told(store, Serves, found.id) == {"com-young-people"}
    assert "cap-counselling" in ties(store, Offer, found.id)
    assert seen.adds["organisation"] == 1
    assert sum(seen.skipped.values()) == 2
    # What means nothing is listed once, with how many have it.
    assert any("Specific areas of deprivation" in str(warning) for warning in seen.warnings)


def test_the_office_is_never_taken_for_the_area_of_operation(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(write(tmp_path, {"list.csv": MADE}), store)

    club, hall = only(store, "GB-CHC-399001"), only(store, "GB-CHC-399003")
    assert ties(store, WorksIn, club.id) == {"E08000009"}
    assert ties(store, BasedIn, club.id) == {"E09000033"}
    assert ties(store, WorksIn, hall.id) == set()
    assert ties(store, BasedIn, hall.id) == {"E09000033"}
    assert club.description == "To play."


def test_a_row_that_is_no_longer_active_is_closed_where_it_is_known(
    tmp_path: Path, store: GraphStore
) -> None:
    active = MADE.replace("Fund,False", "Fund,True")
    bring_in(write(tmp_path / "a", {"list.csv": active}), store)
    bring_in(write(tmp_path / "b", {"list.csv": MADE}), store, today=date(2026, 12, 24))

    assert only(store, "GB-CHC-399002").closed_on == date(2026, 12, 24)
    assert only(store, "GB-CHC-399001").closed_on is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,No Number,True,,,,,,,", "The row has no charity number"),
        ("GB-CHC-399009,,,True,,,,,,,", "GB-CHC-399009 has no name"),
        ("GB-CHC-399001,,Twice,True,,,,,,,", "is the number of another row, list.csv, row 2"),
        ("GB-CHC-399009,399008,Two Numbers,True,,,,,,,", "contradicts the identifier"),
        ("GB-CHC-399009,,Rich,True,,,,,,lots,", "'lots' is not an income"),
        ("GB-CHC-399009,,Far,True,,,,,,,Atlantis", "'Atlantis' is not a place"),
    ],
)
def test_a_faulty_row_names_itself(
    line: str, message: str, tmp_path: Path, store: GraphStore
) -> None:
    seen = preview(write(tmp_path, {"list.csv": f"{MADE}{line}\n"}), store)

    assert message in "\n".join(map(str, [*seen.problems, *seen.warnings]))
    assert seen.adds["organisation"] >= 2


def test_a_place_takes_those_that_work_there(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path, {"list.csv": MADE})

    assert preview(folder, store, options=selection_options("Trafford")).adds["organisation"] == 1
    westminster = preview(folder, store, options=selection_options("Westminster"))
    assert westminster.is_refused
    assert "--office" in westminster.refusal


def test_a_list_in_which_a_comma_means_two_things_is_taken_apart() -> None:
    text = "The advancement of the arts, culture, heritage or science,The advancement of education"
    assert [meant(item, PURPOSES) for item in items_of(text)] == [
        ["arts", "heritage"],
        ["education"],
    ]


@pytest.mark.parametrize("name", ["uk_charities", "trafford"])
def test_real_lists_come_in_whole_and_change_nothing_again(name: str, store: GraphStore) -> None:
    path = shared_data(name) / "charities.csv"
    seen = preview(path, store)
    record = bring_in(path, store)

    assert seen.source == "register"
    assert seen.findings.problem_count <= 8
    assert record.added == seen.adds.total()
    assert not preview(path, store).changes_anything
