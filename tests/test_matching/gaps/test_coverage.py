"""For how many organisations anything has been told, and what follows for naming them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.model import Project, TakesPartIn
from matching.gaps.coverage import Coverage, Naming, coverage_of

GUESSED = replace(TOLD, inferred=True, confidence=0.5)


def test_an_offer_a_need_a_collaboration_or_a_role_counts_and_a_guess_does_not() -> None:
    network = network_of(
        *map(organisation, "abcdefgh"),
        skill("x"),
        Project(id="project-p", name="p", provenance=TOLD),
        offer("a", "x"),
        need("b", "x"),
        collaboration("c", "d"),
        TakesPartIn(from_id="org-e", to_id="project-p", provenance=TOLD),
        offer("f", "x", provenance=GUESSED),
        collaboration("f", "g", provenance=GUESSED),
    )
    assert coverage_of(network) == Coverage(told_count=5, open_count=8)


def test_closed_organisations_count_on_neither_side() -> None:
    network = network_of(
        organisation("a"),
        organisation("b", closed_on=date(2025, 1, 1)),
        collaboration("a", "b"),
    )
    assert coverage_of(network) == Coverage(told_count=1, open_count=1)


@pytest.mark.parametrize(
    ("told", "naming"),
    [
        (0, Naming.WITHHELD),
        (649, Naming.WITHHELD),
        (650, Naming.CAUTION),
        (799, Naming.CAUTION),
        (800, Naming.FULL),
        (1000, Naming.FULL),
    ],
)
def test_naming_hangs_on_the_share_that_told(told: int, naming: Naming) -> None:
    assert Coverage(told, 1000).naming is naming


def test_where_nobody_is_nothing_is_missing() -> None:
    assert coverage_of(network_of()).share == 1
