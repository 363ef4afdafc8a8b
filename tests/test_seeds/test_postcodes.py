from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.vocabulary import places
from graph.vocabulary.geography import kilometres, position_of_place
from seeds.postcodes import (
    authority_of,
    km_between,
    place_of,
    position_of,
    read_postcode,
    why_no_postcode,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WA14 2SZ", "WA14 2SZ"),
        ("wa142sz", "WA14 2SZ"),
        (" SW1A  1AA ", "SW1A 1AA"),
        ("EC1A1BB", "EC1A 1BB"),
        ("E16AN", "E1 6AN"),
        ("M1 1", "M1 1"),
        ("M1", "M1"),
        ("M11", "M11"),
    ],
)
def test_a_postcode_a_sector_and_an_outcode_are_read(written: str, meant: str) -> None:
    assert str(read_postcode(written)) == meant
    assert why_no_postcode(written) == ""


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "is empty"),
        ("Manchester", "doesn't begin as a postcode does"),
        ("M", "doesn't begin as a postcode does"),
        ("12345", "doesn't begin as a postcode does"),
        ("ZZ99 9ZZ", "no such postcode area"),
        ("M99 1AA", "no such postcode district"),
        ("M1 OAA", "ends in OAA"),
        ("SW1A 1OA", "ends in 1OA"),
        ("M1 1AEE", "ends in 1AEE"),
        ("M1 1AE" * 1_000, "too long"),
        ("M\u0661 1AE", "doesn't begin as a postcode does"),
    ],
)
def test_what_is_no_postcode_says_why_and_lies_nowhere(written: str, why: str) -> None:
    assert why in why_no_postcode(written)
    assert read_postcode(written) is None
    assert authority_of(written) == ""
    assert place_of(written) is None
    assert position_of(written) is None


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("WA14 2SZ", "Trafford"),
        ("wa142sz", "Trafford"),
        ("SW1A 1AA", "Westminster"),
        ("M50 2ZY", "Salford"),
    ],
)
def test_a_postcode_lies_in_an_authority(postcode: str, name: str) -> None:
    assert places().term(authority_of(postcode)).label == name
    assert place_of(postcode) is places().term(authority_of(postcode))


@pytest.mark.parametrize(
    ("postcode", "country"),
    [("JE2 3AB", "country:JE"), ("GY1 1AA", "country:GG"), ("IM1 1AA", "country:IM")],
)
def test_an_island_outside_the_kingdom_lies_in_no_authority(postcode: str, country: str) -> None:
    found = place_of(postcode)
    assert found is not None
    assert found.id == country
    assert authority_of(postcode) == ""


def test_the_middle_of_an_outcode_is_near_the_middle_of_its_authority() -> None:
    for outcode in ("M1", "SW1A", "BT1", "ZE1", "LL77", "TR21", "CF10", "EH1"):
        middle, place = position_of(outcode), place_of(outcode)
        assert middle is not None
        assert place is not None
        around = position_of_place(place.id)
        assert around is not None
        assert kilometres(middle, around) < 60


def test_the_way_between_offices_follows_from_their_outcodes() -> None:
    assert km_between("SW1A 1AA", "M1 1AE") == pytest.approx(262, abs=3)
    assert km_between("M1", "M1 1AE") == 0
    assert km_between("M1", "Manchester") is None


# No deadline: the first example also reads the files.
@settings(deadline=None)
@given(st.text(max_size=20) | st.text("MSWEC1290AB OIl\u00a0\u0661\x00", max_size=9))
def test_any_text_is_a_postcode_or_has_a_reason_not_to_be(text: str) -> None:
    found = read_postcode(text)
    assert (found is None) == bool(why_no_postcode(text))
    assert found is None or read_postcode(str(found)) == found
