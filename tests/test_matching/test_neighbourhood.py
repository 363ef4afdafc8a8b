from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import collaboration, organisation
from graph.errors import UnknownOrganisation
from map_worlds import FEW_WORLDS, GUESSED, borough_world, network_of, project, takes_part
from matching.neighbourhood import Neighbourhood, neighbourhood


def steps(around: Neighbourhood) -> dict[str, int]:
    return {node.name: node.step for node in around.nodes}


def chain() -> tuple[object, ...]:
    """Return a - b - c - d."""
    return (
        *(organisation(name) for name in "abcd"),
        *(collaboration(one, other) for one, other in ("ab", "bc", "cd")),
    )


def test_it_goes_as_many_steps_as_asked() -> None:
    network = network_of(*chain())  # type: ignore[arg-type]
    assert steps(neighbourhood(network, "org-a")) == {"a": 0, "b": 1}
    assert steps(neighbourhood(network, "org-a", steps=2)) == {"a": 0, "b": 1, "c": 2}


def test_somebody_alone_is_a_neighbourhood_of_one() -> None:
    around = neighbourhood(network_of(organisation("a")), "org-a", steps=2)
    assert steps(around) == {"a": 0}
    assert (around.shown, around.total, around.ties) == (0, 0, ())


def test_an_unknown_organisation_is_refused() -> None:
    with pytest.raises(UnknownOrganisation):
        neighbourhood(network_of(), "org-a")


def test_a_tie_names_its_kinds_facts_projects_and_sources() -> None:
    told = collaboration("a", "b")
    parts = takes_part("a", "p"), takes_part("b", "p")
    network = network_of(organisation("a"), organisation("b"), project("p"), told, *parts)
    (tie,) = neighbourhood(network, "org-a").ties
    assert tie.kinds == ("collaborates_with", "takes_part_in")
    assert set(tie.facts) == {told.id, *(part.id for part in parts)}
    assert (tie.projects, tie.sources, tie.is_inferred) == (("project-p",), ("test",), False)


def test_a_guess_is_shown_as_one_but_makes_nobody_a_neighbour() -> None:
    network = network_of(
        *(organisation(name) for name in "abcd"),
        collaboration("a", "b"),
        collaboration("a", "c"),
        collaboration("b", "c", provenance=GUESSED),
        collaboration("a", "d", provenance=GUESSED),
    )
    around = neighbourhood(network, "org-a")
    assert steps(around) == {"a": 0, "b": 1, "c": 1}
    assert [tie.is_inferred for tie in around.ties] == [False, False, True]


def test_a_project_with_a_guessed_participant_is_a_guess() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        project("p"),
        takes_part("a", "p"),
        takes_part("b", "p", GUESSED),
    )
    (tie,) = neighbourhood(network, "org-a").ties
    assert tie.is_inferred


def test_the_limit_keeps_the_nearest_and_strongest_and_says_so() -> None:
    network = network_of(
        *chain(),  # type: ignore[arg-type]
        organisation("e"),
        project("p"),
        takes_part("a", "p"),
        takes_part("e", "p"),
        collaboration("a", "e"),
    )
    around = neighbourhood(network, "org-a", steps=2, limit=2)
    assert [node.name for node in around.nodes] == ["a", "e", "b"]
    assert (around.shown, around.total) == (2, 3)
    limited = neighbourhood(network, "org-a", steps=2, tie_limit=1)
    assert (len(limited.ties), limited.tie_total) == (1, 3)


def test_ties_that_lead_outwards_come_before_those_that_go_round() -> None:
    network = network_of(
        *(organisation(name) for name in "abcd"),
        *(collaboration(one, other) for one, other in ("ab", "ac", "bc", "cd")),
    )
    around = neighbourhood(network, "org-a", steps=2)
    rings = [(around.nodes[tie.first].step, around.nodes[tie.second].step) for tie in around.ties]
    assert rings == [(0, 1), (0, 1), (1, 2), (1, 1)]


@FEW_WORLDS
@given(st.integers(2, 40), st.integers(0, 1000), st.integers(1, 3), st.integers(0, 50))
def test_every_tie_shown_joins_nodes_shown(count: int, seed: int, far: int, limit: int) -> None:
    network = network_of(*borough_world(count, seed))
    around = neighbourhood(network, network.organisation_ids[0], steps=far, limit=limit)
    whole = neighbourhood(network, network.organisation_ids[0], steps=far, limit=count)
    assert around.total == whole.shown == len(whole.nodes) - 1
    assert around.nodes == whole.nodes[: limit + 1]
    assert len({node.organisation_id for node in around.nodes}) == len(around.nodes)
    for tie in around.ties:
        assert 0 <= tie.first < tie.second < len(around.nodes)
        assert abs(around.nodes[tie.first].step - around.nodes[tie.second].step) <= 1 or (
            tie.is_inferred
        )
        assert tie.facts


@FEW_WORLDS
@given(st.integers(2, 40), st.integers(0, 1000), st.randoms())
def test_the_order_of_facts_changes_nothing(count: int, seed: int, chance: random.Random) -> None:
    records = borough_world(count, seed)
    shuffled = list(records)
    chance.shuffle(shuffled)
    first = neighbourhood(network_of(*records), "org-0000", steps=2)
    assert first == neighbourhood(network_of(*shuffled), "org-0000", steps=2)
