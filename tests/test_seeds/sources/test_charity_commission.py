from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench.register import Extract, write_extract
from graph.contract import GraphStore
from graph.errors import UnreadableFile, UnsupportedFormat
from graph.model import BasedIn, Offer, Organisation, Serves, WorksIn, WorksOn
from import_files import bring_in, content, preview, write
from matching import Network
from matching.pool import candidate_pool
from register_files import AREAS, BOXES, CHARITIES, area, box, charity, extract
from seeds.sources.selection import selection_options

WESTMINSTER = "E09000033"
LATER = date(2026, 12, 24)


def by_number(store: GraphStore) -> dict[str, Organisation]:
    return {found.external_ids[0]: found for found in store.records(Organisation)}


def test_a_main_charity_comes_in_with_all_that_the_tables_say(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(extract(tmp_path / "x"), store)

    found = by_number(store)["GB-CHC-301001"]
    assert found.name == "LANTERN YARD FOOD NETWORK"
    assert found.external_ids == ("GB-CHC-301001", "GB-COH-09506232")
    assert found.other_names == ("Lantern Larder",)
    assert (found.organisation_type, found.income) == ("CIO", 52_000)
    assert (found.description, found.website) == ("A weekly food bank.", "www.example.org")
    assert (found.postcode, found.closed_on) == ("SW1A 1AA", None)
    ties = [
        {tie.to_id for tie in store.relationships(kind, from_ids=[found.id])}
        for kind in (WorksIn, BasedIn)
    ]
    assert ties == [{WESTMINSTER, "E08000009"}, {WESTMINSTER}]


def test_text_gives_the_same_network_as_json(tmp_path: Path, store: GraphStore) -> None:
    bring_in(extract(tmp_path / "x", as_text=True), store)
    names = {number: found.name for number, found in by_number(store).items()}
    works = {(tie.from_id, tie.to_id) for tie in store.records(WorksIn)}

    seen = preview(extract(tmp_path / "y"), store)

    assert names.keys() == {"GB-CHC-301001", "GB-CHC-301002", "GB-CHC-301003"}
    assert seen.adds.total() == seen.updates.total() == 0
    assert len(works) == len(AREAS)


def test_linked_charities_and_strange_removed_ones_are_counted_and_left_out(
    tmp_path: Path, store: GraphStore
) -> None:
    seen = preview(extract(tmp_path / "x"), store)

    assert seen.adds["organisation"] == 3
    assert sorted(seen.skipped.values()) == [1, 1]
    assert not seen.problems


def test_ticked_boxes_are_told_and_what_they_hint_at_is_inferred(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(extract(tmp_path / "x"), store)

    themes = {(tie.to_id, tie.provenance.inferred) for tie in store.records(WorksOn)}
    assert {("theme-SW105", False), ("theme-CV103", False)} <= themes
    offers = {tie.to_id: tie.provenance for tie in store.records(Offer)}
    assert offers["cap-premises"].inferred
    assert offers["cap-premises"].confidence < 1
    assert "facilities" in offers["cap-premises"].basis
    # 207, the general public, says nothing.
    assert not any(not tie.provenance.inferred for tie in store.records(Serves))


def test_people_are_never_read(tmp_path: Path, store: GraphStore) -> None:
    trustees = [{"organisation_number": 5_301_001, "trustee_id": 1, "trustee_name": "Ada Example"}]
    folder = extract(tmp_path / "x")
    extract(folder, {"charity_trustee": trustees})

    bring_in(folder, store)

    rows = json.dumps([entry.after for entry in store.audit()])
    assert "Ada" not in rows
    assert "person@example.org" not in rows
    assert "7946" not in rows
    assert any("trustees" in str(warning) for warning in preview(folder, store).warnings)


def test_only_charities_that_work_in_the_place_come_in(tmp_path: Path, store: GraphStore) -> None:
    folder = extract(tmp_path / "x")

    numbers = {
        (office, wider): _numbers(folder, store, office=office, wider=wider)
        for office in (False, True)
        for wider in (False, True)
    }

    assert numbers[False, False] == ["GB-CHC-301001"]
    assert numbers[True, False] == ["GB-CHC-301001", "GB-CHC-301003"]
    assert numbers[False, True] == ["GB-CHC-301001", "GB-CHC-301002"]
    assert numbers[True, True] == ["GB-CHC-301001", "GB-CHC-301002", "GB-CHC-301003"]


def _numbers(folder: Path, store: GraphStore, *, office: bool, wider: bool) -> list[str]:
    options = selection_options("Westminster", office=office, wider=wider)
    found: list[str] = []
    preview(
        folder,
        store,
        options=options,
        observe=lambda facts: found.extend(
            fact.external_ids[0] for fact in facts if isinstance(fact, Organisation)
        ),
    )
    return sorted(found)


def test_a_list_of_ids_is_enough(tmp_path: Path, store: GraphStore) -> None:
    options = selection_options(ids=["301002", "GB-CHC-301003", "GB-CHC-999999"])

    seen = preview(extract(tmp_path / "x"), store, options=options)

    assert seen.adds["organisation"] == 2
    assert any("GB-CHC-999999" in str(warning) for warning in seen.warnings)


def test_two_places_of_one_extract_are_two_imports(tmp_path: Path, store: GraphStore) -> None:
    folder = extract(tmp_path / "x")
    first = bring_in(folder, store, options=selection_options(WESTMINSTER))
    second = bring_in(folder, store, options=selection_options("Trafford"))
    whole = preview(folder, store)

    assert len({first.id, second.id, whole.import_id}) == 3
    assert "GB-CHC-301003" in by_number(store)
    assert WESTMINSTER in first.file_name


def test_bringing_an_extract_in_again_changes_nothing(tmp_path: Path, store: GraphStore) -> None:
    folder = extract(tmp_path / "x")
    bring_in(folder, store)
    before, version = content(store), store.version()

    seen = preview(folder, store, today=LATER)
    bring_in(folder, store, today=LATER)

    assert not seen.changes_anything
    assert (content(store), store.version()) == (before, version)


def test_a_charity_that_left_the_register_is_closed_and_no_longer_suggested(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(extract(tmp_path / "x"), store)
    gone = charity(
        301_002,
        "Quarry Hill Carers",
        charity_registration_status="Removed",
        date_of_removal="2026-11-20T00:00:00",
    )
    newer = {
        "charity": [CHARITIES[0], gone, *CHARITIES[2:]],
        "charity_area_of_operation": AREAS,
    }

    bring_in(
        extract(tmp_path / "y", newer), store, today=LATER, options=selection_options("Salford")
    )

    found = by_number(store)["GB-CHC-301002"]
    assert found.closed_on == date(2026, 11, 20)
    network = Network.compile(store.snapshot(), as_of=LATER)
    pool = candidate_pool(network, network.index_of(by_number(store)["GB-CHC-301001"].id))
    assert network.index_of(found.id) not in pool
    assert network.index_of(by_number(store)["GB-CHC-301003"].id) in pool


def test_a_removal_without_a_day_takes_that_of_the_extract(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(extract(tmp_path / "x"), store)
    gone = [
        charity(301_002, "Quarry Hill Carers", charity_registration_status="Removed"),
        charity(
            301_003,
            "Orchard Row Choir",
            charity_registration_status="Removed",
            date_of_removal="some day",
        ),
    ]

    bring_in(extract(tmp_path / "y", {"charity": gone}), store)

    found = by_number(store)
    assert found["GB-CHC-301002"].closed_on == found["GB-CHC-301003"].closed_on == date(2026, 11, 1)


def test_a_number_that_lives_on_under_another_closes_nobody(
    tmp_path: Path, store: GraphStore
) -> None:
    bring_in(extract(tmp_path / "x"), store)
    body = by_number(store)["GB-CHC-301001"]
    both = body.to_row() | {"external_ids": [*body.external_ids, "GB-CHC-301004"]}
    with store.transaction("ada") as tx:
        tx.upsert(Organisation.from_row(both))

    seen = preview(extract(tmp_path / "y", {"charity": CHARITIES}), store)
    bring_in(extract(tmp_path / "y", {"charity": CHARITIES}), store)

    assert by_number(store)["GB-CHC-301001"].closed_on is None
    assert any("another number" in reason for reason in seen.skipped)


def test_a_body_known_by_its_company_number_is_the_same(tmp_path: Path, store: GraphStore) -> None:
    grants = (
        "Identifier,Title,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,"
        "Funding Org:Identifier,Funding Org:Name\n"
        "360G-a-1,Food,10,2024-01-01,GB-COH-09506232,Lantern Yard,F-1,Fund\n"
    )
    bring_in(write(tmp_path / "g", {"grants.csv": grants}) / "grants.csv", store)
    known = store.holders("organisation", ["GB-COH-09506232"])["GB-COH-09506232"]

    bring_in(extract(tmp_path / "x"), store)

    assert store.holders("organisation", ["GB-CHC-301001"]) == {"GB-CHC-301001": known}


# --- what is wrong in a file --------------------------------------------------------------


def problems_of(folder: Path, store: GraphStore) -> str:
    seen = preview(folder, store)
    return "\n".join(map(str, [*seen.problems, *seen.warnings]))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([charity(301_001, None)], "The charity 301001 has no name"),
        (
            [charity(301_001, "A"), charity(301_002, "B", organisation_number=5_301_001)],
            "'5301001' is the organisation number of row 1 too",
        ),
        (
            [charity(301_001, "A"), charity(301_002, "B", registered_charity_number=301_001)],
            "'301001' is the number of another charity, in row 1, which is kept. "
            "Two charities can't have one number",
        ),
        ([charity(301_001, "A", organisation_number="x")], "'x' is no organisation number"),
        ([charity(301_001, "A", registered_charity_number="")], "'' is no charity number"),
        ([charity(301_001, "A", charity_registration_status="?")], "neither Registered nor"),
        ([charity(301_001, "A", latest_income="lots")], "'lots' is not an income"),
        (
            [charity(301_001, "A", charity_company_registration_number="950623")],
            "Did you mean GB-COH-00950623?",
        ),
        (
            [
                charity(301_001, "A", charity_company_registration_number="09506232"),
                charity(301_002, "B", charity_company_registration_number="09506232"),
            ],
            "'GB-COH-09506232' belongs to GB-CHC-301001 already, so GB-CHC-301002 can't have it",
        ),
        ([charity(301_001, "A", charity_activities="x" * 20_001)], "the first 20,000 are kept"),
        ([charity(301_001, "A"), "nonsense"], "'nonsense' is no row of the table"),
    ],
)
def test_a_fault_in_a_row_names_itself_and_the_rest_comes_in(
    rows: list[dict[str, object]], message: str, tmp_path: Path, store: GraphStore
) -> None:
    sound = charity(309_999, "Sound")
    folder = extract(tmp_path / "x", {"charity": [*rows, sound]})

    assert message in problems_of(folder, store)
    bring_in(folder, store)
    assert "GB-CHC-309999" in by_number(store)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"charity_classification": [box(301_001, 105)]}, "lacks the table of the charities"),
        ({"charity_area_of_operation": AREAS}, "Add publicextract.charity"),
    ],
)
def test_a_side_table_alone_says_what_is_missing(
    tables: dict[str, list[dict[str, object]]], message: str, tmp_path: Path, store: GraphStore
) -> None:
    with pytest.raises(UnsupportedFormat, match=message):
        preview(extract(tmp_path / "x", tables), store)


