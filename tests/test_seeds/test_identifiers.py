from __future__ import annotations

import pytest

from seeds.identifiers import charity_id, company_id, organisation_ids


@pytest.mark.parametrize(
    ("text", "external_id"),
    [
        ("1164883", "GB-CHC-1164883"),
        ("279417", "GB-CHC-279417"),
        ("1164883.0", "GB-CHC-1164883"),
        ("1164883-1", "GB-CHC-1164883"),
        ("SC042386", "GB-SC-SC042386"),
        ("sc42386", "GB-SC-SC042386"),
        ("NIC100019", "GB-NIC-100019"),
        ("NI100019", "GB-NIC-100019"),
        ("TBC", ""),
        ("12345", ""),
    ],
)
def test_a_charity_number_finds_its_register(text: str, external_id: str) -> None:
    assert charity_id(text).external_id == external_id


@pytest.mark.parametrize(
    ("text", "external_id"),
    [
        ("09506232", "GB-COH-09506232"),
        ("9506232", "GB-COH-09506232"),
        ("950623", "GB-COH-00950623"),
        ("9506232.0", "GB-COH-09506232"),
        ("RC000659", "GB-COH-RC000659"),
        ("42579", ""),
    ],
)
def test_a_company_number_gets_its_zeros_back(text: str, external_id: str) -> None:
    assert company_id(text).external_id == external_id


def test_a_short_company_number_is_reported_with_what_it_was_read_as() -> None:
    (found,) = organisation_ids("GB-COH-950623")

    assert found.external_id == "GB-COH-00950623"
    assert found.why == "has 6 digits; company numbers have 8"
    assert "GB-COH-00950623" in found.remedy


def test_the_same_number_twice_is_one_identifier() -> None:
    assert [r.external_id for r in organisation_ids("GB-CHC-1164883", "1164883")] == [
        "GB-CHC-1164883"
    ]


def test_a_number_that_contradicts_the_identifier_is_left_out() -> None:
    _, second = organisation_ids("GB-CHC-1105625", "123456")

    assert second.external_id == ""
    assert "contradicts" in second.why


def test_an_identifier_is_freed_from_line_breaks() -> None:
    (found,) = organisation_ids("GB-CHC-\n\n1105625")

    assert found.external_id == "GB-CHC-1105625"
    assert found.why


@pytest.mark.parametrize(
    ("text", "external_id", "words"),
    [
        ("GB-CHC-SC012345", "GB-SC-SC012345", "no number of England and Wales"),
        ("GB-CHC-NI100016", "GB-NIC-100016", "no number of England and Wales"),
        ("GB-SC-1164883", "GB-CHC-1164883", "no number of Scotland"),
        ("GB-NIC-SC012345", "GB-SC-SC012345", "no number of Northern Ireland"),
        ("GB-SC-12345", "GB-SC-SC012345", "should read GB-SC-SC012345"),
        # A company's or a charity's with a digit too many: only its owner knows.
        ("GB-CHC-09506232", "GB-CHC-09506232", "Did you mean GB-COH-09506232?"),
        ("GB-COH-RC00834", "GB-COH-RC000834", "It was read so"),
    ],
)
def test_a_number_under_the_wrong_scheme_says_so(text: str, external_id: str, words: str) -> None:
    (found,) = organisation_ids(text)

    assert found.external_id == external_id
    assert words in f"{found.why} {found.remedy}"


@pytest.mark.parametrize("text", ["GB-NIC-100016", "GB-SC-SC012345", "GB-COH-SC012345", "360G-x-1"])
def test_a_number_under_its_own_scheme_stays_as_it_is(text: str) -> None:
    (found,) = organisation_ids(text)

    assert (found.external_id, found.why) == (text, "")


def test_too_few_digits_for_a_company_are_a_suggestion_only() -> None:
    found = company_id("31105")

    assert found.external_id == ""
    assert "GB-COH-00031105" in found.remedy
