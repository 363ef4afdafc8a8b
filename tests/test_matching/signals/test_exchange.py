"""Needs and offers: level, capacity, urgency, scarcity, and skills that are nearly the one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from builders import TOLD, need, network_of, offer, organisation
from graph.model import Fact, Skill
from matching.signals.needs_met import NeedsMet
from matching.signals.offers_taken import OffersTaken

ENDS = (organisation("a"), organisation("b"), organisation("c"))
BROAD = Skill(id="cap-broad", name="broad", provenance=TOLD)
NARROW = Skill(id="cap-narrow", name="narrow", parent_id="cap-broad", provenance=TOLD)
OTHER = Skill(id="cap-other", name="other", parent_id="cap-broad", provenance=TOLD)
SKILLS = (BROAD, NARROW, OTHER)


def points(*facts: Fact) -> float:
    """What b can give a, whichever of the two asks."""
    network = network_of(*ENDS, *SKILLS, *facts)
    got = float(NeedsMet().points(network, 0, np.array([1]))[0])
    given = float(OffersTaken().points(network, 1, np.array([0]))[0])
    assert given == pytest.approx(got, abs=1e-12)
    return got


def met(offered: str = "broad", needed: str = "broad", **values: Any) -> float:
    return points(need("a", needed), offer("b", offered, **values))


@pytest.mark.parametrize(
    ("days", "factor"), [(None, 1.0), (0.0, 0.75), (2.0, 1.0), (4.0, 1.25), (40.0, 1.25)]
)
def test_who_has_more_days_to_give_counts_for_more(days: float | None, factor: float) -> None:
    assert met(capacity=days) == pytest.approx(factor * met())


def test_level_and_urgency_count() -> None:
    assert met(level=3) == pytest.approx(1.25 * met())
    assert points(need("a", "broad", urgency=1), offer("b", "broad")) == pytest.approx(0.75 * met())


@pytest.mark.parametrize(("offered", "needed"), [("narrow", "broad"), ("broad", "narrow")])
def test_the_next_broader_or_narrower_skill_counts_a_tenth_however_rare(
    offered: str, needed: str
) -> None:
    assert met(offered, needed) == pytest.approx(0.12)
    assert met(offered, needed) < met()


def test_two_skills_under_one_are_not_the_same() -> None:
    assert met("narrow", "other") == 0


def test_what_few_offer_counts_for_more() -> None:
    assert points(need("a", "broad"), offer("b", "broad"), offer("c", "broad")) < met()


def test_each_pair_of_need_and_offer_is_a_reason_of_its_own() -> None:
    facts = (need("a", "broad"), offer("b", "broad"), offer("b", "narrow"))
    network = network_of(*ENDS, *SKILLS, *facts)
    found = {each.about: each for each in NeedsMet().evidence(network, 0, 1)}
    assert set(found) == {"cap-broad", "cap-narrow"}
    assert found["cap-narrow"].facts == (facts[0].id, facts[2].id)
    assert found["cap-narrow"].points == pytest.approx(0.12)
    assert found["cap-broad"].points == pytest.approx(met())


def test_two_skills_that_name_each_other_as_broader_count_once() -> None:
    loop = Skill(id="cap-broad", name="broad", parent_id="cap-narrow", provenance=TOLD)
    network = network_of(*ENDS, loop, NARROW, OTHER, need("a", "broad"), offer("b", "narrow"))
    assert NeedsMet().points(network, 0, np.array([1]))[0] == pytest.approx(0.12)
