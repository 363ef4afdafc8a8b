"""Coalitions from a brief: who is in, why, and what else could be done."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TOLD,
    network_of,
    offer,
    organisation,
    skill,
    snapshot_of,
)
from coalition_worlds import COOK_AND_DRIVE, SKILLS, random_world, three_kitchens
from graph.errors import UnknownOrganisation, UnknownTerm
from graph.model import Fact, Place, Project, TakesPartIn, Theme, WorksIn, WorksOn
from matching import Network
from matching.coalitions import (
    Brief,
    Form,
    FormRule,
    InfeasibleBrief,
    InvalidBrief,
    LeadTerms,
    Wanted,
    assess,
    candidates,
    plan_coalitions,
    swap,
)
from matching.coalitions.candidates import eligible, gathered
from seeds.demo import demo_records, demo_truths

ALL_THREE = ("org-ann", "org-bea", "org-cid")


def wanted(*names: str) -> tuple[Wanted, ...]:
    return tuple(Wanted(f"cap-{name}") for name in names)


def test_the_pair_that_knows_each_other_comes_first() -> None:
    plan = plan_coalitions(three_kitchens(), Brief(COOK_AND_DRIVE, max_members=2))
    assert [coalition.member_ids for coalition in plan.coalitions] == [
        ("org-ann", "org-bea"),
        ("org-bea", "org-cid"),
    ]
    assert all(coalition.is_proven for coalition in plan.coalitions)
    assert plan.is_exhausted
    assert plan.different == 1


def test_a_coalition_says_who_covers_what_by_which_facts() -> None:
    network = three_kitchens()
    (best,) = plan_coalitions(network, Brief(COOK_AND_DRIVE, must=ALL_THREE)).coalitions
    cook = best.covers[0]
    assert cook.organisation_id == "org-ann"
    assert cook.level == 3
    assert cook.facts == network.thing_facts("offers", 0, "skill", 0)
    (backup,) = cook.backups
    assert (backup.organisation_id, backup.level) == ("org-cid", 1)
    assert best.covers[1].backups == ()
    seats = {seat.organisation_id: seat for seat in best.seats}
    assert seats["org-bea"].only_here == ("cap-drive",)
    assert seats["org-cid"].answers_for == ()
    assert seats["org-cid"].income is None
    assert best.money.known == 2
    assert best.money.joint_income == 450_000


def test_ties_come_with_their_facts_and_their_lack_as_introductions() -> None:
    (best,) = plan_coalitions(three_kitchens(), Brief(COOK_AND_DRIVE, must=ALL_THREE)).coalitions
    tied = {(link.one, link.other): link for link in best.links}
    assert tied["org-ann", "org-bea"].distance == pytest.approx(0.125)
    assert len(tied["org-ann", "org-bea"].facts) == 1
    assert tied["org-bea", "org-cid"].distance == 1
    assert best.introductions == (("org-ann", "org-cid"), ("org-bea", "org-cid"))
    assert best.weakest is not None
    assert "org-cid" in {best.weakest.one, best.weakest.other}
    assert best.together == pytest.approx(0.5 * (0.125 + 1 + 1), abs=1e-4)


def test_the_three_parts_add_up_to_the_objective() -> None:
    network = network_of(*random_world(3))
    for coalition in plan_coalitions(network, Brief(wanted(*SKILLS))).coalitions:
        burden = math.fsum(cost for seat in coalition.seats for _, cost in seat.burden)
        assert coalition.burden == pytest.approx(burden, abs=1e-3)
        distance = math.fsum(link.distance for link in coalition.links)
        assert coalition.together == pytest.approx(0.5 * distance, abs=1e-3)
        assert coalition.objective == pytest.approx(
            coalition.burden + coalition.skills + coalition.together
        )


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_three_coalitions_differ_by_two_and_come_in_order(seed: int) -> None:
    network = network_of(*random_world(seed))
    try:
        plan = plan_coalitions(network, Brief(wanted(*SKILLS), skills_each=2))
    except InfeasibleBrief:
        return
    members = [set(coalition.member_ids) for coalition in plan.coalitions]
    for earlier, later in combinations(members, 2):
        assert max(len(earlier - later), len(later - earlier)) >= plan.different
    costs = [coalition.objective for coalition in plan.coalitions]
    assert all(one <= other + 1e-9 for one, other in pairwise(costs))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_barred_pairs_are_never_in_one_coalition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    facts = random_world(seed)
    ids = [fact.id for fact in facts if fact.kind == "organisation"]
    barred = [pair for pair in combinations(ids, 2) if rng.random() < 0.3]
    network = Network.compile(snapshot_of(*facts), barred=barred)
    brief = Brief(wanted(*SKILLS))
    try:
        plan = plan_coalitions(network, brief)
    except InfeasibleBrief:
        return
    for coalition in plan.coalitions:
        assert not set(combinations(coalition.member_ids, 2)) & set(barred)
        seats = [seat.organisation_id for seat in coalition.seats if not seat.is_must]
        for found in swap(network, brief, coalition.member_ids, seats[0]):
            stay = [each for each in coalition.member_ids if each != seats[0]]
            pairs = {tuple(sorted((found.organisation_id, each))) for each in stay}
            assert not pairs & set(barred)


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 10_000))
def test_other_ids_and_another_run_change_nothing(seed: int) -> None:
    facts = random_world(seed)
    ids = sorted(fact.id for fact in facts if fact.kind == "organisation")
    other = dict(zip(ids, reversed(ids), strict=True))

    def renamed(fact: Fact) -> Fact:
        if fact.id in other:
            return replace(fact, id=other[fact.id])
        ends = {
            end: other.get(getattr(fact, end), getattr(fact, end))
            for end in ("from_id", "to_id")
            if hasattr(fact, end)
        }
        return replace(fact, id="", **ends) if ends else fact

    plans = []
    for world in (facts, facts, [renamed(fact) for fact in facts]):
        try:
            plans.append(plan_coalitions(network_of(*world), Brief(wanted(*SKILLS))))
        except InfeasibleBrief:
            plans.append(None)
    if plans[0] is None:
        assert plans == [None] * 3
        return
    assert plans[0] == plans[1]
    shown = [
        [([seat.name for seat in each.seats], each.objective) for each in plan.coalitions]
        for plan in plans
        if plan
    ]
    assert shown[0] == shown[2]


def test_area_size_and_exclusions_decide_who_comes_into_question() -> None:
    camden, hackney, leeds = "E09000007", "E09000012", "E08000035"
    places = [Place(id=key, name=key, provenance=TOLD) for key in (camden, hackney, leeds)]
    network = network_of(
        *places,
        *(organisation(name, income=10_000.0 * k) for k, name in enumerate("abcd", start=1)),
        skill("cook"),
        *(offer(name, "cook") for name in "abcd"),
        *(
            WorksIn(from_id=f"org-{name}", to_id=place, provenance=TOLD)
            for name, place in zip("abc", (camden, hackney, leeds), strict=True)
        ),
    )

    def allowed(**values: object) -> list[str]:
        found = eligible(network, Brief((Wanted("cap-cook"),), **values))  # type: ignore[arg-type]
        return [network.names[row] for row in np.flatnonzero(found.useful)]

    assert allowed() == ["a", "b", "c", "d"]
    assert allowed(places=(camden,)) == ["a"]
    assert allowed(places=(camden,), within_km=10) == ["a", "b"]
    assert allowed(places=(camden,), within_km=500) == ["a", "b", "c"]
    assert allowed(places=("E12000007",)) == ["a", "b"]  # London holds both boroughs
    assert allowed(places=(camden,), must=("org-d",)) == ["a", "d"]
    assert allowed(must_not=("org-a",), max_income=20_000.0) == ["b"]


def test_who_works_in_a_place_that_holds_the_area_reaches_it() -> None:
    london = Place(id="E12000007", name="London", provenance=TOLD)
    works = WorksIn(from_id="org-a", to_id=london.id, provenance=TOLD)
    network = network_of(london, works, organisation("a"), skill("cook"), offer("a", "cook"))
    found = eligible(network, Brief((Wanted("cap-cook"),), places=("E09000007",)))
    assert found.far[0] == 0.25
    assert found.useful[0]


def test_a_narrower_skill_meets_a_broader_need() -> None:
    network = network_of(
        organisation("a"),
        organisation("b"),
        skill("food"),
        replace(skill("cook"), parent_id="cap-food"),
        offer("a", "cook"),
        offer("b", "food"),
    )
    found = eligible(network, Brief(wanted("food")))
    assert found.can.ravel().tolist() == [True, True]
    assert eligible(network, Brief(wanted("cook"))).can.ravel().tolist() == [True, False]


def test_what_fits_the_theme_is_preferred() -> None:
    theme = Theme(id="theme-food", name="Food", provenance=TOLD)
    network = network_of(
        theme,
        organisation("a"),
        organisation("b"),
        skill("cook"),
        offer("a", "cook"),
        offer("b", "cook"),
        WorksOn(from_id="org-b", to_id=theme.id, provenance=TOLD),
    )
    brief = Brief(wanted("cook"), themes=(theme.id,), min_members=1, max_members=1)
    assert plan_coalitions(network, brief).coalitions[0].member_ids == ("org-b",)


@pytest.mark.parametrize(
    ("lead", "leading"),
    [
        (LeadTerms(min_income=100_000), "org-bea"),
        (LeadTerms(max_income=100_000), "org-ann"),
        (LeadTerms(types=("Charity",)), "org-bea"),
        (LeadTerms(registers=("GB-CHC",)), "org-ann"),
    ],
)
def test_the_lead_meets_its_conditions(lead: LeadTerms, leading: str) -> None:
    (best, *_) = plan_coalitions(three_kitchens(), Brief(COOK_AND_DRIVE, lead=lead)).coalitions
    assert best.lead.organisation_id == leading
    assert best.lead.score == pytest.approx(sum(value for _, value in best.lead.points))


def test_a_track_record_can_be_asked_of_the_lead() -> None:
    project = Project(id="p", name="Meals", provenance=TOLD)
    led = TakesPartIn(from_id="org-ann", to_id="p", role="Lead", provenance=TOLD)
    network = three_kitchens(project=project, led=led)
    brief = Brief(COOK_AND_DRIVE, lead=LeadTerms(min_led=1, min_projects=1))
    assert plan_coalitions(network, brief).coalitions[0].lead.organisation_id == "org-ann"
    with pytest.raises(InfeasibleBrief):
        plan_coalitions(network, replace(brief, lead=LeadTerms(min_led=2)))


def test_an_organisation_joins_to_lead_where_no_provider_may() -> None:
    network = three_kitchens(dora=organisation("dora", income=9e6))
    brief = Brief(COOK_AND_DRIVE, lead=LeadTerms(min_income=1e6))
    (best, *_) = plan_coalitions(network, brief).coalitions
    assert best.lead.organisation_id == "org-dora"
    assert {seat.organisation_id: seat.answers_for for seat in best.seats}["org-dora"] == ()


@pytest.mark.parametrize(
    ("budget", "form", "rule"),
    [
        (None, Form.NETWORK, FormRule.FEW),
        (30_000.0, Form.LEAD_AGENCY, FormRule.MONEY),
        (5e6, Form.CONSORTIUM, FormRule.TOO_LARGE_FOR_LEAD),
    ],
)
def test_the_form_follows_stated_rules(budget: float | None, form: Form, rule: FormRule) -> None:
    brief = Brief(COOK_AND_DRIVE, budget=budget, lead=LeadTerms(min_income=1))
    (best, *_) = plan_coalitions(three_kitchens(), brief).coalitions
    assert (best.form, best.form_rule) == (form, rule)


def test_every_swap_is_scored_exactly_and_the_best_comes_first() -> None:
    network, brief = network_of(*random_world(5)), Brief(wanted(*SKILLS))
    best = plan_coalitions(network, brief).coalitions[0]
    for leaving in best.member_ids:
        found = swap(network, brief, best.member_ids, leaving, k=100)
        assert [each.objective for each in found] == sorted(each.objective for each in found)
        stay = [member for member in best.member_ids if member != leaving]
        for each in found:
            again = assess(network, brief, [*stay, each.organisation_id])
            assert again.objective == pytest.approx(each.objective)
            assert each.difference == pytest.approx(again.objective - best.objective)
            assert each.difference >= 0
            seat = next(s for s in again.seats if s.organisation_id == each.organisation_id)
            assert seat.answers_for == each.answers_for


def test_who_doesnt_meet_the_brief_together_is_no_coalition() -> None:
    network, brief = three_kitchens(), Brief(COOK_AND_DRIVE)
    with pytest.raises(InvalidBrief, match="ann, cid"):
        assess(network, brief, ["org-ann", "org-cid"])
    with pytest.raises(InvalidBrief, match="no seat"):
        swap(network, brief, ["org-ann", "org-bea"], "org-cid")


def test_unknown_ids_and_closed_members_are_named() -> None:
    network = three_kitchens(dora=organisation("dora", closed_on=TOLD.first_seen))
    with pytest.raises(UnknownTerm, match="cap-nowhere"):
        plan_coalitions(network, Brief(wanted("nowhere")))
    with pytest.raises(UnknownOrganisation):
        plan_coalitions(network, Brief(COOK_AND_DRIVE, must=("org-nobody",)))
    with pytest.raises(InvalidBrief, match="has closed"):
        plan_coalitions(network, Brief(COOK_AND_DRIVE, must=("org-dora",)))


def test_a_large_network_is_narrowed_to_the_most_promising(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = network_of(*random_world(1, count=60))
    brief = Brief(wanted(*SKILLS), must=("org-o07",))
    found = eligible(network, brief)
    whole = gathered(network, found)
    assert whole.is_whole
    assert len(whole) == whole.considered == int(found.useful.sum())
    for name, few in (("_WHOLE", 10), ("_BEST", 5), ("_CHEAPEST_EACH", 2), ("_NEAR", 3)):
        monkeypatch.setattr(candidates, name, few)
    narrow = gathered(network, found)
    assert not narrow.is_whole
    assert narrow.considered == whole.considered
    assert len(narrow) <= 1 + 5 + 2 * 4 + 3
    assert narrow.must.sum() == 1
    assert narrow.can.any(axis=0).all()
    plan = plan_coalitions(network, brief)
    assert (plan.searched, plan.considered) == (len(narrow), len(whole))
    assert not plan.is_whole


def test_only_a_search_of_everybody_says_that_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, brief = three_kitchens(), Brief(COOK_AND_DRIVE, max_members=2)
    assert plan_coalitions(network, brief).is_exhausted
    for name in ("_WHOLE", "_BEST", "_CHEAPEST_EACH", "_NEAR"):
        monkeypatch.setattr(candidates, name, 1)
    narrow = plan_coalitions(network, brief)
    assert narrow.searched < narrow.considered
    assert len(narrow.coalitions) == 1
    assert not narrow.is_exhausted


def test_who_isnt_promising_is_taken_where_the_promising_may_not_meet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_WHOLE", "_BEST", "_CHEAPEST_EACH", "_NEAR"):
        monkeypatch.setattr(candidates, name, 1)
    facts = [organisation(name, income=1e6 if name in "ab" else 1.0) for name in "abcd"]
    facts += [skill("x"), skill("y")]
    facts += [offer(name, "x") for name in "ac"] + [offer(name, "y") for name in "bd"]
    network = Network.compile(
        snapshot_of(*facts), barred=[("org-a", "org-b"), ("org-a", "org-d"), ("org-b", "org-c")]
    )
    (best, *_) = plan_coalitions(network, Brief(wanted("x", "y"))).coalitions
    assert best.member_ids == ("org-c", "org-d")


def test_the_planted_pairs_of_the_demo_are_found() -> None:
    network, truths = Network.compile(snapshot_of(*demo_records())), demo_truths()
    offers = network.snapshot.tables["offers"]
    for pair in truths.pairs:
        rows = [network.index_of(member) for member in pair]
        ends = offers["to_id"][np.isin(offers["from_id"], rows)]
        needs = tuple(Wanted(str(network.snapshot.node_ids[end])) for end in np.unique(ends))
        place = str(network.thing_ids("place")[int(network.places[[rows[0]]].indices[0])])
        brief = Brief(needs, places=(place,), skills_each=4)
        (best, *_) = plan_coalitions(network, brief).coalitions
        assert set(best.member_ids) == set(pair)
