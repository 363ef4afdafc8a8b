from __future__ import annotations

from seeds.columns import map_columns

FIELDS = {"name": ("organisation name",), "postcode": ("post code",), "website": ("web address",)}


def test_titles_are_known_whatever_their_case_and_spacing() -> None:
    found = map_columns(["Organisation  NAME", "post_code", "Web-Address (if any)"], FIELDS)

    assert found.positions == {"name": (0,), "postcode": (1,), "website": (2,)}
    assert found.guesses == []


def test_a_misspelt_title_is_guessed_and_said_so() -> None:
    found = map_columns(["name", "Web adress"], FIELDS)

    assert found.positions["website"] == (1,)
    assert "'Web adress' was taken for 'website'" in str(found.guesses[0])


def test_a_guess_never_displaces_a_title_that_fits() -> None:
    found = map_columns(["Web adress", "website"], FIELDS)

    assert found.positions["website"] == (1,)
    assert found.unused == ["Web adress"]


def test_a_field_may_have_several_columns() -> None:
    found = map_columns(["name", "organisation name"], FIELDS)

    assert found.values(["A", "B"], "name") == ["A", "B"]
    assert found.value(["", "B"], "name") == "B"
