from __future__ import annotations

from seeds.sources.register import Offices


def test_a_postcode_that_is_none_says_nothing_of_its_district() -> None:
    offices = Offices()
    assert offices.of("M33 2ZZZ") is None
    found = offices.of("M33 2AA")
    assert found is not None
    assert found.id == "E08000009"
    assert offices.of("M33 9ZZZ") is None
