"""What would make a match stronger, held against a network in which it has come true."""

from __future__ import annotations

import pytest

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.errors import UnknownOrganisation
from graph.model import Advances, Collaboration, Fact, Goal, Offer, WorksIn
from matching import Change, Network, Stronger, stronger, suggest_all
from matching.testing.worlds import mixed, single_provider, snapshot_of, two_silos


def come_true(found: Stronger) -> Fact:
    ends = {"from_id": found.by_id, "to_id": found.about_id, "provenance": TOLD}
    kinds = {
        Change.OFFER: Offer,
        Change.GOAL: Advances,
        Change.PLACE: WorksIn,
        Change.INTRODUCTION: Collaboration,
    }
    return kinds[found.change](**ends)


def ranking(network: Network, one: str) -> list[tuple[str, float]]:
    ((_, found),) = suggest_all(network, k=99, organisation_ids=[one])
    return found


def rank(network: Network, one: str, other: str) -> int | None:
    ids = [partner for partner, _ in ranking(network, one)]
    return ids.index(other) + 1 if other in ids else None


@pytest.mark.parametrize("world", [mixed, two_silos, single_provider])
def test_each_change_does_what_is_said_of_it_when_it_comes_true(world) -> None:
    records = world().records
    network = Network.compile(snapshot_of(records))
    tried = set()
    for one in network.organisation_ids[:6]:
        for other, before in ranking(network, one)[:3]:
            for found in stronger(network, one, other, k=99):
                after = Network.compile(snapshot_of((*records, come_true(found))))
                assert dict(ranking(after, one))[other] == pytest.approx(found.score, abs=1e-9)
                assert found.gain == pytest.approx(found.score - before, abs=1e-9)
                assert found.gain > 0
                assert found.rank == rank(after, one, other)
                assert found.rank_before == rank(network, one, other)
                tried.add(found.change)
    assert tried
    if world is mixed:
        assert tried == set(Change)


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    network = Network.compile(mixed().snapshot)
    every = stronger(network, "org-00", "org-05", k=99)
    assert [found.gain for found in every] == sorted((found.gain for found in every), reverse=True)
    assert stronger(network, "org-00", "org-05", k=2) == every[:2]


def test_a_partner_that_is_not_in_the_list_yet_gets_a_rank() -> None:
    network = network_of(organisation("a"), organisation("b"), skill("s"), need("a", "s"))
    (found,) = stronger(network, "org-a", "org-b")
    assert (found.change, found.by_id, found.about_name) == (Change.OFFER, "org-b", "s")
    assert (found.rank_before, found.rank) == (None, 1)


def test_who_is_barred_or_closed_gets_nothing() -> None:
    facts = snapshot_of((organisation("a"), organisation("b"), skill("s"), need("a", "s")))
    barred = Network.compile(facts, barred=[("org-b", "org-a")])
    assert stronger(barred, "org-a", "org-b") == ()
    assert stronger(Network.compile(facts), "org-a", "org-a") == ()
    with pytest.raises(UnknownOrganisation):
        stronger(barred, "org-a", "org-nowhere")


def test_nobody_is_to_get_to_know_whom_they_must_not_meet() -> None:
    facts = snapshot_of(
        (
            *map(organisation, "abz"),
            Goal(id="g", name="g", provenance=TOLD),
            skill("s"),
            need("a", "s"),
            offer("b", "s"),
            collaboration("b", "z"),
        )
    )
    for pair, count in ((("org-a", "org-z"), 0), (("org-b", "org-z"), 0), (None, 1)):
        network = Network.compile(facts, barred=[pair] if pair else [])
        made = [each.change for each in stronger(network, "org-a", "org-b", k=99)]
        assert made.count(Change.INTRODUCTION) == count


def test_the_network_itself_stays_as_it_is() -> None:
    network, untouched = (Network.compile(mixed().snapshot) for _ in range(2))
    stronger(network, "org-00", "org-05")
    for one in network.organisation_ids:
        assert ranking(network, one) == ranking(untouched, one)
