from __future__ import annotations

import pytest

from seeds.names import normalised, slug


@pytest.mark.parametrize(
    "name",
    [
        "The Saint John’s Community Centre",
        "ST. JOHNS COMMUNITY CTR LTD",
        "Saint Johns Community Center (CIO)",
        "St John's Comm. Centre",
    ],
)
def test_ways_to_write_one_name_are_one(name: str) -> None:
    assert normalised(name) == "saint johns community centre"


def test_a_name_of_legal_words_only_keeps_them() -> None:
    assert normalised("The Charity Ltd") == "the charity ltd"


def test_a_slug_is_fit_for_an_id() -> None:
    assert slug("Café & Kultur: Wärme!") == "cafe-kultur-warme"
