"""Suggestions for the fictional network, whose right answers are known."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from graph.snapshot import Snapshot, Table
from graph.stores import open_store
from matching import Direction, Network, suggest_all, suggest_partners
from matching.scoring import score
from matching.testing.worlds import snapshot_of
from seeds.demo import demo_records, demo_truths, load_demo

TRUTHS = demo_truths()
PAIRS = [end for pair in TRUTHS.pairs for end in (pair, pair[::-1])]
PARTNERED = [end for pair in TRUTHS.partnered_pairs for end in (pair, pair[::-1])]


@cache
def network():
    return Network.compile(snapshot_of(demo_records()))


@cache
def all_suggestions(k=10):
    found = network()
    return tuple(
        suggestion
        for organisation in found.organisation_ids
        for suggestion in suggest_partners(found, organisation, k=k)
    )


def everybody_for(organisation):
    ((_, found),) = suggest_all(network(), k=200, organisation_ids=[organisation])
    return [partner for partner, _ in found]


def partners(organisation, k, **options):
    found = suggest_partners(network(), organisation, k=k, **options)
    return [suggestion.partner_id for suggestion in found]


def pruned(snapshot, ties):
    """The snapshot without these ties; all nodes stay, so that positions stay."""
    tables = dict(snapshot.tables)
    for kind in {tie.rpartition("-")[0] for tie in ties}:
        gone = np.array([tie.encode() for tie in ties if tie.startswith(f"{kind}-")])
        tables[kind] = tables[kind].take(~np.isin(tables[kind].ids, gone))
    return Snapshot(snapshot.version, tables, snapshot.node_ids)


def wordless(snapshot):
    """The snapshot without what organisations and projects say about themselves."""
    tables = dict(snapshot.tables)
    for kind in ("organisation", "project"):
        blank = np.full(len(tables[kind]), "", dtype=object)
        columns = {**tables[kind].columns, "name": blank, "description": blank}
        tables[kind] = Table(kind, tables[kind].ids, columns)
    return Snapshot(snapshot.version, tables, snapshot.node_ids)


def score_of(found, organisation, partner):
    ends = np.array([found.index_of(partner)])
    return float(score(found, found.index_of(organisation), ends).total[0])


@pytest.mark.parametrize(("organisation", "partner"), PAIRS)
def test_who_plainly_should_meet_is_in_the_top_three(organisation, partner):
    assert partner in partners(organisation, 3)


@pytest.mark.parametrize(("organisation", "partner"), PARTNERED)
def test_existing_partners_are_left_out_unless_asked_for(organisation, partner):
    assert partner not in everybody_for(organisation)
    assert partners(organisation, 1, include_partners=True) == [partner]


def test_nobody_is_suggested_to_themselves_or_twice():
    for organisation in network().organisation_ids:
        found = everybody_for(organisation)
        assert organisation not in found
        assert len(set(found)) == len(found)


def test_a_one_sided_match_stays_behind_a_mutual_one_of_equal_strength():
    found = {s.partner_id: s for s in suggest_partners(network(), TRUTHS.seeker, k=10)}
    mutual, one_sided = found[TRUTHS.mutual], found[TRUTHS.one_sided]

    assert mutual.gets + mutual.gives == pytest.approx(one_sided.gets + one_sided.gives)
    assert one_sided.gives == 0
    assert mutual.score > one_sided.score
    assert {r.direction for r in one_sided.reasons} > {Direction.AGAINST, Direction.GETS}


def test_reasons_sum_to_the_score_for_every_suggestion():
    assert len(all_suggestions()) > 1_500
    for suggestion in all_suggestions():
        told = sum(reason.points for reason in suggestion.reasons)
        assert told == pytest.approx(suggestion.score, abs=1e-9)


def test_every_reason_cites_facts_of_the_network():
    known = {record.id for record in demo_records()}

    for suggestion in all_suggestions():
        for reason in suggestion.reasons:
            assert reason.evidence
            assert set(reason.evidence) <= known


@pytest.mark.slow
def test_deleting_the_cited_facts_lowers_the_score():
    # Nodes stay: without an organisation there would be nobody to suggest, which proves nothing.
    # Words go, before and after: they are said of nodes, and counting them takes longest.
    nodes = set(network().snapshot.node_ids.tolist())
    whole = wordless(network().snapshot)
    before = Network.compile(whole)
    fell = tried = 0
    for suggestion in all_suggestions():
        ends = (suggestion.organisation_id, suggestion.partner_id)
        cited = {fact for reason in suggestion.reasons for fact in reason.evidence}
        poorer = Network.compile(pruned(whole, cited - nodes))
        tried += 1
        fell += score_of(poorer, *ends) < score_of(before, *ends) - 1e-9

    assert fell / tried >= 0.95


def test_deleting_the_needs_that_speak_for_a_pair_lowers_it_on_both_sides():
    for organisation, partner in PAIRS:
        (found,) = suggest_partners(network(), organisation, k=1)
        cited = {
            fact
            for reason in found.reasons
            if reason.direction in {Direction.GETS, Direction.GIVES}
            for fact in reason.evidence
        }
        poorer = Network.compile(pruned(network().snapshot, cited))
        assert score_of(poorer, organisation, partner) < found.score - 1
        assert score_of(poorer, partner, organisation) < found.score - 1


@pytest.mark.parametrize("organisation", TRUTHS.isolates)
def test_an_isolate_gets_suggestions(organisation):
    found = suggest_partners(network(), organisation)

    assert len(found) == 10
    assert any(suggestion.gets > 0 for suggestion in found)


def test_a_store_gives_the_same_suggestions_as_the_bare_records(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'demo.db'}") as store:
        load_demo(store, "ada@example.org")
        stored = store.snapshot()

    assert stored.content_hash == network().snapshot.content_hash
    assert list(suggest_all(Network.compile(stored))) == list(suggest_all(network()))


def test_all_matches_are_the_single_matches_without_reasons():
    rows = [
        (organisation, partner, points)
        for organisation, found in suggest_all(network(), k=10)
        for partner, points in found
    ]

    assert rows == [(s.organisation_id, s.partner_id, s.score) for s in all_suggestions()]


def test_suggestions_are_the_same_whoever_asks():
    for organisation, partner in PAIRS:
        (found,) = (s for s in suggest_partners(network(), organisation) if s.partner_id == partner)
        (back,) = (s for s in suggest_partners(network(), partner) if s.partner_id == organisation)
        assert (found.gets, found.gives) == pytest.approx((back.gives, back.gets))
        assert found.score == pytest.approx(back.score)


def test_two_who_must_not_be_brought_together_are_suggested_neither_way():
    one, other = TRUTHS.pairs[0]
    parted = Network.compile(
        snapshot_of(demo_records()), barred=[(other, one), (one, "nobody-knows")]
    )
    for organisation, partner in ((one, other), (other, one)):
        found = suggest_partners(parted, organisation, k=1000, include_partners=True)
        assert partner not in {suggestion.partner_id for suggestion in found}
        assert found
