"""Being near: bordering, close by, holding one another; and never the same place twice."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from builders import TOLD, network_of, organisation
from graph.model import Place, WorksIn
from graph.vocabulary.geography import distance_km
from matching import Network
from matching.signals.nearness import nearness
from matching.signals.place_reach import PlaceReach

WESTMINSTER, CAMDEN, LONDON, ENGLAND, CORNWALL = (
    "E09000033",
    "E09000007",
    "E12000007",
    "E92000001",
    "E06000052",
)


def place(key: str, **values: Any) -> Place:
    return Place(id=key, name=key, provenance=TOLD, **values)


def works_in(one: str, where: str) -> WorksIn:
    return WorksIn(from_id=f"org-{one}", to_id=where, provenance=TOLD)


def near(one: Place, other: Place) -> float:
    network = network_of(one, other)
    numbers = {key: number for number, key in enumerate(network.thing_ids("place"))}
    found = nearness(network).toarray()
    assert np.allclose(found, found.T)
    assert not found.diagonal().any()
    return float(found[numbers[one.id], numbers[other.id]])


def test_close_by_decays_with_the_distance() -> None:
    km = distance_km(WESTMINSTER, CAMDEN)
    assert km is not None
    assert near(place(WESTMINSTER), place(CAMDEN)) == pytest.approx(math.exp(-km / 30), rel=1e-4)
    own = (place("p", latitude=52.0, longitude=0.0), place("q", latitude=52.4, longitude=0.0))
    assert near(*own) == pytest.approx(math.exp(-44.48 / 30), rel=1e-3)


def test_far_apart_is_nothing() -> None:
    assert near(place(WESTMINSTER), place(CORNWALL)) == 0
    far = (place("p", latitude=52.0, longitude=0.0), place("q", latitude=52.6, longitude=0.0))
    assert near(*far) == 0


def test_bordering_counts_half_at_least_however_wide_the_places() -> None:
    northumberland, cumberland = "E06000057", "E06000063"
    assert near(place(northumberland), place(cumberland)) == 0.5


def test_holding_counts_unless_the_holder_is_half_a_country() -> None:
    nowhere = {"latitude": 80.0, "longitude": 0.0}
    assert near(place(LONDON, **nowhere), place(CAMDEN)) == pytest.approx(0.3)
    assert near(place(ENGLAND, **nowhere), place(CAMDEN)) == 0
    assert near(place("ward", parent_id="town"), place("town")) == pytest.approx(0.3)


def test_a_place_that_nobody_knows_is_near_nothing() -> None:
    assert near(place("here"), place("there")) == 0


def test_points_grow_slowly_with_the_number_of_near_places() -> None:
    own = [place(f"p{n}", latitude=52.0, longitude=n / 10) for n in range(3)]
    network = network_of(
        *own,
        organisation("a"),
        organisation("b"),
        *(works_in("a", each.id) for each in own[:1]),
        *(works_in("b", each.id) for each in own[1:]),
    )
    between = nearness(network).toarray()[0, 1:].sum()
    found = PlaceReach().points(network, 0, np.array([0, 1]))
    assert found.tolist() == pytest.approx([0, 0.25 * math.log1p(between)])
    (reason,) = PlaceReach().evidence(network, 0, 1)
    assert (reason.about, reason.count, len(reason.facts)) == ("p1", 2, 3)


def test_one_place_in_common_is_left_to_the_signal_of_places_in_common() -> None:
    only = place("p", latitude=52.0, longitude=0.0)
    network = network_of(
        only, organisation("a"), organisation("b"), works_in("a", "p"), works_in("b", "p")
    )
    assert not PlaceReach().points(network, 0, np.array([1])).any()
    assert PlaceReach().evidence(network, 0, 1) == ()


def test_a_network_without_places_is_fine() -> None:
    network: Network = network_of(organisation("a"))
    assert nearness(network).shape == (0, 0)
