"""What holds of every score in every network."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Fact, Offer, Relationship
from graph.vetoes import barred_pairs
from matching import SIGNALS, Direction, Network, suggest_all, suggest_partners
from matching.network import row_of
from matching.scoring import explain, score
from matching.testing.worlds import TOLD, snapshot_of, without
from random_worlds import random_world

_EXACT = 1e-9
_MOST = 100.0
_GROUNDS = {signal.name for signal in SIGNALS if signal.is_ground}
_FEW = settings(max_examples=40, deadline=None)
SEEDS = st.integers(0, 2**32)


def network_of(facts: tuple[Fact, ...]) -> Network:
    whole = snapshot_of(facts)
    return Network.compile(whole, as_of=TOLD.first_seen, barred=barred_pairs(whole, None))


def table(network: Network) -> dict[str, np.ndarray]:
    """Everybody's scores for everybody, from whom they go to whom."""
    everybody = np.arange(len(network))
    rows = [score(network, i, everybody) for i in range(len(network))]
    return {
        name: np.array([getattr(row, name) for row in rows]) for name in ("total", "gets", "gives")
    }


@_FEW
@given(SEEDS)
def test_scores_are_finite_bounded_and_the_same_from_both_sides(seed: int) -> None:
    found = table(network_of(random_world(seed)))
    for values in found.values():
        assert np.isfinite(values).all()
        assert np.abs(values).max() < _MOST
    np.testing.assert_allclose(found["gets"], found["gives"].T, rtol=0, atol=_EXACT)
    off = ~np.eye(len(found["total"]), dtype=np.bool_)
    np.testing.assert_allclose(found["total"][off], found["total"].T[off], rtol=0, atol=_EXACT)


@_FEW
@given(SEEDS)
def test_reasons_sum_to_the_score_and_cite_facts_that_are_there(seed: int) -> None:
    facts = random_world(seed)
    network, known = network_of(facts), {fact.id for fact in facts}
    total = table(network)["total"]
    for i, one in enumerate(network.organisation_ids):
        for found in suggest_partners(network, one, k=99, include_partners=True):
            j = network.index_of(found.partner_id)
            told = sum(reason.points for reason in found.reasons)
            assert told == pytest.approx(found.score, abs=_EXACT)
            assert found.score == pytest.approx(total[i, j], abs=_EXACT)
            assert all(reason.evidence for reason in found.reasons)
            assert {fact for reason in found.reasons for fact in reason.evidence} <= known


@_FEW
@given(SEEDS, st.data())
def test_an_offer_that_meets_a_need_never_lowers_the_pair(seed: int, data: st.DataObject) -> None:
    facts = random_world(seed)
    network = network_of(facts)
    possible = [
        (i, j, skill)
        for i in range(len(network))
        for j in range(len(network))
        for skill in np.setdiff1d(
            row_of(network.needs, i),
            np.union1d(row_of(network.offers, j), row_of(network.needs, j)),
        ).tolist()
        if i != j
    ]
    if not possible:
        return
    i, j, skill = data.draw(st.sampled_from(possible))
    made = Offer(
        from_id=network.organisation_ids[j],
        to_id=network.thing_ids("skill")[skill],
        level=data.draw(st.integers(1, 3)),
        capacity=data.draw(st.sampled_from((None, 0.0, 4.0))),
        provenance=TOLD,
    )
    richer = network_of((*facts, made))
    pair = (i, np.array([j]))
    assert score(richer, *pair).total[0] >= score(network, *pair).total[0] - _EXACT
    assert score(richer, *pair).gets[0] > score(network, *pair).gets[0]


@_FEW
@given(SEEDS)
def test_a_pair_falls_when_the_facts_of_a_reason_for_it_go(seed: int) -> None:
    facts = random_world(seed)
    network = network_of(facts)
    ties = {fact.id for fact in facts if isinstance(fact, Relationship)}
    tried = 0
    for i, j in ((0, 1), (2, 3), (4, 5)):
        before = float(score(network, i, np.array([j])).total[0])
        for reason in explain(network, i, j):
            # What the two say of themselves can't go without them.
            rests_on_ties = ties.issuperset(reason.evidence)
            if reason.signal not in _GROUNDS or reason.points <= 0 or not rests_on_ties:
                continue
            poorer = network_of(without(facts, reason.evidence))
            assert float(score(poorer, i, np.array([j])).total[0]) < before
            tried += 1
        if tried > 3:
            return


@_FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_neither_ids_nor_the_order_of_facts_matter(seed: int, dice: random.Random) -> None:
    facts = random_world(seed)
    shuffled = list(facts)
    dice.shuffle(shuffled)
    assert snapshot_of(shuffled).content_hash == snapshot_of(facts).content_hash

    ids = [fact.id for fact in facts if fact.kind == "organisation"]
    others = [f"zz-{number:02}" for number in range(len(ids))]
    dice.shuffle(others)
    new_id = dict(zip(ids, others, strict=True))
    renamed = tuple(_renamed(fact, new_id) for fact in shuffled)
    network, other = network_of(facts), network_of(renamed)
    place = [other.index_of(new_id[one]) for one in network.organisation_ids]
    found, there = table(network), table(other)
    for name, values in found.items():
        np.testing.assert_allclose(
            values, there[name][np.ix_(place, place)], rtol=0, atol=_EXACT, err_msg=name
        )


def _renamed(fact: Fact, new_id: dict[str, str]) -> Fact:
    if isinstance(fact, Relationship):
        ends = {end: new_id.get(getattr(fact, end), getattr(fact, end)) for end in _ENDS}
        return replace(fact, id="", **ends)
    return replace(fact, id=new_id.get(fact.id, fact.id))


_ENDS = ("from_id", "to_id")


@_FEW
@given(SEEDS)
def test_every_list_is_in_order_and_holds_who_may_be_suggested(seed: int) -> None:
    network = network_of(random_world(seed))
    total = table(network)["total"]
    for one, found in suggest_all(network, k=99):
        i = network.index_of(one)
        numbers = [network.index_of(partner) for partner, _ in found]
        scores = [value for _, value in found]
        assert scores == sorted(scores, reverse=True)
        assert scores == pytest.approx([total[i, j] for j in numbers], abs=_EXACT)
        gone = {i, *row_of(network.agreed, i).tolist(), *row_of(network.barred, i).tolist()}
        assert not gone.intersection(numbers)
        assert network.is_open[numbers].all()


def test_the_random_networks_make_every_direction_speak() -> None:
    spoken = set()
    for seed in range(10):
        network = network_of(random_world(seed))
        for one in network.organisation_ids:
            for found in suggest_partners(network, one, k=99, include_partners=True):
                spoken |= {reason.direction for reason in found.reasons}
    assert spoken == set(Direction)
