"""Which pairs are held to be one: planted duplicates, and neighbours that only look like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, organisation, snapshot_of
from graph.model import BasedIn, Fact, Organisation, Place, WorksIn
from graph.stores import open_store
from import_files import bring_in
from needs import shared_data
from seeds.identity import Agreement, Candidate, Certainty, find_candidates

PLACES = {
    name: Place(id=f"place-{name}", name=name, place_type="local authority", provenance=TOLD)
    for name in ("Millmoor", "Harrowby")
}
ENGLAND = Place(id="place-e", name="England", place_type="nation", provenance=TOLD)


def body(key: str, name: str, *, place: str = "", **values: Any) -> tuple[Fact, ...]:
    made = organisation(key, name=name, **values)
    if not place:
        return (made,)
    return (made, WorksIn(from_id=made.id, to_id=PLACES[place].id, provenance=TOLD))


def found(*bodies: tuple[Fact, ...], **more: Any) -> list[Candidate]:
    facts = [fact for each in bodies for fact in each]
    return find_candidates(snapshot_of(*PLACES.values(), ENGLAND, *facts), **more)


def level(first: dict[str, Any], second: dict[str, Any]) -> str:
    """Return how sure it is that two bodies are one; "" if they aren't proposed."""
    pairs = found(body("a", **first), body("b", **second))
    return pairs[0].certainty.value if pairs else ""


