from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.vocabulary import places
from seeds.areas import area_place
from seeds.terms import vocabulary_node

TYPES = ("Local Authority", "Region", "Country", "Continent", "Metropolitan Counties", "")


@pytest.mark.parametrize(
    ("area_type", "description", "place_id"),
    [
        ("Local Authority", "Barnet", "E09000003"),
        ("Local Authority", "City Of Bristol", "E06000023"),
        ("Local Authority", "Bristol City", "E06000023"),
        ("Local Authority", "Kingston Upon Hull City", "E06000010"),
        ("Local Authority", "Newcastle Upon Tyne City", "E08000021"),
        ("Local Authority", "Stoke-on-trent City", "E06000021"),
        ("Local Authority", "City Of Westminster", "E09000033"),
        ("Local Authority", "Newport City", "W06000022"),
        ("Local Authority", "Rhondda Cynon Taff", "W06000016"),
        ("Local Authority", "St Helens", "E08000013"),
        ("Local Authority", "Telford & Wrekin", "E06000020"),
        ("Local Authority", "Durham", "E06000047"),
        ("Local Authority", "Poole", "E06000058"),
        ("Local Authority", "Kent", "E10000016"),
        ("Local Authority", "Northamptonshire", "E10000021"),
        ("Region", "Throughout London", "E12000007"),
        ("Region", "Throughout England", "E92000001"),
        ("Region", "Throughout Wales", "W92000004"),
        ("Region", "Throughout England And Wales", "K04000001"),
        ("Metropolitan Counties", "Greater London", "E12000007"),
        ("Metropolitan County", "Tyne And Wear", "E11000007"),
        ("Country", "Scotland", "S92000003"),
        ("Country", "Kenya", "country:KE"),
        ("Country", "Congo (Democratic Republic)", "country:CD"),
        ("Country", "Burma", "country:MM"),
        ("Country", "Cocos (KEELING) ISLANDS", "country:CC"),
        ("Country", "São Tomé And Principe", "country:ST"),
        ("Country", "Réunion", "country:RE"),
        ("Country", "The Gambia", "country:GM"),
        ("Country", "Dubai", "country:AE"),
        ("Country", "Jersey", "country:JE"),
        ("Continent", "Africa", "continent:AF"),
    ],
)
def test_an_area_as_the_register_writes_it_is_a_place(
    area_type: str, description: str, place_id: str
) -> None:
    found = area_place(area_type, description)
    assert found is not None
    assert found.id == place_id


def test_the_type_tells_the_county_from_the_region_of_one_name() -> None:
    county = area_place("Metropolitan Counties", "West Midlands")
    region = area_place("Region", "West Midlands")
    assert county is not None
    assert region is not None
    assert (county.id, region.id) == ("E11000005", "E12000005")


def test_england_and_wales_holds_both_nations() -> None:
    found = area_place("Region", "Throughout England And Wales")
    assert found is not None
    assert [places().term(member).label for member in found.members] == ["England", "Wales"]


@pytest.mark.parametrize(
    ("area_type", "description"),
    [
        ("Local Authority", "Atlantis"),
        ("Local Authority", "Georgia"),
        ("Local Authority", ""),
        ("Local Authority", "Wales"),
        ("Region", "Barnet"),
        ("Region", "Throughout"),
        ("Country", "Reading"),
        ("Local Authority", "Newcastle"),
    ],
)
def test_what_is_no_such_place_is_left_for_the_caller_to_report(
    area_type: str, description: str
) -> None:
    assert area_place(area_type, description) is None


# No deadline: the first example also reads the files.
@settings(deadline=None)
@given(st.sampled_from(TYPES) | st.text(max_size=20), st.text(max_size=60))
def test_hostile_words_are_at_worst_no_place(area_type: str, description: str) -> None:
    found = area_place(area_type, description)
    assert found is None or vocabulary_node(found).id == found.id


@settings(deadline=None)
@given(st.sampled_from([place for place in places() if place.kind == "local authority"]))
def test_every_authority_is_found_in_capitals_and_with_an_ampersand(place) -> None:
    for written in (place.label.upper(), place.label.replace(" and ", " & ")):
        assert area_place("local authority", written) is place
