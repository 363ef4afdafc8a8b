from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.vocabulary.geography import Position
from seeds.positions import read_position
from seeds.problems import Problem, Where

NORTH = Where("places.csv", row=7, column="latitude")
EAST = NORTH.at("longitude")


def read(
    latitude: str, longitude: str, *, in_uk: bool = True
) -> tuple[Position | None, Problem | None]:
    return read_position(latitude, longitude, NORTH, EAST, in_uk=in_uk)


def test_a_position_is_read() -> None:
    assert read(" 51.5145 ", "-0.127") == ((51.5145, -0.127), None)


def test_two_empty_cells_are_unknown_without_a_word() -> None:
    assert read("", "  ") == (None, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "column", "value", "why"),
    [
        ("0", "0", "latitude", "0, 0", "stands for no position"),
        ("0.0", "-0.00", "latitude", "0.0, -0.00", "stands for no position"),
        ("0.009", "-0.009", "latitude", "0.009, -0.009", "stands for no position"),
        ("-0.127", "51.5145", "latitude", "-0.127, 51.5145", "swapped"),
        ("91", "0", "latitude", "91", "past 90 degrees"),
        ("51.5", "-180.5", "longitude", "-180.5", "past 180 degrees"),
        ("51.5", "", "longitude", "", "is no longitude"),
        ("north", "0", "latitude", "north", "is no latitude"),
        ("nan", "1", "latitude", "nan", "is no latitude"),
        ("51.5", "1e999", "longitude", "1e999", "is no longitude"),
    ],
)
def test_what_is_no_position_is_unknown_and_names_its_cell(
    latitude: str, longitude: str, column: str, value: str, why: str
) -> None:
    found, problem = read(latitude, longitude)
    assert found is None
    assert problem is not None
    assert problem.is_warning
    assert (problem.file, problem.row, problem.column) == ("places.csv", 7, column)
    assert problem.value == value
    assert why in problem.message
    assert problem.remedy


@pytest.mark.parametrize(("latitude", "longitude"), [("0", "51.5"), ("51.48", "0"), ("0", "32.6")])
def test_one_zero_may_be_a_meridian_or_the_equator(latitude: str, longitude: str) -> None:
    found, problem = read(latitude, longitude, in_uk=False)
    assert found == (float(latitude), float(longitude))
    assert problem is None


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_text_becomes_a_position_at_nothing(latitude: str, longitude: str) -> None:
    found, problem = read(latitude, longitude)
    assert found is None or problem is None
    assert found is None or max(map(abs, found)) >= 0.01


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_a_position_is_always_on_the_globe(north: float, east: float) -> None:
    found, problem = read(f"{north:.6f}", f"{east:.6f}")
    assert (found is None) == (problem is not None)
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)