HERE = {"place": "Millmoor"}
THERE = {"place": "Harrowby"}
ONE = {"name": "Tansy Lane Advice Centre"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Numbers of a register.
        (
            {**ONE, "external_ids": ("GB-COH-09506232",)},
            {"name": "Tansy Advice", "external_ids": ("GB-COH-9506232",)},
            "certain",
        ),
        (
            {**ONE, "external_ids": ("GB-COH-00950623",)},
            {"name": "Tansy Advice", "external_ids": ("GB-COH-950623",)},
            "likely",
        ),
        ({**ONE, "external_ids": ("GB-CHC-1000001",)}, {**ONE, **HERE}, "possible"),
        (
            {**ONE, **HERE, "external_ids": ("GB-CHC-1000001",)},
            {**ONE, **HERE, "external_ids": ("GB-CHC-1000002",)},
            "",
        ),
        (
            {**ONE, **HERE, "external_ids": ("GB-NIC-105554",)},
            {**ONE, **HERE, "external_ids": ("GB-NIC-105305",)},
            "",
        ),
        (
            {**ONE, **HERE, "external_ids": ("GB-CHC-1000001", "GB-COH-09506232")},
            {**ONE, **HERE, "external_ids": ("GB-CHC-1000002", "GB-COH-9506232")},
            "",
        ),
        (
            {**ONE, **HERE, "external_ids": ("GB-CHC-1000001",)},
            {**ONE, **HERE, "external_ids": ("GB-SC-SC000001",)},
            "likely",
        ),
        # The same name, and spellings of it.
        ({**ONE, **HERE}, {**ONE, **HERE}, "likely"),
        ({**ONE, **HERE}, {"name": "THE TANSY LANE ADVICE CENTRE LTD", **HERE}, "likely"),
        ({**ONE, **HERE}, {"name": "Tansey Lane Advise Centre", **HERE}, "likely"),
        ({**ONE, **HERE}, {"name": "Advice Centre, Tansy Lane", **HERE}, "likely"),
        ({**ONE, **HERE}, {"name": "Tansylane Advice Ctr", **HERE}, "likely"),
        (
            {**ONE, **HERE},
            {"name": "Other", "other_names": ("Tansy Lane Advice Centre",), **HERE},
            "likely",
        ),
        ({**ONE, "postcode": "M1 1AE"}, {**ONE, "postcode": "m11ae"}, "likely"),
        (
            {**ONE, "website": "https://www.tansy.example/a"},
            {**ONE, "website": "tansy.example"},
            "likely",
        ),
        # An office that moved, near and far.
        ({**ONE, **HERE, "postcode": "M1 1AE"}, {**ONE, **HERE, "postcode": "ZE2 9AA"}, "likely"),
        ({**ONE, "postcode": "M1 1AE"}, {**ONE, "postcode": "ZE2 9AA"}, "possible"),
        ({**ONE}, {**ONE}, "possible"),
        ({**ONE, **HERE}, {**ONE, **THERE}, "possible"),
        # Several ways to call one body.
        (
            {"name": "Tansy School Parents' Association", **HERE},
            {"name": "Tansy School PTA", **HERE},
            "likely",
        ),
        (
            {
                "name": "Parochial Church Council of the Ecclesiastical Parish of St Swithun Ash",
                **HERE,
            },
            {"name": "St. Swithun's Church (CofE) Ash", **HERE},
            "likely",
        ),
        (
            {"name": "Quillfeather Diocese of Tansy", **HERE},
            {"name": "Quillfeather", **HERE},
            "possible",
        ),
        # Neighbours that only look alike.
        ({**ONE, **HERE}, {"name": "Tansy Lane Advice Centre Hub", **HERE}, "possible"),
        ({**ONE, **HERE}, {"name": "Tansy Lane Advice Centre, Harrowby Branch", **HERE}, ""),
        ({"name": "1st Tansy Scouts", **HERE}, {"name": "2nd Tansy Scouts", **HERE}, ""),
        ({"name": "First Tansy Scouts", **HERE}, {"name": "1st Tansy Scouts", **HERE}, "likely"),
        ({"name": "Friends of Tansy Park", **HERE}, {"name": "Friends of Sorrel Park", **HERE}, ""),
        (
            {"name": "Tansy Primary School", **HERE},
            {"name": "Tansy Primary School PTA", **THERE},
            "",
        ),
        ({"name": "Tansy Lodge II", **HERE}, {"name": "Tansy Lodge III", **HERE}, ""),
        ({"name": "Tansy Lodge II", **HERE}, {"name": "Tansy Lodge 2", **HERE}, "likely"),
        ({"name": "Tansy Mens Rugby", **HERE}, {"name": "Tansy Women's Rugby", **HERE}, ""),
        (
            {"name": "Tansy Women's Rugby", **HERE},
            {"name": "Tansy Woman's Rugby", **HERE},
            "likely",
        ),
        ({"name": "Youth Club", **HERE}, {"name": "Girls Club", **HERE}, ""),
        # A name that says only what kind of body it is.
        ({"name": "Community Centre"}, {"name": "Community Centre"}, ""),
        ({"name": "Community Centre", **HERE}, {"name": "The Community Centre"}, ""),
        ({"name": "Community Centre", **HERE}, {"name": "Community Centre", **THERE}, ""),
        ({"name": "Community Centre", **HERE}, {"name": "Community Centre", **HERE}, "possible"),
        (
            {"name": "Community Centre", "postcode": "M1 1AE"},
            {"name": "Community Centre", "postcode": "M1 1AE"},
            "likely",
        ),
        ({"name": "Hope", **HERE}, {"name": "Hope", **THERE}, ""),
    ],
)
def test_planted_pairs_are_judged(
    first: dict[str, Any], second: dict[str, Any], expected: str
) -> None:
    assert level(first, second) == expected
    assert level(second, first) == expected


def test_a_shared_page_is_no_website_of_ones_own() -> None:
    pages = {"website": "https://facebook.com/groups/1"}
    assert level({**ONE, **pages, **HERE}, {**ONE, **pages, **THERE}) == "possible"


def test_a_nation_in_common_is_no_place_in_common() -> None:
    names = ("Hope and Joy", "Hope and Joy")
    bodies = [body(key, name) for key, name in zip("ab", names, strict=True)]
    wide = [(WorksIn(from_id=f"org-{key}", to_id=ENGLAND.id, provenance=TOLD),) for key in "ab"]
    assert [each.certainty for each in found(*bodies, *wide)] == [Certainty.POSSIBLE]


