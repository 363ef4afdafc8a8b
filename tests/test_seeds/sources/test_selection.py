from __future__ import annotations

import pytest

from graph.errors import InputError, UnknownTerm
from seeds.sources.selection import Selection, selection_options


def test_a_place_may_be_named_or_given_by_code() -> None:
    assert selection_options("westminster") == selection_options("E09000033")


def test_a_misspelt_place_names_what_was_probably_meant() -> None:
    with pytest.raises(UnknownTerm, match="Westminster"):
        selection_options("Westminstre")


@pytest.mark.parametrize(("place", "ids"), [("", []), ("Trafford", ["399001"])])
def test_either_a_place_or_a_list_is_wanted(place: str, ids: list[str]) -> None:
    with pytest.raises(InputError, match="which charities"):
        selection_options(place, ids)


def test_a_list_needs_no_office() -> None:
    with pytest.raises(InputError, match="already"):
        selection_options(ids=["399001"], office=True)


def test_ids_in_any_form_and_order_are_one_selection() -> None:
    one = selection_options(ids=["399001", "GB-SC-SC012345", "NIC100002"])
    other = selection_options(ids=["GB-NIC-100002", "SC012345", "GB-CHC-399001", ""])
    assert one == other


@pytest.mark.parametrize("text", ["12", "GB-COH-950623", "choir"])
def test_an_id_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        selection_options(ids=[text])


def test_a_region_holds_its_authorities() -> None:
    london = Selection.of(selection_options("London"))
    assert london.why_not([], ["E09000033"], "") == ""
    assert london.why_not([], ["E08000009"], "") != ""


def test_without_options_everything_is_wanted() -> None:
    everything = Selection.of({})
    assert everything.is_all
    assert everything.why_not(["GB-CHC-1"], [], "") == ""


@pytest.mark.parametrize("area", ["E12000007", "E92000001", "K04000001", "K02000001"])
def test_a_wider_area_is_whatever_holds_the_place_groupings_too(area: str) -> None:
    assert "--wider" in Selection.of(selection_options("Westminster")).why_not([], [area], "")
    wider = Selection.of(selection_options("Westminster", wider=True))
    assert wider.why_not([], [area], "") == ""


def test_a_grouping_holds_its_members() -> None:
    both = Selection.of(selection_options("K04000001"))
    assert both.why_not([], ["E09000033"], "") == ""
    assert both.why_not([], ["S12000036"], "") != ""
