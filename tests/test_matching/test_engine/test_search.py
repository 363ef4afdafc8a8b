"""The engine gives what scoring everybody gives: the same partners, order and bits."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.columns import snapshot_of as snapshot_of_generated
from bench.world import generate
from builders import TOLD, collaboration, need, network_of, offer, organisation, skill
from graph.model import (
    Community,
    Funding,
    Introduction,
    IntroductionState,
    Place,
    Project,
    Serves,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from matching import SIGNALS, Direction, Network, suggest_all, suggest_partners
from matching.engine.search import Engine, engine_of, known_engine, rank_in_threads
from matching.signals import Signal
from matching.signals.base import Formed
from matching.signals.forms import Pairwise
from matching.suggest import prepare, rank_fully
from matching.testing.worlds import WORLDS, snapshot_of
from seeds.demo import demo_records

NAMES = "abcdefghij"
LONG_AGO = date(2024, 7, 1)
GUESSED = replace(TOLD, inferred=True, confidence=0.5, first_seen=LONG_AGO, last_confirmed=LONG_AGO)
ROLES = ("lead", "partner", "funder")
STATES = tuple(IntroductionState)
DEEDS = ("", "kitchen supper", "kitchen garden", "street theatre supper", "legal advice")


def rankings(network, k, *, include_partners=False):
    """What the engine and what scoring everybody give, organisation after organisation."""
    engine = engine_of(network)
    assert engine is not None
    who = np.arange(len(network))
    found = engine.rank(who, k, include_partners=include_partners)
    for i, start, end in zip(who, found.starts[:-1], found.starts[1:], strict=True):
        wanted = rank_fully(network, int(i), k, include_partners=include_partners)
        yield (
            (found.partners[start:end], wanted.partners),
            (found.scores[start:end], wanted.scores),
            (found.gets[start:end], wanted.gets),
            (found.gives[start:end], wanted.gives),
        )


def check(network, k, **options):
    for pairs in rankings(network, k, **options):
        for found, wanted in pairs:
            assert found.tolist() == wanted.tolist()


@cache
def demo():
    return Network.compile(snapshot_of(demo_records()), as_of=date(2026, 11, 1))


@cache
def generated(size, *, one_place=False):
    return Network.compile(snapshot_of_generated(generate(size, one_place=one_place)))


def _ties(draw):
    """Draw ties of every kind among ten organisations, many of them alike."""
    things = {
        offer: [f"{n}" for n in range(4)],
        need: [f"{n}" for n in range(4)],
    }
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3)), max_size=14)
    how = st.sampled_from([TOLD, TOLD, GUESSED])
    for make, names in things.items():
        for one, at in draw(pairs):
            level = "level" if make is offer else "urgency"
            values = {level: draw(st.integers(1, 3)), "provenance": draw(how)}
            yield make(one, names[at], **values)
    for kind, thing in ((WorksOn, "theme"), (Serves, "com"), (WorksIn, "E")):
        for one, at in draw(pairs):
            yield kind(from_id=f"org-{one}", to_id=f"{thing}-{at}", provenance=draw(how))
    for one, at in draw(pairs):
        ends = {"from_id": f"org-{one}", "to_id": f"project-{at}"}
        yield TakesPartIn(**ends, role=draw(st.sampled_from(ROLES)), provenance=TOLD)
    for one, at in draw(pairs):
        if NAMES[at] != one:
            ends = {"from_id": f"org-{NAMES[at]}", "to_id": f"org-{one}"}
            yield Funding(**ends, grant_id=one, provenance=TOLD)
    two = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)
    for one, other in draw(two):
        if one != other:
            yield collaboration(one, other, provenance=draw(how))
    for one, other in draw(two):
        if one != other:
            ends = {"from_id": f"org-{one}", "to_id": f"org-{other}"}
            yield Introduction(**ends, state=draw(st.sampled_from(STATES)), provenance=TOLD)


@st.composite
def networks(draw):
    nodes = [
        organisation(
            name,
            description=draw(st.sampled_from(DEEDS)),
            income=draw(st.sampled_from([None, 0.0, 1e3, 1e5, 1e7])),
            closed_on=draw(st.sampled_from([None, None, None, date(2025, 1, 1)])),
        )
        for name in NAMES
    ]
    for n in range(4):
        nodes.append(skill(f"{n}"))
        for kind, key in ((Theme, "theme"), (Community, "com"), (Place, "E"), (Project, "project")):
            nodes.append(kind(id=f"{key}-{n}", name=f"{key} {n}", provenance=TOLD))
    barred = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)
    return Network.compile(
        snapshot_of([*nodes, *_ties(draw)]),
        as_of=draw(st.sampled_from([None, date(2026, 6, 1)])),
        with_inferred=draw(st.booleans()),
        barred=[(f"org-{one}", f"org-{other}") for one, other in draw(barred)],
    )


@given(network=networks(), k=st.sampled_from([1, 2, 3, 50]), include_partners=st.booleans())
@settings(max_examples=60)
def test_it_equals_scoring_everybody_in_any_small_world(network, k, include_partners):
    check(network, k, include_partners=include_partners)


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
@pytest.mark.parametrize("k", [1, 3, 1000])
def test_it_equals_scoring_everybody_in_the_tiny_worlds(world, k):
    check(Network.compile(world().snapshot), k)


def test_it_equals_scoring_everybody_in_the_fictional_network():
    check(demo(), 10)
    check(demo(), 200, include_partners=True)


@pytest.mark.parametrize("one_place", [False, True], ids=["many places", "one place"])
def test_it_equals_scoring_everybody_in_a_generated_world(one_place):
    check(generated(700, one_place=one_place), 10)


def test_it_equals_scoring_everybody_over_several_pages_with_some_closed():
    whole = generated(9_000)
    dice = np.random.default_rng(1)
    network = replace(whole, is_open=dice.random(len(whole)) < 0.7)
    engine = engine_of(network)
    assert engine is not None
    assert len(network) > 2 * engine.index.page_length
    who = dice.integers(0, len(network), 60)
    found = engine.rank(who, 10)
    for i, start, end in zip(who, found.starts[:-1], found.starts[1:], strict=True):
        wanted = rank_fully(network, int(i), 10, include_partners=False)
        assert found.partners[start:end].tolist() == wanted.partners.tolist()
        assert found.scores[start:end].tolist() == wanted.scores.tolist()


def test_it_keeps_to_the_order_of_ids_where_hundreds_are_equal():
    theme = Theme(id="theme", name="Sport", provenance=TOLD)
    bodies = [organisation(f"{number:03}") for number in range(300)]
    ties = [
        WorksOn(from_id=body.id, to_id=theme.id, provenance=TOLD)
        for body in bodies[: -len(bodies) // 3]
    ]
    network = Network.compile(snapshot_of([theme, *bodies, *ties]))
    check(network, 10)
    (_, best), *_ = suggest_all(network, k=3)
    assert [partner for partner, _ in best] == ["org-001", "org-002", "org-003"]


def test_it_scores_everybody_for_an_organisation_with_thousands_of_partners():
    members = [organisation(f"{number:04}") for number in range(8_100)]
    ties = [collaboration("umbrella", body.name) for body in members[:-60]]
    ties += [collaboration(members[0].name, body.name) for body in members[-30:]]
    network = Network.compile(snapshot_of([organisation("umbrella"), *members, *ties]))
    umbrella = network.index_of("org-umbrella")
    engine = engine_of(network)
    assert engine is not None
    found = engine.rank(np.array([umbrella]), 10)
    wanted = rank_fully(network, umbrella, 10, include_partners=False)
    assert len(wanted.partners) == 10
    assert found.partners.tolist() == wanted.partners.tolist()
    assert found.scores.tolist() == wanted.scores.tolist()


def test_all_suggestions_of_a_larger_network_are_those_of_scoring_everybody():
    network = Network.compile(generated(2_100).snapshot)
    ids = network.organisation_ids
    assert known_engine(network) is None
    rows = list(suggest_all(network))
    assert known_engine(network) is not None
    assert [organisation_id for organisation_id, _ in rows] == list(ids)
    for i in range(0, len(ids), 20):
        wanted = rank_fully(network, i, 10, include_partners=False)
        assert [partner for partner, _ in rows[i][1]] == [ids[j] for j in wanted.partners]
        assert [points for _, points in rows[i][1]] == wanted.scores.tolist()


def test_single_suggestions_are_the_same_with_and_without_an_engine():
    network = Network.compile(demo().snapshot)
    some = network.organisation_ids[::7]
    before = [suggest_partners(network, one, include_partners=True) for one in some]
    assert not prepare(network)  # too small to gain by it
    assert engine_of(network) is not None
    assert [suggest_partners(network, one, include_partners=True) for one in some] == before


def test_the_order_and_number_of_blocks_and_threads_change_nothing():
    engine = engine_of(generated(2_100))
    assert engine is not None
    who = np.arange(2_100)[::-1].copy()
    blocks = list(rank_in_threads(engine, who, 5))
    whole = engine.rank(who, 5)
    assert len(blocks) > 1
    assert np.concatenate([block for block, _ in blocks]).tolist() == who.tolist()
    for name in ("partners", "scores", "gets", "gives"):
        parts = [getattr(found, name) for _, found in blocks]
        assert np.concatenate(parts).tolist() == getattr(whole, name).tolist()


def test_names_and_the_order_of_records_change_nothing():
    records = [organisation(name, income=1e3) for name in NAMES]
    records += [skill("kitchen"), skill("vans")]
    records += [offer(one, "kitchen", level=1 + at % 3) for at, one in enumerate(NAMES[:6])]
    records += [need(one, "kitchen") for one in NAMES[6:]]
    records += [need(one, "vans") for one in NAMES[:4]] + [offer("j", "vans")]
    records += [collaboration(*pair) for pair in itertools.pairwise(NAMES[::2])]
    network = Network.compile(snapshot_of(records))
    backwards = Network.compile(snapshot_of(records[::-1]))
    for one, other in zip(_rows(network), _rows(backwards), strict=True):
        assert one == other


def _rows(network):
    engine = engine_of(network)
    assert engine is not None
    found = engine.rank(np.arange(len(network)), 5)
    ids = np.array(network.organisation_ids)
    return list(zip(ids[found.partners].tolist(), found.scores.tolist(), strict=True))


def test_nobody_gets_a_suggestion_if_none_is_asked_for():
    engine = engine_of(demo())
    assert engine is not None
    assert engine.rank(np.arange(len(demo())), 0).partners.size == 0


class Initials(Pairwise):
    """A bounded thing that is no product: it speaks for and against."""

    least, most = -0.3, 0.4

    def pair_points(self, starts, ends):
        return np.asarray(((starts * 7 + ends * 13) % 8) / 10 - 0.3, dtype=np.float64)


class Whim(Formed):
    """Formula: none. Unit: none. Source: none."""

    name, label, direction, prior_weight, is_ground = "whim", "a whim", Direction.GIVES, 1.0, False

    def make_form(self, network):
        return Initials()

    def evidence(self, network, i, j):
        return ()


def test_a_bounded_signal_of_no_other_form_is_ranked_exactly(monkeypatch):
    for module in ("matching.scoring", "matching.engine.search", "matching.engine.index"):
        monkeypatch.setattr(f"{module}.SIGNALS", (*SIGNALS[:3], Whim(), *SIGNALS[3:]))
    for snapshot in (demo().snapshot, generated(200).snapshot, WORLDS["mixed"]().snapshot):
        check(Network.compile(snapshot), 10)


class Formless(Signal):
    name, label, direction, prior_weight = "formless", "formless", Direction.SHARED, 1.0

    def points(self, network, i, pool):
        return np.asarray(pool % 3, dtype=np.float64)

    def evidence(self, network, i, j):
        return ()


class BoldWhim(Whim):
    is_ground = True


@pytest.mark.parametrize("signal", [Formless(), BoldWhim()], ids=["no form", "no product"])
def test_with_a_signal_that_it_cannot_bound_everybody_is_scored(monkeypatch, signal):
    for module in ("matching.scoring", "matching.engine.search", "matching.engine.index"):
        monkeypatch.setattr(f"{module}.SIGNALS", (*SIGNALS, signal))
    monkeypatch.setattr("matching.suggest._MUCH", 0)
    network = Network.compile(WORLDS["mixed"]().snapshot)
    assert engine_of(network) is None
    for i, (_, best) in enumerate(suggest_all(network)):
        wanted = rank_fully(network, i, 10, include_partners=False)
        assert [points for _, points in best] == wanted.scores.tolist()


def test_an_empty_network_has_no_suggestions():
    network = network_of()
    engine = engine_of(network)
    assert engine is not None
    assert engine.rank(np.arange(0), 10).partners.size == 0
    assert isinstance(engine, Engine)
