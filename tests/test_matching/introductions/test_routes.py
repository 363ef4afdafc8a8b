"""Routes of introducers: the strongest, apart where possible, and never through a veto."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, organisation
from graph.errors import UnknownOrganisation
from graph.model import Project, TakesPartIn
from matching import Network
from matching.introductions import find_routes
from matching.introductions.trust import trust
from matching.testing.worlds import snapshot_of, two_silos
from pair_worlds import world

NAMES = "abcdefgh"


def between(found):
    return ["".join(end[-1] for end in route.introducers) for route in found.routes]


def network_of(*records, as_of=None, barred=()):
    return Network.compile(snapshot_of(records), as_of=as_of, barred=barred)


def test_two_silos_meet_through_the_broker_and_each_step_names_its_facts():
    network = Network.compile(two_silos().snapshot)
    (route,) = find_routes(network, "org-east1", "org-west0").routes
    assert route.introducers == ("org-east0", "org-broker")
    for step in route.steps:
        ends = {step.from_id, step.to_id}
        tie = network.snapshot.tables["collaborates_with"]
        facts = {tie.id_at(row): row for row in range(len(tie))}
        (fact,) = step.facts
        named = {network.organisation_ids[tie[end][facts[fact]]] for end in ("from_id", "to_id")}
        assert named == ends


def test_a_strong_tie_is_preferred_to_a_weak_one():
    network = network_of(
        *map(organisation, "abcd"),
        collaboration("a", "c", strength=0.9),
        collaboration("b", "c", strength=0.8),
        collaboration("a", "d", strength=0.3),
        collaboration("b", "d", strength=0.9),
    )
    found = find_routes(network, "org-a", "org-b")
    assert between(found) == ["c", "d"]
    assert found.routes[0].strength == pytest.approx(0.9 * 0.8)
    assert [step.trust for step in found.routes[0].steps] == pytest.approx([0.9, 0.8])


def test_a_tie_that_nobody_has_confirmed_for_long_carries_less():
    old = {**{name: getattr(TOLD, name) for name in ("source", "asserted_by")}}
    stale = type(TOLD)(**old, first_seen=date(2020, 1, 1), last_confirmed=date(2022, 1, 1))
    network = network_of(
        *map(organisation, "abcd"),
        collaboration("a", "c", strength=0.9, provenance=stale),
        collaboration("b", "c", strength=0.9),
        collaboration("a", "d", strength=0.5),
        collaboration("b", "d", strength=0.5),
        as_of=date(2026, 1, 1),
    )
    assert between(find_routes(network, "org-a", "org-b")) == ["d", "c"]


def test_a_further_introducer_halves_what_a_route_is_worth():
    network = world("abcd", [("a", "c"), ("c", "d"), ("b", "d")])
    (route,) = find_routes(network, "org-a", "org-b").routes
    assert route.strength == pytest.approx(0.5**3 * 0.5)


def test_a_project_in_common_is_a_tie_of_middling_trust():
    in_project = {"to_id": "project-x", "provenance": TOLD}
    network = network_of(
        *map(organisation, "ab"),
        Project(id="project-x", name="x", provenance=TOLD),
        TakesPartIn(from_id="org-a", **in_project),
        TakesPartIn(from_id="org-b", **in_project),
    )
    assert trust(network).toarray().tolist() == [[0, 0.5], [0.5, 0]]


def test_the_shortest_route_gives_way_where_it_would_be_in_everybodys():
    # a-c-d-b is the strongest, and blocks both a-c-e-b and a-f-d-b.
    strong, weak = {"strength": 1.0}, {"strength": 0.4}
    network = network_of(
        *map(organisation, "abcdef"),
        collaboration("a", "c", **strong),
        collaboration("c", "d", **strong),
        collaboration("b", "d", **strong),
        collaboration("c", "e", **weak),
        collaboration("b", "e", **weak),
        collaboration("a", "f", **weak),
        collaboration("d", "f", **weak),
    )
    assert sorted(between(find_routes(network, "org-a", "org-b", count=2))) == ["ce", "fd"]
    assert between(find_routes(network, "org-a", "org-b", count=1)) == ["cd"]


def test_partners_need_no_introduction():
    found = find_routes(world("abc", [("a", "b"), ("a", "c"), ("b", "c")]), "org-a", "org-b")
    assert found.are_partners
    assert found.routes == ()


def test_only_the_willing_introduce_where_it_is_known_who_is():
    network = world("abcd", [("a", "c"), ("b", "c"), ("a", "d"), ("b", "d")])
    everybody = find_routes(network, "org-a", "org-b")
    some = find_routes(network, "org-a", "org-b", willing=["org-d"])
    assert (between(everybody), everybody.is_willingness_known) == (["c", "d"], False)
    assert (between(some), some.is_willingness_known) == (["d"], True)


@pytest.mark.parametrize(
    ("barred", "expected"),
    [
        ([("a", "b")], []),
        ([("a", "d")], ["e"]),
        ([("b", "c")], ["e"]),
        ([("c", "d")], ["e"]),
        ([("c", "e")], ["cd", "e"]),
    ],
)
def test_nobody_on_a_route_is_barred_from_another_on_it(barred, expected):
    strong = {"strength": 1.0}
    network = network_of(
        *map(organisation, "abcde"),
        *(collaboration(*tie, **strong) for tie in ("ac", "cd", "bd")),
        collaboration("a", "e", strength=0.3),
        collaboration("b", "e", strength=0.3),
        barred=[(f"org-{one}", f"org-{other}") for one, other in barred],
    )
    assert between(find_routes(network, "org-a", "org-b")) == expected


def test_an_unknown_organisation_is_named():
    with pytest.raises(UnknownOrganisation, match="org-z"):
        find_routes(world("a"), "org-a", "org-z")


PAIRS = [(one, other) for one in NAMES for other in NAMES if one < other]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PAIRS), unique=True, max_size=14),
    st.lists(st.sampled_from(PAIRS), unique=True, max_size=4),
    st.sets(st.sampled_from("cdefgh"), max_size=2),
    st.integers(1, 4),
)
def test_routes_are_those_that_a_full_search_finds(ties, barred, closed, count):
    ties = [tie for tie in ties if tie != ("a", "b")]
    network = world(NAMES, ties, barred=barred, closed=closed)
    found = between(find_routes(network, "org-a", "org-b", count=count))
    full = nx.Graph(ties)
    full.add_nodes_from("ab")
    forbidden = {frozenset(pair) for pair in barred}
    valid = [
        "".join(path[1:-1])
        for path in nx.all_simple_paths(full, "a", "b", cutoff=4)
        if not closed & set(path)
        and not any(frozenset(pair) in forbidden for pair in combinations(path, 2))
    ]
    assert set(found) <= set(valid)
    assert bool(found) is bool(valid)
    if not valid:
        return
    needed = [path for path in valid if not any(set(p) < set(path) for p in valid)]
    most = max(
        size
        for size in range(1, count + 1)
        for chosen in combinations(needed, size)
        if len(set("".join(chosen))) == sum(map(len, chosen))
    )
    apart = max(
        size
        for size in range(1, len(found) + 1)
        for chosen in combinations(found, size)
        if len(set("".join(chosen))) == sum(map(len, chosen))
    )
    assert apart == most
    if count == 1:
        assert len(found[0]) == min(map(len, valid))
    for path in found:
        assert all(tuple(sorted(tie)) in ties for tie in pairwise(f"a{path}b"))