def test_a_table_given_twice_is_refused(tmp_path: Path, store: GraphStore) -> None:
    extract(tmp_path / "x")
    folder = extract(tmp_path / "x", {"charity": CHARITIES}, as_text=True)

    with pytest.raises(UnsupportedFormat, match=r"publicextract\.charity once more"):
        preview(folder, store)


def test_half_a_file_is_refused_with_its_line_and_writes_nothing(
    tmp_path: Path, store: GraphStore
) -> None:
    folder = extract(tmp_path / "x")
    path = folder / "publicextract.charity.json"
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(UnreadableFile, match=r"charity\.json: isn't valid JSON at line 1, column"):
        preview(folder, store)
    assert not list(store.audit())


def test_tables_of_different_days_are_noted(tmp_path: Path, store: GraphStore) -> None:
    older = [row | {"date_of_extract": "2025-01-01T00:00:00"} for row in BOXES]
    tables = {"charity": CHARITIES, "charity_classification": older}

    found = problems_of(extract(tmp_path / "x", tables), store)

    assert "The table charity_classification is of 2025-01-01" in found


def test_an_unknown_area_is_listed_once_with_its_count(tmp_path: Path, store: GraphStore) -> None:
    tables = {
        "charity": CHARITIES,
        "charity_area_of_operation": [area(301_001, "Atlantis"), area(301_002, "Atlantis")],
    }

    found = problems_of(extract(tmp_path / "x", tables), store)

    assert found.count("Atlantis") == 1
    assert "for 2 of the charities" in found


