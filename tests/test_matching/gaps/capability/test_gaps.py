"""Capability gaps in a tiny world worked out by hand, and the truths planted in the demo."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

import pytest

from graph.access import Audience, redact
from graph.model import (
    Collaboration,
    Community,
    Fact,
    Need,
    Offer,
    Organisation,
    Place,
    Serves,
    Skill,
    Theme,
    Visibility,
    WorksIn,
    WorksOn,
)
from matching import Network, Scope, capability_gaps, find_fillers
from matching.gaps.capability import Fit, Gap, Standing
from matching.testing.worlds import TOLD, snapshot_of
from seeds.demo import demo_records, demo_truths

DAY = date(2026, 1, 1)


def hand_made(*more: Fact) -> tuple[Fact, ...]:
    """Return two places that are near each other and one far off, and who works there.

    Ann (here) needs welding now; Bea (near) and Fay (far off) offer it. Cid (here) and Dot (far
    off) need sewing, Dot this year; Eve (near) offers hemming, which is part of it. Gus (far off)
    needs sailing, which nobody offers, and welding, which it offers itself. Hal has closed.
    """
    places = {"here": (51.5, 0.0), "near": (51.6, 0.0), "far": (57.0, -4.0)}
    return (
        *(
            Place(id=key, name=key, latitude=north, longitude=east, provenance=TOLD)
            for key, (north, east) in places.items()
        ),
        *(Theme(id=f"theme-{key}", name=key, provenance=TOLD) for key in ("work", "play")),
        Community(id="com-old", name="old people", provenance=TOLD),
        *(
            Skill(id=key, name=key, parent_id=parent, provenance=TOLD)
            for key, parent in (
                ("craft", ""),
                ("welding", "craft"),
                ("sewing", "craft"),
                ("hemming", "sewing"),
                ("sailing", ""),
            )
        ),
        *(
            Organisation(id=key, name=key, closed_on=DAY if key == "hal" else None, provenance=TOLD)
            for key in ("ann", "bea", "cid", "dot", "eve", "fay", "gus", "hal", "ida")
        ),
        *(
            WorksIn(from_id=key, to_id=place, provenance=TOLD)
            for key, place in (
                ("ann", "here"),
                ("bea", "near"),
                ("cid", "here"),
                ("dot", "far"),
                ("eve", "near"),
                ("fay", "far"),
                ("hal", "here"),
                ("ida", "here"),
            )
        ),
        *(WorksOn(from_id=key, to_id="theme-work", provenance=TOLD) for key in ("ann", "cid")),
        Serves(from_id="dot", to_id="com-old", provenance=TOLD),
        Need(from_id="ann", to_id="welding", urgency=3, provenance=TOLD),
        Need(from_id="cid", to_id="sewing", urgency=1, provenance=TOLD),
        Need(from_id="dot", to_id="sewing", urgency=2, provenance=TOLD),
        Need(from_id="gus", to_id="sailing", urgency=3, provenance=TOLD),
        Need(from_id="gus", to_id="welding", urgency=2, provenance=TOLD),
        Need(from_id="hal", to_id="sailing", provenance=TOLD),
        Offer(from_id="bea", to_id="welding", level=3, capacity=2.0, provenance=TOLD),
        Offer(from_id="fay", to_id="welding", level=1, provenance=TOLD),
        Offer(from_id="gus", to_id="welding", provenance=TOLD),
        Offer(from_id="eve", to_id="hemming", level=2, capacity=4.0, provenance=TOLD),
        Offer(from_id="hal", to_id="sailing", provenance=TOLD),
        *more,
    )


def compiled(*more: Fact, as_of: date | None = None) -> Network:
    return Network.compile(snapshot_of(hand_made(*more)), as_of=as_of)


def gaps_by_name(network: Network, *by: str, **within: str) -> dict[str, Gap]:
    scope = Scope(**within)
    found = capability_gaps(network, by=by or ("skill",), within=scope, with_met=True)
    return {gap.name: gap for gap in found.gaps}


def test_every_number_is_the_one_worked_out_by_hand() -> None:
    found = capability_gaps(compiled())
    assert (found.needs, found.unmet, found.cells, found.found) == (5, 3, 3, 3)
    assert (found.organisations, found.told, found.in_need, found.left_out) == (8, 7, 4, 0)
    sailing, sewing, welding = found.gaps

    assert (sailing.name, sailing.standing) == ("sailing", Standing.NOBODY)
    assert (sailing.needs, sailing.now, sailing.weight) == (1, 1, 1.25)
    assert (sailing.unmet, sailing.unmet_now, sailing.unmet_weight) == (1, 1, 1.25)
    assert (sailing.providers, sailing.supply, sailing.accessible) == (0, 0, ())

    # Hemming is part of sewing. Eve is near Cid, and far from Dot.
    assert (sewing.name, sewing.standing) == ("sewing", Standing.ONE)
    assert (sewing.needs, sewing.now, sewing.weight) == (2, 0, 1.75)
    assert (sewing.unmet, sewing.unmet_now, sewing.unmet_weight) == (1, 0, 1.0)
    assert (sewing.needed_by, sewing.unmet_by, sewing.reached) == (("cid", "dot"), ("dot",), 1)
    assert sewing.offered_by == sewing.in_cell == sewing.accessible == ("eve",)
    assert (sewing.levels, sewing.days, sewing.days_unknown) == ((0, 1, 0), 4.0, 0)

    # Gus needs what it offers itself, and has no place, so nobody is in its reach.
    assert (welding.name, welding.standing) == ("welding", Standing.OUT_OF_REACH)
    assert (welding.needs, welding.now, welding.weight) == (2, 1, 2.25)
    assert (welding.unmet_by, welding.accessible) == (("gus",), ("bea",))
    assert welding.offered_by == ("bea", "fay", "gus")
    assert (welding.levels, welding.days, welding.days_unknown) == ((1, 1, 1), 2.0, 2)
    assert (welding.organisations, welding.told, welding.told_in_need) == (8, 7, 2)
    assert welding.coverage == 7 / 8
    assert (welding.share_low, welding.share_high) == pytest.approx((0.0822, 0.6411), abs=1e-4)
    assert len(welding.need_facts) == 2
    assert len(welding.offer_facts) == 3
    assert set(welding.unmet_facts) < set(welding.evidence)


def test_cells_of_skill_and_place_have_their_own_denominators() -> None:
    found = gaps_by_name(compiled(), "skill", "place")
    assert set(found) == {"sewing, far", "sewing, here", "welding, here"}
    here, far = found["sewing, here"], found["sewing, far"]
    assert (here.unmet, here.accessible, here.supply) == (0, ("eve",), 0)
    assert (far.unmet, far.accessible, far.supply) == (1, (), 0)
    assert (here.organisations, here.told) == (3, 2)
    assert (far.organisations, far.told) == (2, 2)
    assert found["welding, here"].standing is Standing.MET
    assert capability_gaps(compiled(), by=("place", "skill")).left_out == 2


def test_cells_without_a_skill_add_up_all_needs_in_them() -> None:
    found = gaps_by_name(compiled(), "place")
    assert (found["here"].needs, found["here"].in_need, found["here"].unmet) == (2, 2, 0)
    assert (found["far"].unmet, found["far"].supply, found["far"].levels) == (1, 1, (1, 0, 0))
    assert found["far"].standing is Standing.OUT_OF_REACH
    assert gaps_by_name(compiled(), "theme")["work"].needs == 2
    assert gaps_by_name(compiled(), "community")["old people"].unmet == 1


def test_a_scope_narrows_to_what_lies_beneath() -> None:
    assert set(gaps_by_name(compiled(), skill_id="craft")) == {"sewing", "welding"}
    assert set(gaps_by_name(compiled(), place_id="here")) == {"sewing", "welding"}
    assert set(gaps_by_name(compiled(), theme_id="theme-play")) == set()
    assert gaps_by_name(compiled(), community_id="com-old")["sewing"].needs == 1


def test_a_partner_of_a_partner_is_in_reach_and_one_further_is_not() -> None:
    ties = [
        Collaboration(from_id=one, to_id=other, provenance=TOLD)
        for one, other in (("gus", "dot"), ("dot", "bea"), ("dot", "ida"), ("ida", "eve"))
    ]
    found = gaps_by_name(compiled(*ties))
    assert found["welding"].unmet_by == ()
    assert found["welding"].accessible == ("bea",)
    assert found["sewing"].unmet_by == ()
    further = gaps_by_name(compiled(*ties[:1], *ties[2:]))
    assert further["welding"].unmet_by == ("gus",)


def test_a_closed_organisation_leads_to_nobody() -> None:
    ties = [Collaboration(from_id="hal", to_id=other, provenance=TOLD) for other in ("gus", "bea")]
    assert gaps_by_name(compiled(*ties))["welding"].unmet_by == ("gus",)


def test_a_need_that_has_run_out_counts_no_more() -> None:
    over = Need(from_id="ida", to_id="sailing", until=date(2026, 2, 1), provenance=TOLD)
    assert gaps_by_name(compiled(over, as_of=date(2026, 2, 1)))["sailing"].needs == 2
    assert gaps_by_name(compiled(over, as_of=date(2026, 2, 2)))["sailing"].needs == 1


def test_what_nobody_has_confirmed_weighs_less_and_says_so() -> None:
    found = gaps_by_name(compiled(as_of=date(2028, 1, 1)))
    assert found["sailing"].freshness == pytest.approx(0.5)
    assert found["sailing"].weight == pytest.approx(0.625)


@pytest.mark.parametrize("by", [(), ("skill", "skill"), ("colour",)])
def test_dimensions_are_known_and_named_once(by: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="by:"):
        capability_gaps(compiled(), by=by)


def test_an_empty_network_has_no_gaps() -> None:
    found = capability_gaps(Network.compile(snapshot_of(())), by=("skill", "place", "theme"))
    assert (found.gaps, found.needs, found.organisations) == ((), 0, 0)


def test_a_limit_keeps_the_worst_and_still_counts_all() -> None:
    found = capability_gaps(compiled(), limit=1)
    assert [gap.name for gap in found.gaps] == ["sailing"]
    assert found.found == 3


def test_what_an_audience_may_not_see_is_in_no_number() -> None:
    secret = Need(
        from_id="ida",
        to_id="sailing",
        provenance=replace(TOLD, visibility=Visibility.PRIVATE),
    )
    snapshot = snapshot_of(hand_made(secret))
    members = Audience(frozenset({Visibility.MEMBERS, Visibility.PUBLIC}))
    seen = capability_gaps(Network.compile(redact(snapshot, members)))
    assert seen == capability_gaps(compiled())


# --- the planted truths ---------------------------------------------------------------------

TRUTHS = demo_truths()


@functools.cache
def demo() -> Network:
    return Network.compile(snapshot_of(demo_records()), as_of=date(2026, 11, 1))


def test_precision_and_recall_of_the_planted_gaps_are_one() -> None:
    planted = {(skill, Standing.NOBODY) for skill in TRUTHS.unmet_skills}
    planted |= {(TRUTHS.single_skill, Standing.ONE)}
    found = {
        (gap.skill_id, gap.standing)
        for gap in capability_gaps(demo()).gaps
        if gap.standing is not Standing.OUT_OF_REACH
    }
    assert found == planted


def test_the_planted_gaps_are_traceable() -> None:
    for gap in capability_gaps(demo()).gaps:
        if gap.standing is not Standing.OUT_OF_REACH:
            assert gap.in_need >= 4
            assert len(gap.evidence) == gap.in_need + len(gap.offered_by)
    (single,) = (g for g in capability_gaps(demo()).gaps if g.skill_id == TRUTHS.single_skill)
    assert single.offered_by == (TRUTHS.single_provider,)


def test_the_planted_pairs_meet_each_others_needs_within_reach() -> None:
    by_skill = {gap.skill_id: gap for gap in capability_gaps(demo(), with_met=True).gaps}
    network = demo()
    for one, other in (*TRUTHS.pairs, *TRUTHS.partnered_pairs):
        i, j = network.index_of(one), network.index_of(other)
        for column in network.needs[[i]].indices:
            skill = network.thing_ids("skill")[column]
            if network.offers[j, column]:
                assert one not in by_skill[skill].unmet_by


def test_every_gap_of_the_demo_has_somebody_who_could_help() -> None:
    for gap in capability_gaps(demo()).gaps:
        fillers = find_fillers(demo(), gap)
        assert not fillers.is_none_found
        for filler in fillers.inside:
            assert filler.facts
            assert filler.fit is not Fit.LIKE
