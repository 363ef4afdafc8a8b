"""Briefs that make no sense are refused, with the part that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from matching.coalitions import Brief, InvalidBrief, LeadTerms, Wanted

COOK = Wanted("cap-cook")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"needs": ()}, "skills"),
        ({"needs": (COOK, COOK)}, "named twice"),
        ({"places": ("a", "a")}, "named twice"),
        ({"within_km": -1.0}, "distance"),
        ({"within_km": float("nan")}, "distance"),
        ({"min_members": 4, "max_members": 3}, "4 to 3"),
        ({"max_members": 99}, "range from 1 to 20"),
        ({"skills_each": 0}, "skills each"),
        ({"min_income": 5.0, "max_income": 1.0}, "no band"),
        ({"budget": -5.0}, "budget"),
        ({"budget": float("inf")}, "budget"),
        ({"must": ("a",), "must_not": ("a",)}, "must be in and must not"),
        ({"must": ("a", "b", "c"), "max_members": 2}, "at most 2"),
    ],
)
def test_a_contradiction_is_named(values: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidBrief, match=said):
        Brief(**{"needs": (COOK,), **values})


@pytest.mark.parametrize("values", [{"level": 0}, {"level": 4}, {"weight": 0.0}, {"weight": 11.0}])
def test_a_wanted_skill_has_a_level_and_a_weight_in_bounds(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidBrief):
        Wanted("cap-cook", **values)
    with pytest.raises(InvalidBrief, match="empty"):
        Wanted(" ")


def test_conditions_on_the_lead_are_checked() -> None:
    with pytest.raises(InvalidBrief, match="no band"):
        LeadTerms(min_income=2, max_income=1)
    with pytest.raises(InvalidBrief, match="projects led"):
        LeadTerms(min_led=-1)
    assert LeadTerms().is_any
    assert not LeadTerms(types=("charity",)).is_any
