"""What nobody confirms weighs less by the year, and what has yet to begin ties nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.model import Project, Provenance, TakesPartIn
from matching import suggest_partners
from matching.freshness import HALF_LIFE_DAYS

TODAY = date(2026, 11, 1)


def confirmed(on: date) -> Provenance:
    return replace(TOLD, first_seen=min(TOLD.first_seen, on), last_confirmed=on)


def weight(age_days: int) -> float:
    told = confirmed(TODAY - timedelta(days=age_days))
    network = network_of(
        organisation("a"), skill("s"), offer("a", "s", provenance=told), as_of=TODAY
    )
    return float(network.offers.data[0])


def test_a_fact_counts_half_after_its_half_life() -> None:
    assert weight(0) == 1
    assert weight(HALF_LIFE_DAYS) == pytest.approx(0.5)
    assert weight(2 * HALF_LIFE_DAYS) == pytest.approx(0.25)


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_older_never_counts_for_more(one: int, other: int) -> None:
    assert (weight(one) >= weight(other)) or one > other


def test_without_a_day_nothing_grows_old() -> None:
    old = confirmed(date(1990, 1, 1))
    network = network_of(organisation("a"), skill("s"), offer("a", "s", provenance=old))
    assert network.offers.data.tolist() == [1]


def test_a_stale_offer_scores_lower_than_a_fresh_one() -> None:
    stale = confirmed(date(2020, 1, 1))
    fresh = confirmed(TODAY)
    network = network_of(
        *(organisation(name) for name in ("a", "old", "new")),
        skill("s"),
        need("a", "s", provenance=fresh),
        offer("old", "s", provenance=stale),
        offer("new", "s", provenance=fresh),
        as_of=TODAY,
    )
    assert [each.partner_id for each in suggest_partners(network, "org-a")] == [
        "org-new",
        "org-old",
    ]


def test_a_stale_tie_is_a_weaker_bridge_and_still_a_tie() -> None:
    facts = [organisation(name) for name in ("a", "b", "c", "d", "e")]
    stale = confirmed(date(2018, 1, 1))
    network = network_of(
        *facts,
        collaboration("a", "b", provenance=confirmed(TODAY)),
        collaboration("b", "c", provenance=confirmed(TODAY)),
        collaboration("a", "d", provenance=stale),
        collaboration("d", "e", provenance=confirmed(TODAY)),
        as_of=TODAY,
    )
    scores = {each.partner_id: each for each in suggest_partners(network, "org-a")}
    assert scores["org-c"].score > scores["org-e"].score > 0
    assert "org-d" not in scores
    for suggestion in scores.values():
        assert sum(reason.points for reason in suggestion.reasons) == pytest.approx(
            suggestion.score, abs=1e-9
        )


def test_a_tie_that_is_yet_to_begin_is_none_but_is_not_suggested_again() -> None:
    facts = (
        organisation("a"),
        organisation("b"),
        skill("s"),
        need("a", "s"),
        offer("b", "s"),
        collaboration("a", "b", since=date(2027, 1, 1)),
    )
    now = network_of(*facts, as_of=TODAY)
    assert now.ties.nnz == 0
    assert suggest_partners(now, "org-a") == ()
    then = network_of(*facts, as_of=date(2027, 1, 1))
    assert then.ties.nnz == 2


def test_a_role_begins_on_its_own_day_or_with_its_project() -> None:
    project = Project(id="prj", name="P", starts_on=date(2026, 6, 1), provenance=TOLD)
    roles = (
        TakesPartIn(from_id="org-a", to_id="prj", provenance=TOLD),
        TakesPartIn(from_id="org-b", to_id="prj", starts_on=date(2026, 9, 1), provenance=TOLD),
    )
    facts = (organisation("a"), organisation("b"), project, *roles)
    tied = {
        day: network_of(*facts, as_of=day).ties.nnz
        for day in (date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 1))
    }
    assert list(tied.values()) == [0, 0, 2]


def test_a_joint_project_does_not_grow_old() -> None:
    project = Project(id="prj", name="P", provenance=confirmed(date(2010, 1, 1)))
    old = confirmed(date(2010, 1, 1))
    network = network_of(
        organisation("a"),
        organisation("b"),
        project,
        *(TakesPartIn(from_id=f"org-{name}", to_id="prj", provenance=old) for name in "ab"),
        as_of=TODAY,
    )
    assert np.all(network.ties.data == 1)


def test_a_closure_to_come_closes_nobody_yet() -> None:
    closing = organisation("a", closed_on=date(2027, 1, 1))
    assert network_of(closing, as_of=TODAY).is_open.tolist() == [True]
    assert network_of(closing, as_of=date(2027, 1, 1)).is_open.tolist() == [False]
