"""A brief that can't be met: which need fails, and what would mend it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, network_of, offer, organisation, skill, snapshot_of
from coalition_worlds import COOK_AND_DRIVE, random_world, three_kitchens
from graph.model import Place, WorksIn
from matching import Network
from matching.coalitions import (
    Brief,
    InfeasibleBrief,
    LeadTerms,
    MendKind,
    ShortfallKind,
    Wanted,
    plan_coalitions,
)
from matching.coalitions.candidates import eligible
from matching.coalitions.possible import possible


def failing(network: Network, brief: Brief) -> InfeasibleBrief:
    with pytest.raises(InfeasibleBrief) as raised:
        plan_coalitions(network, brief)
    return raised.value


def kinds(error: InfeasibleBrief) -> list[MendKind]:
    return [mend.steps[0].kind for mend in error.mends if len(mend.steps) == 1]


def test_a_skill_at_too_high_a_level_is_named_and_a_lower_one_mends_it() -> None:
    error = failing(three_kitchens(), Brief((Wanted("cap-cook"), Wanted("cap-drive", level=3))))
    (shortfall,) = error.shortfalls
    assert (shortfall.kind, shortfall.about) == (ShortfallKind.SKILL, "cap-drive")
    assert (shortfall.offering, shortfall.at_level) == (1, 0)
    assert error.mends[0].steps[0].kind is MendKind.LOWER_LEVEL
    assert error.mends[0].steps[0].value == 2
    assert MendKind.BUY_IN in kinds(error)


def test_every_mend_works() -> None:
    error = failing(three_kitchens(), Brief((Wanted("cap-cook"), Wanted("cap-drive", level=3))))
    for mend in error.mends:
        assert plan_coalitions(three_kitchens(), mend.brief).coalitions


def test_mends_come_with_the_cheapest_first() -> None:
    heavy = Wanted("cap-drive", level=3, weight=5.0)
    error = failing(three_kitchens(), Brief((Wanted("cap-cook"), heavy)))
    assert [mend.price for mend in error.mends] == sorted(mend.price for mend in error.mends)
    assert error.mends[0].price == 5


def test_a_wider_area_mends_what_nobody_near_offers() -> None:
    camden, hackney = "E09000007", "E09000012"
    network = network_of(
        *(Place(id=key, name=key, provenance=TOLD) for key in (camden, hackney)),
        organisation("a"),
        organisation("b"),
        skill("cook"),
        skill("drive"),
        offer("a", "cook"),
        offer("b", "drive"),
        WorksIn(from_id="org-a", to_id=camden, provenance=TOLD),
        WorksIn(from_id="org-b", to_id=hackney, provenance=TOLD),
    )
    error = failing(network, Brief(COOK_AND_DRIVE, places=(camden,)))
    (shortfall,) = error.shortfalls
    assert (shortfall.offering, shortfall.at_level, shortfall.allowed) == (1, 1, 0)
    assert error.mends[0].steps[0].kind is MendKind.WIDEN
    assert error.mends[0].brief.within_km == 10


def test_a_lead_that_nobody_is_fails_and_a_lower_band_mends_it() -> None:
    brief = Brief(COOK_AND_DRIVE, lead=LeadTerms(min_income=1e6))
    error = failing(three_kitchens(), brief)
    assert [shortfall.kind for shortfall in error.shortfalls] == [ShortfallKind.LEAD]
    assert MendKind.LEAD_INCOME in kinds(error)
    mended = next(m for m in error.mends if m.steps[0].kind is MendKind.LEAD_INCOME)
    assert mended.brief.lead.min_income == 400_000


def test_barred_pairs_that_leave_nobody_are_no_coalition() -> None:
    facts = [organisation("a"), organisation("b"), skill("cook"), skill("drive")]
    facts += [offer("a", "cook"), offer("b", "drive")]
    network = Network.compile(snapshot_of(*facts), barred=[("org-a", "org-b")])
    error = failing(network, Brief(COOK_AND_DRIVE))
    assert [shortfall.kind for shortfall in error.shortfalls] == [ShortfallKind.TOGETHER]
    both = failing(network, Brief(COOK_AND_DRIVE, must=("org-a", "org-b")))
    assert [shortfall.kind for shortfall in both.shortfalls] == [ShortfallKind.MUST]


def test_a_member_that_must_or_must_not_be_in_may_be_what_stands_in_the_way() -> None:
    facts = [organisation(name) for name in "abcd"] + [skill("cook"), skill("drive")]
    facts += [offer("a", "cook"), offer("b", "drive"), offer("c", "drive")]
    network = Network.compile(snapshot_of(*facts), barred=[("org-a", "org-b")])
    error = failing(network, Brief(COOK_AND_DRIVE, must=("org-a", "org-b")))
    assert [(mend.steps[0].kind, mend.steps[0].about) for mend in error.mends] == [
        (MendKind.NOT_MUST, "org-b")
    ]
    error = failing(network, Brief(COOK_AND_DRIVE, must_not=("org-a", "org-d")))
    assert (MendKind.ALLOW, "org-a") in [(m.steps[0].kind, m.steps[0].about) for m in error.mends]
    assert "org-d" not in [mend.steps[0].about for mend in error.mends]


def test_too_much_work_for_few_hands_is_mended_by_more_each() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        *(skill(name) for name in "xyz"),
        *(offer("a", name) for name in "xyz"),
    )
    needs = tuple(Wanted(f"cap-{name}") for name in "xyz")
    error = failing(network, Brief(needs, min_members=1, skills_each=2))
    assert [shortfall.kind for shortfall in error.shortfalls] == [ShortfallKind.TOGETHER]
    assert kinds(error)[0] is MendKind.MORE_EACH


def test_several_needs_that_fail_are_mended_together() -> None:
    network = three_kitchens(sew=skill("sew"), bake=skill("bake"))
    needs = (*COOK_AND_DRIVE, Wanted("cap-sew"), Wanted("cap-bake"))
    error = failing(network, Brief(needs))
    assert len(error.shortfalls) == 2
    (mend,) = error.mends
    assert [step.kind for step in mend.steps] == [MendKind.BUY_IN] * 2
    assert plan_coalitions(network, mend.brief).coalitions


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_what_is_called_possible_is_so_exactly_where_a_plan_is_found(seed: int, each: int) -> None:
    network = network_of(*random_world(seed, count=8))
    brief = Brief(
        tuple(Wanted(f"cap-{name}", level=2) for name in "abcd"), max_members=3, skills_each=each
    )
    answer = possible(network, eligible(network, brief))
    assert answer.is_proven
    if answer.rows is None:
        assert failing(network, brief).is_proven
    else:
        plan = plan_coalitions(network, brief)
        assert plan.coalitions
        again = replace(brief, must=tuple(network.organisation_ids[row] for row in answer.rows))
        assert plan_coalitions(network, again).coalitions
