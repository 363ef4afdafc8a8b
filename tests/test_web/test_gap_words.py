"""Sentences about gaps."""

from __future__ import annotations

import pytest

from builders import collaboration, need, network_of, offer, organisation, skill
from graph.model import Fact
from matching import Gap, capability_gaps
from web.gap_words import basis_of, gap_sentence, whole_sentence

NAMES = ("Ann", "Bea", "Cid", "Dot")


def gap_of(*facts: Fact, by: tuple[str, ...] = ("skill",)) -> Gap:
    people = [organisation(name) for name in NAMES]
    found = capability_gaps(network_of(*people, skill("Welding"), *facts), by=by, with_met=True)
    return found.gaps[0]


def named(key: str) -> str:
    return key.removeprefix("org-")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            [need("Ann", "Welding", urgency=3)],
            "1 organisation needs it, 1 of them now. Nobody in the network offers it.",
        ),
        (
            [need("Ann", "Welding"), need("Bea", "Welding"), offer("Cid", "Welding")],
            "2 organisations need it. Only Cid offers it, out of reach for 2 of them.",
        ),
        (
            [need("Ann", "Welding"), offer("Cid", "Welding"), collaboration("Ann", "Cid")],
            "1 organisation needs it. Only Cid offers it.",
        ),
        (
            [need("Ann", "Welding"), offer("Cid", "Welding"), offer("Dot", "Welding")],
            "1 organisation needs it. 2 offer it, none in reach for 1 of them.",
        ),
    ],
)
def test_a_gap_says_who_needs_and_who_offers(facts: list[Fact], said: str) -> None:
    assert gap_sentence(gap_of(*facts), named) == said


def test_a_share_is_said_with_what_it_rests_on() -> None:
    said = basis_of(gap_of(need("Ann", "Welding"), offer("Cid", "Welding")))
    assert said == (
        "Of the 2 organisations here that have told what they need or offer, 1 is in need. "
        "Of all 4, between 9% and 91% are likely to be."
    )


def test_the_whole_says_what_stands_in_no_line() -> None:
    people = [organisation(name) for name in NAMES]
    network = network_of(*people, skill("Welding"), need("Ann", "Welding"))
    assert "1 of 1 needs have nobody in reach." in whole_sentence(capability_gaps(network))
    by_place = whole_sentence(capability_gaps(network, by=("place",)))
    assert "1 need stands in no line below" in by_place
