from __future__ import annotations

import pytest

from builders import organisation
from graph.model import Organisation, Provenance
from import_files import ACTOR, TODAY
from seeds.duplicates import NameIndex

TOLD = Provenance(source="s", asserted_by=ACTOR, first_seen=TODAY, last_confirmed=TODAY)


def named(name: str, own: str = "new") -> Organisation:
    return Organisation(id=own, name=name, provenance=TOLD)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Riverside Advice Centre", "The Riverside Advice Centre Ltd"),
        ("Riverside Advice Centre", "Riverside Advise Centre"),
        ("St John’s Hall", "Saint Johns Hall"),
        ("Café Libre CIO", "Cafe Libre"),
    ],
)
def test_names_that_are_nearly_one_are_reported(one: str, other: str) -> None:
    (found,) = NameIndex([named(other, "old")]).like([named(one)])

    assert (found.id, found.other_id) == ("new", "old")
    assert found.likeness >= 92


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1st Sale Scouts", "2nd Sale Scouts"),
        ("Riverside Advice", "Hillside Advice"),
        ("Organisation PIC 888888170", "Organisation PIC 888888182"),
    ],
)
def test_names_that_differ_are_not_reported(one: str, other: str) -> None:
    assert NameIndex([named(other, "old")]).like([named(one)]) == []


def test_the_same_organisation_is_no_duplicate_of_itself() -> None:
    assert NameIndex([named("A B C", "old")]).like([named("A B C", "old")]) == []


def test_two_newcomers_may_be_duplicates_of_each_other() -> None:
    found = NameIndex().like([named("Choir", "x"), named("Choir", "y")])

    assert [(pair.id, pair.other_id) for pair in found] == [("y", "x")]


def test_two_bodies_with_numbers_on_one_register_are_two() -> None:
    known = organisation("a", name="Mill Lane Kitchen", external_ids=("GB-CHC-300001",))
    index = NameIndex([known], is_register=True)
    same_register = organisation("b", name="Mill Lane Kitchen", external_ids=("GB-CHC-300002",))
    other_register = organisation("c", name="Mill Lane Kitchen", external_ids=("GB-SC-SC030001",))
    unregistered = organisation("d", name="Mill Lane Kitchens")

    found = index.like([same_register, other_register, unregistered])

    assert [pair.id for pair in found] == ["org-c", "org-d"]


def test_outside_a_register_a_number_may_be_mistyped() -> None:
    known = organisation("a", name="Mill Lane Kitchen", external_ids=("GB-CHC-300001",))
    mistyped = organisation("b", name="Mill Lane Kitchen", external_ids=("GB-CHC-300010",))

    assert [pair.id for pair in NameIndex([known]).like([mistyped])] == ["org-b"]
