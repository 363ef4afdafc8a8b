"""Who could fill a gap, in small worlds where the answer is plain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import (
    Collaboration,
    Fact,
    Need,
    Offer,
    Organisation,
    Place,
    Skill,
    Theme,
    WorksIn,
    WorksOn,
)
from matching import Network, capability_gaps, find_fillers
from matching.gaps.capability import Filler, Fit, Gap
from matching.testing.worlds import TOLD, snapshot_of

GUESSED = replace(TOLD, inferred=True, confidence=0.6)
PLACES = {"here": (51.5, 0.0), "near": (51.6, 0.0), "away": (57.0, -4.0)}


def world(*more: Fact) -> tuple[Fact, ...]:
    """Return a seeker here who needs welding; Tia away offers it, and Nia the broader craft."""
    return (
        *(
            Place(id=key, name=key, latitude=north, longitude=east, provenance=TOLD)
            for key, (north, east) in PLACES.items()
        ),
        Theme(id="theme-boats", name="boats", provenance=TOLD),
        Skill(id="craft", name="craft", provenance=TOLD),
        Skill(id="welding", name="welding", parent_id="craft", provenance=TOLD),
        Skill(id="sewing", name="sewing", parent_id="craft", provenance=TOLD),
        *(
            Organisation(id=key, name=key, provenance=TOLD)
            for key in ("seeker", "second", "tia", "nia", "sue", "reg-a", "reg-b", "reg-c")
        ),
        *(
            WorksIn(from_id=key, to_id=place, provenance=TOLD)
            for key, place in (
                ("seeker", "here"),
                ("tia", "away"),
                ("nia", "here"),
                ("reg-a", "away"),
                ("reg-b", "near"),
                ("reg-c", "here"),
            )
        ),
        *(
            WorksOn(from_id=key, to_id="theme-boats", provenance=TOLD)
            for key in ("seeker", "reg-c")
        ),
        Need(from_id="seeker", to_id="welding", urgency=3, provenance=TOLD),
        Offer(from_id="tia", to_id="welding", provenance=TOLD),
        Offer(from_id="nia", to_id="craft", provenance=TOLD),
        Offer(from_id="sue", to_id="sewing", provenance=TOLD),
        Offer(from_id="reg-a", to_id="welding", provenance=GUESSED),
        Offer(from_id="reg-b", to_id="welding", provenance=GUESSED),
        *more,
    )


def asked(*more: Fact, barred: tuple[tuple[str, str], ...] = ()) -> tuple[Network, Gap]:
    network = Network.compile(snapshot_of(world(*more)), barred=barred)
    (gap,) = (g for g in capability_gaps(network, with_met=True).gaps if g.skill_id == "welding")
    return network, gap


def shown(fillers: tuple[Filler, ...]) -> list[tuple[str, Fit, int]]:
    return [(each.organisation_id, each.fit, each.steps_away) for each in fillers]


def test_providers_out_of_reach_come_first_then_what_is_near_the_skill() -> None:
    found = find_fillers(*asked())
    assert shown(found.inside) == [
        ("tia", Fit.OFFERS, 2),
        ("nia", Fit.BROADER, 0),
        ("sue", Fit.SAME_FIELD, 2),
    ]
    assert [each.skills for each in found.inside] == [("welding",), ("craft",), ("sewing",)]


def test_outside_the_network_the_nearest_comes_first() -> None:
    found = find_fillers(*asked())
    assert shown(found.outside) == [
        ("reg-b", Fit.OFFERS, 1),
        ("reg-a", Fit.OFFERS, 2),
        ("reg-c", Fit.LIKE, 0),
    ]


def test_who_has_told_nothing_is_no_provider_until_it_does() -> None:
    _, gap = asked()
    assert gap.offered_by == ("tia",)
    _, gap = asked(Collaboration(from_id="reg-b", to_id="sue", provenance=TOLD))
    assert gap.offered_by == ("reg-b", "tia")
    assert gap.accessible == ("reg-b",)


def test_reasons_are_those_of_matching_and_rest_on_facts() -> None:
    network, gap = asked()
    tia = find_fillers(network, gap).inside[0]
    assert (tia.best_for, tia.could_help) == ("seeker", 1)
    assert sum(reason.points for reason in tia.reasons) == pytest.approx(tia.score)
    assert set(tia.facts) <= set(gap.offer_facts)


def test_who_is_barred_from_all_in_need_is_not_proposed_and_counts_all_the_same() -> None:
    network, gap = asked(barred=(("seeker", "tia"), ("seeker", "reg-b")))
    assert gap == asked()[1]
    found = find_fillers(network, gap)
    assert [each.organisation_id for each in found.inside] == ["nia", "sue"]
    assert [each.organisation_id for each in found.outside] == ["reg-a", "reg-c"]


def test_who_is_barred_from_some_is_proposed_for_the_others() -> None:
    more = Need(from_id="second", to_id="welding", urgency=1, provenance=TOLD)
    found = find_fillers(*asked(more, barred=(("seeker", "tia"),)))
    tia = found.inside[0]
    assert (tia.organisation_id, tia.best_for, tia.could_help) == ("tia", "second", 1)


def test_nobody_is_proposed_for_a_cell_of_many_skills() -> None:
    network, _ = asked()
    (gap,) = capability_gaps(network, by=("place",)).gaps
    assert find_fillers(network, gap).is_none_found


def test_where_nobody_fits_none_is_found() -> None:
    lonely = (
        Organisation(id="seeker", name="seeker", provenance=TOLD),
        Skill(id="welding", name="welding", provenance=TOLD),
        Need(from_id="seeker", to_id="welding", provenance=TOLD),
    )
    network = Network.compile(snapshot_of(lonely))
    (gap,) = capability_gaps(network).gaps
    assert find_fillers(network, gap).is_none_found
