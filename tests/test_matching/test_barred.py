"""Whoever must not be brought together never is, in thousands of random networks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import matching
import matching.gaps.rehearsal
import matching.introductions
import matching.rounds
from builders import organisation, told
from graph.access import Audience, Role, Viewer, redact
from graph.model import NotWith, Visibility
from graph.vetoes import barred_pairs
from matching import Network, suggest_all, suggest_partners
from matching.lists import MatchLists
from matching.testing.worlds import TOLD, mixed, snapshot_of

Pair = frozenset[str]

_WORLDS = 10
_SIZE = 250
_VETOES_EACH = 4


def _suggested(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    for one in ids:
        for found in suggest_partners(network, one, k=20, include_partners=True):
            yield frozenset((one, found.partner_id))


def _suggested_to_all(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    for one, ranking in suggest_all(network, k=len(network), organisation_ids=ids):
        yield from (frozenset((one, other)) for other, _ in ranking)


def _made_stronger(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    """Yield the two whose match would be stronger, and whom one of them is to get to know."""
    ids = list(ids)
    for one in ids[:2]:
        for other in network.organisation_ids[:15]:
            for found in matching.stronger(network, one, other):
                yield frozenset((one, other))
                if found.change is matching.Change.INTRODUCTION:
                    yield frozenset((found.by_id, found.about_id))


def _in_a_round(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    del ids  # a round is for everybody
    made = matching.rounds.plan_round(network, partial(_lists, network), limit=8, top=40)
    yield from (frozenset((pair.first_id, pair.second_id)) for pair in made.pairs)


def _in_a_round_over_lists(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    lists = _careless_lists(network, list(ids))
    made = matching.rounds.matching_round(network, lists, limit=8)
    yield from (frozenset((pair.first_id, pair.second_id)) for pair in made.pairs)


def _introduced(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    lists = _careless_lists(network, list(ids))
    made = matching.introductions.best_introductions(network, lists, count=200)
    yield from (frozenset((each.first_id, each.second_id)) for each in made.introductions)


def _routed(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    """Yield whom a route hands over to whom, and the two at its ends."""
    ids = list(ids)
    for one in ids[:4]:
        for other in network.organisation_ids[:60]:
            for route in matching.introductions.find_routes(network, one, other).routes:
                passed = [route.steps[0].from_id, *(step.to_id for step in route.steps)]
                yield from map(frozenset, combinations(passed, 2))


def _introduced_with_effects(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    every = combinations(network.organisation_ids, 2)
    asked = set(ids)
    pairs = (pair for pair in every if asked.intersection(pair))
    for found in matching.gaps.rehearsal.tie_effects(network, pairs):
        yield frozenset((found.first_id, found.second_id))


def _imagined(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    """Yield whom the lists join once somebody has gone, and whom they come to join by that."""
    gone = network.organisation_ids[1]
    yield from _suggested_to_all(
        matching.gaps.rehearsal.imagined(network, removed=[gone]), set(ids) - {gone}
    )


def _compared(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    found = matching.gaps.rehearsal.what_if(
        network, removed=[network.organisation_ids[1]], about=ids, k=30
    )
    for change in found.matches:
        if change.after is not None:
            yield frozenset((change.organisation_id, change.partner_id))


def _filled(network: Network, ids: Iterable[str]) -> Iterator[Pair]:
    del ids  # gaps are everybody's
    for gap in matching.capability_gaps(network, with_met=True).gaps:
        found = matching.find_fillers(network, gap, limit=40)
        for filler in (*found.inside, *found.outside):
            yield frozenset((filler.organisation_id, filler.best_for))


def _careless_lists(network: Network, ids: Sequence[str]) -> MatchLists:
    """Return lists from before anybody was barred."""
    unaware = replace(network, barred=sparse.csr_array(network.barred.shape))
    return MatchLists.from_rankings(network, _lists(unaware, 40, ids))


def _lists(
    network: Network, k: int, ids: Sequence[str] | None
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    return suggest_all(network, k=k, organisation_ids=ids)


# How to see whom each public function brings together, asked for these organisations.
JOINING: dict[str, Callable[[Network, Iterable[str]], Iterator[Pair]]] = {
    "suggest_partners": _suggested,
    "suggest_all": _suggested_to_all,
    "stronger": _made_stronger,
    "plan_round": _in_a_round,
    "matching_round": _in_a_round_over_lists,
    "best_introductions": _introduced,
    "find_routes": _routed,
    "tie_effects": _introduced_with_effects,
    "imagined": _imagined,
    "what_if": _compared,
    "find_fillers": _filled,
}
# Public functions that find or count and bring nobody together.
TELLING = {
    "capability_gaps",
    "closing_costs",
    "compared",
    "find_organisation",
    "if_closed",
    "nearest_organisations",
    "prepare",
    "single_points",
}


def test_every_public_function_is_known_here() -> None:
    functions = {
        name
        for package in (
            matching,
            matching.rounds,
            matching.introductions,
            matching.gaps.rehearsal,
        )
        for name in package.__all__
        if inspect.isfunction(getattr(package, name))
    }
    assert functions == {*JOINING, *TELLING}


def _random(rng: np.random.Generator, shape: tuple[int, int], density: float) -> sparse.csr_array:
    found = sparse.random_array(shape, density=density, rng=rng, format="csr")
    found.data[:] = rng.choice([0.75, 1.0, 1.25], len(found.data))
    found.sort_indices()
    return sparse.csr_array(found)


def _networks() -> Iterator[Network]:
    """Yield networks of random facts; the names and places of a few worlds."""
    rng = np.random.default_rng(20261124)
    base = Network.compile(mixed(_SIZE).snapshot)
    count = len(base)
    for _ in range(_WORLDS):
        ties = _random(rng, (count, count), 3 / count)
        ties = sparse.csr_array((ties + ties.T) > 0).astype(np.float64)
        ties.setdiag(0)
        ties.eliminate_zeros()
        ties.sort_indices()
        yield replace(
            base,
            offers=_random(rng, base.offers.shape, 0.3),
            needs=_random(rng, base.needs.shape, 0.3),
            themes=_random(rng, base.themes.shape, 0.2),
            communities=_random(rng, base.communities.shape, 0.2),
            ties=ties,
            agreed=ties,
            is_open=rng.random(count) < 0.95,
        )


def _barring(network: Network, pairs: Iterable[Pair]) -> Network:
    rows = np.array(
        [[network.index_of(one) for one in sorted(pair)] for pair in pairs], dtype=np.int64
    )
    starts, ends = np.concatenate((rows, rows[:, ::-1])).T
    shape = (len(network), len(network))
    barred = sparse.csr_array((np.ones(len(starts)), (starts, ends)), shape=shape)
    barred.data[:] = 1
    barred.sort_indices()
    return replace(network, barred=barred)


def test_no_list_of_thousands_of_random_ones_breaks_a_veto() -> None:
    # Barred are just those who would have come first, so that each veto is put to the test.
    tried = 0
    for network in _networks():
        best = dict(suggest_all(network, k=_VETOES_EACH))
        pairs = {frozenset((one, other)) for one, found in best.items() for other, _ in found}
        held = _barring(network, pairs)
        assert not pairs.intersection(_suggested_to_all(held, None))  # type: ignore[arg-type]
        tried += sum(len(found) for found in best.values())
    assert tried > _WORLDS * _SIZE * _VETOES_EACH * 0.8


@pytest.mark.parametrize("name", JOINING)
def test_no_public_function_brings_a_barred_pair_together(name: str) -> None:
    network = next(_networks())
    asked = network.organisation_ids[::10]
    wanted = {pair for pair in JOINING[name](network, asked) if len(pair) == 2}
    pairs = set(sorted(wanted, key=sorted)[::2])
    assert pairs
    assert not pairs.intersection(JOINING[name](_barring(network, pairs), asked))


def test_a_veto_changes_nothing_for_anybody_else() -> None:
    for network in islice(_networks(), 3):
        before = dict(suggest_all(network, k=len(network)))
        one, found = next((one, found) for one, found in before.items() if found)
        other = found[0][0]
        after = dict(suggest_all(_barring(network, [frozenset((one, other))]), k=len(network)))
        before[one] = [each for each in before[one] if each[0] != other]
        before[other] = [each for each in before[other] if each[0] != one]
        assert before == after


def test_a_partner_learns_nothing_of_a_veto_but_that_the_pair_is_missing() -> None:
    facts = (*mixed(8).records, organisation("x"), organisation("y"))
    ids = [fact.id for fact in facts if fact.kind == "organisation"]

    @settings(max_examples=40, deadline=None)
    @given(
        st.sampled_from(ids),
        st.sampled_from(ids),
        st.sampled_from(ids),
        st.sampled_from(Visibility),
    )
    def check(author: str, target: str, viewer: str, visibility: Visibility) -> None:
        if author in (target, viewer):
            return
        veto = NotWith(from_id=author, to_id=target, why="secret", provenance=told(visibility))
        audience = Viewer("v", Role.PARTNER, frozenset({viewer})).audience
        before, after = _seen((*facts,), audience), _seen((*facts, veto), audience)
        assert before.snapshot.content_hash == after.snapshot.content_hash
        pair = {author, target}
        lists = dict(suggest_all(before, k=99))
        for one, found in suggest_all(after, k=99):
            hidden = [other for other, _ in lists[one] if {one, other} == pair]
            assert found == [each for each in lists[one] if each[0] not in hidden]

    check()


def _seen(facts: tuple[object, ...], audience: Audience) -> Network:
    whole = snapshot_of(facts)  # type: ignore[arg-type]
    return Network.compile(
        redact(whole, audience), as_of=TOLD.first_seen, barred=barred_pairs(whole, TOLD.first_seen)
    )
