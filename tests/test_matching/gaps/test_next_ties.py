"""What one tie would do: adding it and counting anew gives exactly that."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill, snapshot_of
from graph.errors import UnknownOrganisation
from graph.model import Collaboration, Place, WorksIn
from matching import Network
from matching.gaps.rehearsal import imagined, tie_effects
from matching.pool import candidate_pool
from rehearsal_worlds import graph_of, met_near, needs_of, network_with
from seeds.demo import demo_records, demo_truths

networks = st.builds(network_with, st.integers(0, 100_000))


def reached(found: nx.Graph[int]) -> float:
    sizes = [len(part) for part in nx.connected_components(found)]
    return sum(size * (size - 1) for size in sizes) / len(found)


def near(found: nx.Graph[int], ends: list[int]) -> float:
    around = (nx.single_source_shortest_path_length(found, end, cutoff=2) for end in ends)
    return sum(len(each) - 1 for each in around) / 2


@settings(max_examples=25)
@given(networks, st.data())
def test_adding_the_tie_and_counting_anew_gives_exactly_that_change(
    network: Network, data: st.DataObject
) -> None:
    ids = network.organisation_ids
    pairs = list(combinations(ids, 2))
    picked = data.draw(st.lists(st.sampled_from(pairs), max_size=6, unique=True)) if pairs else []
    found = tie_effects(network, picked)
    today = graph_of(network)
    allowed = [
        (one, other)
        for one, other in picked
        if network.is_open[network.index_of(one)]
        and network.index_of(other) in candidate_pool(network, network.index_of(one))
    ]
    assert [(each.first_id, each.second_id) for each in found] == allowed
    for each in found:
        ends = [network.index_of(each.first_id), network.index_of(each.second_id)]
        tie = Collaboration(from_id=each.first_id, to_id=each.second_id, provenance=TOLD)
        after = imagined(network, added=[tie])
        then = graph_of(after)
        for change, measure in (
            (each.circles, nx.number_connected_components),
            (each.without_partner, lambda found: len(list(nx.isolates(found)))),
            (each.reached, reached),
            (each.within_two_steps, lambda found, ends=ends: near(found, ends)),
        ):
            assert (change.before, change.after) == (measure(today), measure(then))
        met = each.needs_met_nearby
        assert (met.before, met.after) == (len(met_near(network)), len(met_near(after)))
        assert set(each.links) == {ids[end] for end in ends if not today[end]}
        apart = not nx.has_path(today, *ends)
        assert (each.parts_joined is not None) == apart
        if each.parts_joined:
            sizes = [len(nx.node_connected_component(today, end)) for end in ends]
            assert list(each.parts_joined) == sizes
        skills = network.thing_ids("skill")
        assert {(met.organisation_id, met.provider_id, met.skill_id) for met in each.needs_met} == {
            (ids[who], ids[provider], skills[column])
            for who, column, providers in needs_of(after)
            for provider in providers
            if {who, provider} == set(ends)
        }
        assert all(len(met.facts) >= 2 for met in each.needs_met)


def test_partners_and_pairs_kept_apart_are_left_out() -> None:
    names = [organisation(name) for name in "abc"]
    snapshot = network_of(*names, collaboration("a", "b")).snapshot
    network = Network.compile(snapshot, barred=[("org-a", "org-c")])
    pairs = [("org-a", "org-b"), ("org-a", "org-c"), ("org-c", "org-b")]
    assert [(each.first_id, each.second_id) for each in tie_effects(network, pairs)] == pairs[2:]
    with pytest.raises(UnknownOrganisation):
        tie_effects(network, [("org-a", "org-z")])


def test_a_tie_between_two_silos_says_so_until_they_have_one() -> None:
    network, truths = Network.compile(snapshot_of(*demo_records())), demo_truths()
    east, west = truths.silos
    ends = (east[2], west[2])
    (found,) = tie_effects(network, [ends])
    assert (found.silos_joined, found.silo_opened) == ((len(east), len(west)), None)
    assert (found.parts_joined, found.links) == (None, ())
    (out,) = tie_effects(network, [(east[2], truths.isolates[0])])
    assert (out.silos_joined, out.silo_opened) == (None, len(east))
    assert (out.links, out.parts_joined is not None) == ((truths.isolates[0],), True)
    joined = imagined(
        network, added=[Collaboration(from_id=east[3], to_id=west[3], provenance=TOLD)]
    )
    assert tie_effects(joined, [ends])[0].silos_joined is None


def test_whoever_gets_a_first_tie_brings_its_offers_along() -> None:
    guess = replace(TOLD, inferred=True, confidence=0.5)
    facts = (need("a", "x"), offer("b", "x", provenance=guess))
    network = network_of(organisation("a"), organisation("b"), skill("x"), *facts)
    (found,) = tie_effects(network, [("org-a", "org-b")])
    assert found.needs_met[0].facts == tuple(fact.id for fact in facts)
    assert (found.needs_met_nearby.before, found.needs_met_nearby.after) == (0, 1)


def test_groups_that_have_no_tie_yet_are_named() -> None:
    places = [Place(id=f"place-{name}", name=name, provenance=TOLD) for name in "xy"]
    works = [
        WorksIn(from_id=f"org-{one}", to_id=f"place-{place}", provenance=TOLD)
        for one, place in ("ax", "bx", "cy", "dy")
    ]
    facts = [*(organisation(name) for name in "abcd"), *places, *works]
    (found,) = tie_effects(network_of(*facts), [("org-a", "org-c")])
    assert found.groups_joined is not None
    assert found.groups_joined.places == ("place-x", "place-y")
    assert found.groups_joined.themes == ("", "")
    tied = network_of(*facts, collaboration("b", "d"))
    assert tie_effects(tied, [("org-a", "org-c")])[0].groups_joined is None
    assert tie_effects(tied, [("org-a", "org-b")])[0].groups_joined is None


def test_needs_that_it_meets_name_who_gets_what_and_the_facts() -> None:
    facts = (need("a", "x"), offer("b", "x"), need("c", "x"))
    network = network_of(
        *(organisation(name) for name in "abc"), skill("x"), *facts, collaboration("a", "c")
    )
    (found,) = tie_effects(network, [("org-a", "org-b")])
    (met,) = found.needs_met
    assert (met.organisation_id, met.provider_id, met.skill_id) == ("org-a", "org-b", "cap-x")
    assert met.facts == (facts[0].id, facts[1].id)
    # The partner of the one comes within two steps of the provider too.
    assert (found.needs_met_nearby.before, found.needs_met_nearby.after) == (0, 2)
