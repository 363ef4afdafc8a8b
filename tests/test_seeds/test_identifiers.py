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