def test_an_office_and_an_area_of_operation_may_agree() -> None:
    office = BasedIn(from_id="org-b", to_id=PLACES["Millmoor"].id, provenance=TOLD)
    pairs = found(body("a", **ONE, **HERE), (*body("b", **ONE), office))
    assert [each.certainty for each in pairs] == [Certainty.LIKELY]


def test_what_a_register_says_is_one_is_certain() -> None:
    first = body("a", "Tansy Trust", external_ids=("GB-CHC-1000001",))
    second = body("b", "Sorrel CIO", external_ids=("GB-CHC-1000002",))
    assert found(first, second) == []
    (pair,) = found(first, second, known=[("GB-CHC-1000002", "GB-CHC-1000001")])
    assert (pair.first_id, pair.second_id) == ("org-a", "org-b")
    assert pair.certainty is Certainty.CERTAIN


def test_a_known_pair_is_found_however_its_numbers_are_written() -> None:
    first = body("a", "Tansy Trust", external_ids=("GB-COH-9506232",))
    second = body("b", "Sorrel CIO", external_ids=("gb-chc-1000002",))
    (pair,) = found(first, second, known=[("GB-CHC-1000002", "GB-COH-09506232")])
    assert pair.certainty is Certainty.CERTAIN


def test_one_that_has_closed_is_proposed_and_says_so() -> None:
    closed = body("a", **ONE, **HERE, closed_on=date(2020, 1, 31))
    (pair,) = found(closed, body("b", **ONE, **HERE))
    assert Agreement("closed", "2020-01-31", "", agrees=False) in pair.agreements


def test_what_somebody_told_apart_stays_apart() -> None:
    pairs = found(body("a", **ONE, **HERE), body("b", **ONE, **HERE))
    assert len(pairs) == 1
    told_apart = frozenset({(pairs[0].first_id, pairs[0].second_id)})
    assert not found(body("a", **ONE, **HERE), body("b", **ONE, **HERE), distinct=told_apart)


def test_a_pair_shows_what_agrees_and_what_does_not() -> None:
    first = body("a", **ONE, postcode="M1 1AE", website="tansy.example")
    second = body("b", **ONE, postcode="M2 2AE", website="tansy.example")
    (pair,) = found(first, second)
    agrees = {each.field: each.agrees for each in pair.agreements}
    assert agrees == {"name": True, "postcode": False, "website": True}


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_network_changes_nothing(order: list[int]) -> None:
    bodies = [
        body("a", **ONE, **HERE),
        body("b", "Tansy Lane Advice Centre Ltd", **HERE),
        body("c", "Sorrel Singers", **HERE),
        body("d", "Sorel Singers", **HERE),
    ]
    pairs = [(each.first_id, each.second_id) for each in found(*(bodies[at] for at in order))]
    assert pairs == [("org-a", "org-b"), ("org-c", "org-d")]


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_no_name_breaks_it(names: list[str]) -> None:
    bodies = [
        replace(organisation("x"), id=f"org-{number}", name=name.strip() or "?")
        for number, name in enumerate(names)
        if name.isprintable()
    ]
    for pair in find_candidates(snapshot_of(*bodies)):
        assert pair.first_id < pair.second_id
        assert 0 <= pair.likeness <= 1


def test_real_lists_agree_on_numbers(tmp_path: Path) -> None:
    """Grant recipients that give a charity number are the charity: no pair is left to judge."""
    with open_store(f"sqlite:///{tmp_path / 'n.db'}") as store:
        for name in ("charities.csv", "grants_360giving.csv"):
            bring_in(shared_data("trafford", name), store)
        snapshot = store.snapshot()
        numbers = [
            text
            for record in store.records(Organisation)
            for text in record.external_ids
            if text.startswith("GB-CHC-")
        ]
    assert len(numbers) == len(set(numbers))
    pairs = find_candidates(snapshot)
    assert 5 <= sum(pair.certainty is Certainty.LIKELY for pair in pairs) <= 20
    assert len(pairs) <= 40
