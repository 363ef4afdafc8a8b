"""What if: the same as really storing the change and counting anew, and nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.errors import InputError, InvalidRecord
from graph.model import KINDS, RELATIONSHIP_KINDS, Collaboration, Fact, Node, Organisation
from graph.stores import open_store
from matching import Network, capability_gaps, suggest_partners
from matching.gaps.capability import Standing
from matching.gaps.rehearsal import GapChange, compared, imagined, what_if
from rehearsal_worlds import DAY, graph_of, met_near, needs_of, network_with, unmet

networks = st.builds(network_with, st.integers(0, 100_000))


def stored(network: Network, added: list[Fact], removed: list[str]) -> Network:
    """The network of a fresh store in which the change has really been made."""
    snapshot = network.snapshot
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            for kind in KINDS.values():
                if issubclass(kind, Node) or kind in RELATIONSHIP_KINDS:
                    tx.upsert(*snapshot.records(kind))  # type: ignore[type-var]
        with store.transaction("tester") as tx:
            for each in removed:
                kind = each.rpartition("-")[0]
                tx.delete(kind if kind in KINDS else "organisation", [each])
            tx.upsert(*added)
        return Network.compile(store.snapshot(), as_of=network.as_of)


@settings(max_examples=15)
@given(networks, st.data())
def test_it_equals_really_storing_the_change(network: Network, data: st.DataObject) -> None:
    ids = network.organisation_ids
    ties = [
        tie.id
        for kind in ("collaborates_with", "offers", "needs")
        for tie in network.snapshot.records(KINDS[kind])  # type: ignore[type-var]
    ]
    gone = data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    removed = gone + data.draw(st.lists(st.sampled_from(ties), max_size=3, unique=True))
    left = [one for one in ids if one not in gone]
    added: list[Fact] = [organisation("new"), need("new", "0"), offer("new", "4")]
    if left:
        end = data.draw(st.sampled_from(left))
        added += [Collaboration(from_id="org-new", to_id=end, provenance=TOLD)]
    added = data.draw(st.sampled_from([added, []]))
    before = network.snapshot.content_hash
    found = what_if(network, added=added, removed=removed, about=ids, k=4)
    after = stored(network, added, removed)
    assert found == compared(network, after, about=ids, k=4)
    assert network.snapshot.content_hash == before
    made = imagined(network, added=added, removed=removed)
    assert made.snapshot.content_hash == after.snapshot.content_hash
    # And the figures are those of a plain count.
    then = graph_of(after)
    sizes = [len(part) for part in nx.connected_components(then)]
    needs = list(needs_of(after))
    assert found.organisations.after == len(then)
    assert found.ties.after == then.number_of_edges()
    assert (found.circles.after, found.largest_circle.after) == (len(sizes), max(sizes, default=0))
    assert found.without_partner.after == len(list(nx.isolates(then)))
    assert found.needs.after == len(needs)
    assert found.needs_met.after == len(needs) - len(unmet(after))
    assert found.needs_met_nearby.after == len(met_near(after))
    assert {change.skill_id for change in found.gaps_opened + found.gaps_closed} == {
        skill for skill, _ in _gaps(network).items() ^ _gaps(after).items()
    }
    if left:
        places = [each.partner_id for each in suggest_partners(after, left[0], k=4)]
        for change in found.matches:
            if change.organisation_id == left[0] and change.after is not None:
                assert places[change.after - 1] == change.partner_id


def _gaps(network: Network) -> dict[str | None, int]:
    found = capability_gaps(network).gaps
    return {gap.skill_id: gap.providers for gap in found if gap.standing <= Standing.ONE}


def test_an_offer_closes_a_gap_and_a_tie_links_who_had_nobody() -> None:
    network = network_of(organisation("a"), organisation("b"), skill("x"), need("a", "x"))
    found = what_if(network, added=[offer("b", "x"), collaboration("a", "b")])
    assert found.gaps_closed == (GapChange("cap-x", 0, 1),)
    assert found.linked == ("org-a", "org-b")
    assert (found.needs_met.before, found.needs_met.after) == (0, 1)
    assert (found.circles.before, found.circles.after) == (2, 1)
    assert found.changes_anything
    assert not what_if(network).changes_anything


def test_an_organisation_less_opens_gaps_and_leaves_matches() -> None:
    facts = [organisation(name) for name in "abc"] + [skill("x"), skill("y")]
    ties = [need("a", "x"), offer("b", "x"), offer("c", "x"), need("b", "y"), offer("a", "y")]
    network = network_of(*facts, *ties)
    found = what_if(network, removed=["org-b"], about=["org-a", "org-b"])
    assert found.gaps_opened == (GapChange("cap-x", None, 1),)
    assert found.gaps_closed == (GapChange("cap-y", 1, None),)
    changed = {(each.organisation_id, each.partner_id): each for each in found.matches}
    assert (changed["org-a", "org-b"].before, changed["org-a", "org-b"].after) == (1, None)
    assert (changed["org-a", "org-c"].before, changed["org-a", "org-c"].after) == (2, 1)


def test_who_must_not_meet_is_not_joined_even_in_thought() -> None:
    snapshot = network_of(organisation("a"), organisation("b"), organisation("c")).snapshot
    network = Network.compile(snapshot, barred=[("org-b", "org-a")])
    with pytest.raises(InputError, match="not to be brought together"):
        imagined(network, added=[collaboration("a", "b")])
    # The mask goes along, also where numbers have moved.
    made = imagined(network, added=[organisation("0"), collaboration("a", "c")])
    assert made.barred[made.index_of("org-a"), made.index_of("org-b")] == 1
    assert made.barred.nnz == 2
    assert imagined(network, removed=["org-a"]).barred.nnz == 0


def test_a_change_that_does_not_fit_is_refused() -> None:
    network = network_of(organisation("a"), skill("x"))
    with pytest.raises(InvalidRecord):
        imagined(network, added=[offer("z", "x")])


def test_the_day_and_the_layers_stay_those_of_the_network() -> None:
    later = collaboration("a", "b", since=date(2026, 12, 1))
    guessed = replace(TOLD, inferred=True, confidence=0.5)
    snapshot = network_of(
        organisation("a"), organisation("b"), skill("x"), offer("a", "x", provenance=guessed)
    ).snapshot
    network = Network.compile(snapshot, as_of=DAY, with_inferred=False)
    made = imagined(network, added=[later, Organisation(id="o", name="o", provenance=TOLD)])
    assert (made.as_of, made.with_inferred, made.ties.nnz, made.offers.nnz) == (DAY, False, 0, 0)
