from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from builders import collaboration, organisation
from graph.model import Record
from map_worlds import (
    FEW_WORLDS,
    based_in,
    borough_world,
    network_of,
    place,
    project,
    takes_part,
    theme,
    works_in,
    works_on,
)
from matching.groups import GroupMap, group_map, group_members
from matching.network import Network


def rows(found: GroupMap) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {
        (group.place_name, group.theme_name): (
            group.organisation_count,
            group.inner_tie_count,
            group.outer_tie_count,
        )
        for group in found.groups
    }


def test_it_counts_organisations_and_ties_by_place_and_theme() -> None:
    network = network_of(
        *(organisation(name) for name in "abc"),
        place("Camden"),
        place("Hackney"),
        theme("Arts"),
        works_in("a", "Camden"),
        works_in("b", "Camden"),
        works_in("c", "Hackney"),
        *(works_on(name, "Arts") for name in "abc"),
        collaboration("a", "b"),
        collaboration("b", "c"),
    )
    found = group_map(network)
    assert rows(found) == {("Camden", "Arts"): (2, 1, 1), ("Hackney", "Arts"): (1, 0, 1)}
    assert [(tie.first, tie.second, tie.tie_count) for tie in found.ties] == [(0, 1, 1)]


def test_it_shows_what_is_unknown_as_unknown() -> None:
    network = network_of(organisation("a"), theme("Arts"), works_on("a", "Arts"), organisation("b"))
    found = group_map(network)
    assert rows(found) == {
        ("No place given", "Arts"): (1, 0, 0),
        ("No place given", "No theme given"): (1, 0, 0),
    }
    assert {(group.place_id, group.theme_id) for group in found.groups} == {
        ("", "theme-Arts"),
        ("", ""),
    }
    assert (found.with_place_count, found.with_theme_count) == (0, 1)


def test_an_office_is_the_place_only_where_no_area_is_named() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        place("Camden"),
        place("Hackney"),
        based_in("a", "Camden"),
        based_in("b", "Camden"),
        works_in("b", "Hackney"),
    )
    found = group_map(network)
    assert {group.place_name for group in found.groups} == {"Camden", "Hackney"}
    assert (found.with_place_count, found.by_office_count) == (2, 1)


def test_a_borough_counts_before_the_city_around_it() -> None:
    network = network_of(
        *(organisation(name) for name in "abc"),
        place("London"),
        place("Camden", parent="place-London"),
        *(works_in(name, "London") for name in "abc"),
        works_in("a", "Camden"),
    )
    assert {group.place_name: group.organisation_count for group in group_map(network).groups} == {
        "London": 2,
        "Camden": 1,
    }


def test_themes_are_grouped_under_the_broadest_that_holds_most_of_them() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        theme("Health"),
        theme("Mental health", parent="theme-Health"),
        theme("Dementia", parent="theme-Mental health"),
        theme("Arts"),
        works_on("a", "Arts"),
        works_on("a", "Mental health"),
        works_on("a", "Dementia"),
        works_on("b", "Arts"),
    )
    assert [group.theme_name for group in group_map(network).groups] == ["Arts", "Health"]
    assert group_members(network, "", "theme-Health") == ("org-a",)


def test_a_loop_of_parents_ends() -> None:
    network = network_of(
        organisation("a"),
        theme("x", parent="theme-y"),
        theme("y", parent="theme-x"),
        works_on("a", "x"),
        place("p", parent="place-q"),
        place("q", parent="place-p"),
        works_in("a", "p"),
        works_in("a", "q"),
    )
    assert group_map(network).organisation_count == 1


def test_an_empty_network_has_no_groups() -> None:
    found = group_map(network_of())
    assert (found.groups, found.ties, found.matching_count) == ((), (), 0)


def test_a_filter_keeps_the_figures_of_what_it_keeps() -> None:
    network = network_of(*borough_world())
    whole = group_map(network, limit=500)
    camden = group_map(network, place_id="place-Camden", limit=500)
    assert camden.groups == tuple(
        group for group in whole.groups if group.place_id == "place-Camden"
    )
    assert (camden.group_count, camden.tie_count) == (whole.group_count, whole.tie_count)


def test_members_of_all_groups_are_all_organisations_once() -> None:
    network = network_of(*borough_world())
    members = [
        member
        for group in group_map(network, limit=500).groups
        for member in group_members(network, group.place_id, group.theme_id)
    ]
    assert sorted(members) == list(network.organisation_ids)
    assert group_members(network, "place-nowhere", "") == ()


@FEW_WORLDS
@given(st.integers(0, 60), st.integers(0, 40), st.integers(0, 1000))
def test_nothing_is_lost_whatever_the_limit(count: int, limit: int, seed: int) -> None:
    network = network_of(*borough_world(count, seed))
    found = group_map(network, limit=limit)
    columns = [
        sum(getattr(group, name) for group in found.groups) + getattr(found.others, name)
        for name in ("organisation_count", "inner_tie_count", "outer_tie_count")
    ]
    assert columns[0] == found.organisation_count == count
    assert columns[1] + columns[2] / 2 == found.tie_count == network.ties.nnz / 2
    assert found.matching_count == found.group_count
    assert len(found.groups) == min(limit, found.group_count)


@FEW_WORLDS
@given(st.integers(0, 60), st.integers(0, 1000), st.randoms())
def test_the_order_of_facts_changes_nothing(count: int, seed: int, chance: random.Random) -> None:
    records = borough_world(count, seed)
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert group_map(network_of(*records)) == group_map(network_of(*shuffled))


@FEW_WORLDS
@given(st.integers(0, 40), st.integers(0, 1000))
def test_other_ids_for_organisations_change_nothing(count: int, seed: int) -> None:
    records = borough_world(count, seed)
    assert group_map(network_of(*records)) == group_map(_reversed_ids(records, count))


def _reversed_ids(records: list[Record], count: int) -> Network:
    """Return the same network with the organisations' ids in reverse order."""

    def renamed(record_id: str) -> str:
        if not record_id.startswith("org-"):
            return record_id
        return f"org-{count - int(record_id.removeprefix('org-')):04}"

    made = []
    for record in records:
        row = record.to_row()
        if row["id"] and "from_id" in row:
            row |= {"id": "", "from_id": renamed(row["from_id"]), "to_id": renamed(row["to_id"])}
        else:
            row["id"] = renamed(row["id"])
        made.append(type(record).from_row(row))
    return network_of(*made)


def test_projects_make_ties_between_groups() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        place("Camden"),
        works_in("a", "Camden"),
        project("p"),
        takes_part("a", "p"),
        takes_part("b", "p"),
    )
    assert [tie.tie_count for tie in group_map(network).ties] == [1]
