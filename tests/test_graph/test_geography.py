from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.vocabulary import countries, places
from graph.vocabulary.geography import (
    contains,
    distance_km,
    kilometres,
    nearest,
    neighbours,
    position_of_place,
    within,
)
from needs import ROOT

AUTHORITIES = [place.id for place in places() if place.kind == "local authority"]
PLACES = [place.id for place in places()]
authorities = st.sampled_from(AUTHORITIES)
anywhere = st.sampled_from(PLACES)
positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def place_id(name: str) -> str:
    return places().require(name).id


# --- bordering -----------------------------------------------------------------------------


# No deadline: the first example also reads the files.
@settings(deadline=None)
@given(authorities, authorities)
def test_bordering_goes_both_ways_and_nobody_borders_itself(one: str, other: str) -> None:
    assert (other in neighbours(one)) == (one in neighbours(other))
    assert one not in neighbours(one)


def test_only_authorities_have_neighbours_and_they_are_authorities() -> None:
    found = {code: neighbours(code) for code in PLACES if neighbours(code)}
    assert found.keys() <= set(AUTHORITIES)
    assert set().union(*found.values()) <= set(AUTHORITIES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Westminster", "Camden"),
        ("Trafford", "Manchester"),
        ("Trafford", "Salford"),
        ("City of London", "Tower Hamlets"),
        ("Cambridge", "South Cambridgeshire"),
        ("Rutland", "Melton"),
        ("Monmouthshire", "Forest of Dean"),
        ("Cumberland", "Dumfries and Galloway"),
        ("Westminster", "Lambeth"),
        ("Liverpool", "Wirral"),
        ("Isle of Anglesey", "Gwynedd"),
    ],
)
def test_authorities_that_touch_or_that_a_crossing_joins_are_neighbours(
    one: str, other: str
) -> None:
    assert place_id(other) in neighbours(place_id(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Trafford", "Tameside"), ("Camden", "Hackney"), ("Westminster", "Southwark")],
)
def test_authorities_with_another_between_them_are_none(one: str, other: str) -> None:
    assert place_id(other) not in neighbours(place_id(one))


def test_islands_without_a_crossing_have_no_neighbours() -> None:
    alone = {places().term(code).label for code in AUTHORITIES if not neighbours(code)}
    assert alone == {
        *("Isle of Wight", "Isles of Scilly", "Na h-Eileanan Siar"),
        *("Orkney Islands", "Shetland Islands"),
    }


def test_an_unknown_place_has_no_neighbours() -> None:
    assert neighbours("place-of-ours") == frozenset()


# --- apart ---------------------------------------------------------------------------------


@settings(deadline=None)
@given(positions, positions, positions)
def test_distances_keep_the_rules_of_a_metric(
    one: tuple[float, float], other: tuple[float, float], third: tuple[float, float]
) -> None:
    assert kilometres(one, one) == 0
    assert kilometres(one, other) == kilometres(other, one)
    assert 0 <= kilometres(one, other) <= 20_016
    assert kilometres(one, third) <= kilometres(one, other) + kilometres(other, third) + 1e-3


@settings(deadline=None)
@given(anywhere, anywhere)
def test_any_two_places_of_the_kingdom_are_less_than_its_length_apart(one: str, other: str) -> None:
    found = distance_km(one, other)
    assert found is not None
    assert found < 1_250


def test_edinburgh_is_about_sixty_kilometres_from_glasgow() -> None:
    assert distance_km("S12000036", "S12000049") == pytest.approx(60, abs=6)


def test_a_place_without_a_position_is_at_no_distance() -> None:
    assert position_of_place("country:KE") is None
    assert distance_km("country:KE", "E09000007") is None
    assert distance_km("E09000007", "place-of-ours") is None


@settings(deadline=None, max_examples=25)
@given(authorities, st.floats(0, 400))
def test_the_nearest_are_all_within_reach_and_in_order(code: str, reach: float) -> None:
    found = nearest(code, reach)
    away = [distance for _, distance in found]
    assert away == sorted(away)
    assert all(distance <= reach for distance in away)
    assert code not in dict(found)
    left_out = set(AUTHORITIES) - dict(found).keys() - {code}
    assert all((distance_km(code, other) or 0) > reach for other in left_out)


def test_nothing_is_near_a_place_without_a_position() -> None:
    assert nearest("country:KE", 1_000_000) == ()


# --- within --------------------------------------------------------------------------------


@settings(deadline=None)
@given(anywhere)
def test_a_place_lies_in_itself_and_in_all_above_it(code: str) -> None:
    assert contains(code, code)
    assert all(contains(above.id, code) for above in places().ancestors(code))


@settings(deadline=None)
@given(anywhere, anywhere)
def test_two_places_that_hold_each_other_are_one(one: str, other: str) -> None:
    assert not (contains(one, other) and contains(other, one)) or one == other


@settings(deadline=None, max_examples=25)
@given(anywhere)
def test_what_lies_in_a_part_lies_in_the_whole(code: str) -> None:
    assert all(within(inner) <= within(code) for inner in within(code))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("Greater Manchester", "Trafford"),
        ("England and Wales", "Camden"),
        ("Great Britain", "Kent"),
        ("Cumbria", "Cumberland"),
        ("Sussex", "Crawley"),
        ("Tees Valley", "Hartlepool"),
    ],
)
def test_a_county_or_grouping_holds_its_authorities(outer: str, inner: str) -> None:
    assert contains(place_id(outer), place_id(inner))


def test_england_and_wales_holds_no_place_in_scotland() -> None:
    assert not contains("K04000001", place_id("Fife"))
    assert not contains("K02000001", "country:KE")


def test_an_unknown_place_holds_nothing() -> None:
    assert within("place-of-ours") == frozenset()
    assert not contains("place-of-ours", "place-of-ours")


def test_a_country_holds_itself_alone() -> None:
    assert all(within(country.id) == {country.id} for country in countries())


# --- how borders are worked out --------------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("borders", ROOT / "scripts" / "neighbours.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def square(code: str, east: float, north: float, gap: float = 0.0) -> dict[str, object]:
    low, high = gap, 0.1 - gap
    ring = [
        [east + x, north + y]
        for x, y in ((low, low), (high, low), (high, high), (low, high), (low, low))
    ]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def test_borders_forgive_small_gaps_and_ignore_corners(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = [
        square("A", -1.0, 52.0),
        square("B", -0.9, 52.0, gap=0.0005),
        square("C", -0.9, 52.1),
        square("D", -0.6, 52.0),
    ]
    boundaries = tmp_path / "boundaries.geojson"
    boundaries.write_text(json.dumps({"features": features}), encoding="utf-8")
    monkeypatch.setattr(script, "FILE", tmp_path / "neighbours.csv")
    monkeypatch.setattr(script, "ACROSS_WATER", (("C", "D"),))

    assert script.main([str(boundaries)]) == 0

    text = (tmp_path / "neighbours.csv").read_text(encoding="utf-8")
    assert text == "code,neighbours\nA,B\nB,A C\nC,B D\nD,C\n"


def test_every_crossing_joins_two_authorities_of_the_table(script: ModuleType) -> None:
    for one, other in script.ACROSS_WATER:
        assert other in neighbours(one)