def test_side_rows_without_their_charity_are_counted(tmp_path: Path, store: GraphStore) -> None:
    tables = {"charity": CHARITIES, "charity_classification": [box(999_999, 105)]}

    assert "speaks of 1 charities" in problems_of(extract(tmp_path / "x", tables), store)


def test_columns_may_stand_in_any_order_and_extra_ones_are_ignored(
    tmp_path: Path, store: GraphStore
) -> None:
    rows = [{"new": 1, **dict(reversed(row.items()))} for row in CHARITIES]

    assert preview(extract(tmp_path / "x", {"charity": rows}), store).adds["organisation"] == 3


# --- the generated extract --------------------------------------------------------------


@pytest.mark.parametrize("as_text", [False, True])
def test_a_generated_extract_with_oddities_comes_in_and_goes_again(
    as_text: bool, tmp_path: Path, store: GraphStore
) -> None:
    wanted = Extract(400, every=40, with_long_text=False)
    write_extract(tmp_path / "x", wanted, as_text=as_text)
    write_extract(tmp_path / "y", wanted, as_text=as_text)
    first = sorted((tmp_path / "x").iterdir())
    assert all(path.read_bytes() == (tmp_path / "y" / path.name).read_bytes() for path in first)

    seen = preview(tmp_path / "x", store)
    bring_in(tmp_path / "x", store)

    assert seen.findings.problem_count >= 3
    assert 300 < seen.adds["organisation"] < 400
    assert not preview(tmp_path / "x", store).changes_anything


def test_a_place_without_the_table_of_areas_says_what_is_missing(
    tmp_path: Path, store: GraphStore
) -> None:
    folder = extract(tmp_path / "x", {"charity": CHARITIES})

    with pytest.raises(UnsupportedFormat, match="lacks the table of areas of operation"):
        preview(folder, store, options=selection_options("Westminster"))
    offices = preview(folder, store, options=selection_options("Westminster", office=True))
    assert offices.adds["organisation"] == 2
