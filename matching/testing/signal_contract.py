"""The contract that every signal keeps, as tests: a test module says only which signals to try.

::

    @pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
    class TestSignals(SignalContract):
        pass
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from graph.model import Fact, Node, Offer, Relationship
from graph.snapshot import Snapshot
from matching.network import Network, row_of
from matching.signals.base import Signal
from matching.suggestion import Direction
from matching.testing.worlds import TOLD, WORLDS, mixed, snapshot_of, without

__all__ = ["SignalContract"]

_EXACT = 1e-9
# Log-odds of 25 are odds of 70,000,000,000 to 1: nothing that a pair shares is worth that.
_MOST_POINTS = 25.0

in_every_world = pytest.mark.parametrize("world_name", WORLDS)


class SignalContract:
    """All checks of a signal. Nobody opts out: a class that replaces a test is refused."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        replaced = sorted(
            name for name in vars(cls) if name.startswith("test_") and hasattr(SignalContract, name)
        )
        if replaced:
            raise TypeError(f"{cls.__name__} replaces tests of the contract: {', '.join(replaced)}")

    @in_every_world
    def test_its_points_are_finite_and_bounded(self, signal: Signal, world_name: str) -> None:
        network = _network(world_name)
        for i in range(len(network)):
            pool = np.arange(len(network))
            points = signal.points(network, i, pool)
            assert points.shape == pool.shape
            assert points.dtype == np.float64
            assert np.isfinite(points).all()
            assert np.abs(points).max() <= _MOST_POINTS

    @in_every_world
    def test_its_evidence_sums_to_its_points(self, signal: Signal, world_name: str) -> None:
        network = _network(world_name)
        for i, j, points in _pairs(signal, network):
            told = sum(evidence.points for evidence in signal.evidence(network, i, j))
            assert told == pytest.approx(points, abs=_EXACT)

    @in_every_world
    def test_without_evidence_it_gives_no_points(self, signal: Signal, world_name: str) -> None:
        network = _network(world_name)
        known = {record.id for record in WORLDS[world_name]().records}
        for i, j, points in _pairs(signal, network):
            found = signal.evidence(network, i, j)
            assert points == 0 or found
            for evidence in found:
                assert evidence.facts
                assert set(evidence.facts) <= known

    def test_a_pool_in_another_order_gets_the_same_points(self, signal: Signal) -> None:
        network = Network.compile(mixed().snapshot)
        pool = np.arange(len(network))[::-2]
        for i in range(len(network)):
            whole = signal.points(network, i, np.arange(len(network)))
            np.testing.assert_allclose(
                signal.points(network, i, pool), whole[pool], rtol=0, atol=_EXACT
            )

    @in_every_world
    def test_deleting_what_it_cites_takes_points_away(
        self, signal: Signal, world_name: str
    ) -> None:
        network = _network(world_name)
        for i, j, points in _pairs(signal, network):
            for evidence in signal.evidence(network, i, j):
                poorer = _network(world_name, deleted=frozenset(evidence.facts))
                assert abs(_points_by_id(signal, poorer, network, i, j)) < abs(points)

    @in_every_world
    def test_an_offer_that_meets_a_need_never_takes_points_away(
        self, signal: Signal, world_name: str
    ) -> None:
        network = _network(world_name)
        for i, j, points in _pairs(signal, network):
            offered = set(row_of(network.offers, j).tolist())
            for skill in set(row_of(network.needs, i).tolist()) - offered:
                richer = _network(
                    world_name,
                    offer=(network.organisation_ids[j], network.thing_ids("skill")[skill]),
                )
                after = float(signal.points(richer, i, np.array([j]))[0])
                assert after >= points - _EXACT

    @in_every_world
    def test_names_and_order_change_nothing(self, signal: Signal, world_name: str) -> None:
        records = WORLDS[world_name]().records
        network = _network(world_name)
        organisations = network.organisation_ids
        new_id = {old: f"zz-{len(organisations) - n:03}" for n, old in enumerate(organisations)}
        renamed = Network.compile(snapshot_of(_renamed(records, new_id)))
        for i, j, points in _pairs(signal, network):
            there = [renamed.index_of(new_id[organisations[end]]) for end in (i, j)]
            found = float(signal.points(renamed, there[0], np.array([there[1]]))[0])
            assert found == pytest.approx(points, abs=_EXACT)

    @pytest.mark.parametrize("count", [0, 1])
    def test_it_bears_an_empty_network_and_a_single_organisation(
        self, signal: Signal, count: int
    ) -> None:
        records = [record for record in mixed().records if isinstance(record, Node)]
        organisations = [record for record in records if record.kind == "organisation"][:count]
        network = Network.compile(snapshot_of(organisations))
        for i in range(len(network)):
            assert signal.points(network, i, np.arange(0)).shape == (0,)
            assert not signal.points(network, i, np.arange(count)).any()
            assert signal.evidence(network, i, i) == ()

    def test_it_leaves_its_input_alone(self, signal: Signal) -> None:
        network, untouched = (Network.compile(mixed().snapshot) for _ in range(2))
        pool = np.arange(len(network))
        for i in range(len(network)):
            signal.points(network, i, pool)
            signal.evidence(network, i, 0)
        assert (pool == np.arange(len(network))).all()
        assert network.snapshot.content_hash == untouched.snapshot.content_hash
        for before, after in zip(_arrays(untouched), _arrays(network), strict=True):
            np.testing.assert_array_equal(before, after)

    def test_it_says_what_it_is(self, signal: Signal) -> None:
        text = type(signal).__doc__ or ""
        assert all(word in text for word in ("Formula:", "Unit:", "Source:"))
        assert re.fullmatch(r"[a-z][a-z_]*[a-z]", signal.name)
        assert signal.label == signal.label.strip() != ""
        assert signal.direction in set(Direction) - {Direction.AGAINST}
        assert np.isfinite(signal.prior_weight)


@cache
def _network(
    world_name: str,
    *,
    deleted: frozenset[str] = frozenset(),
    offer: tuple[str, str] | None = None,
) -> Network:
    """Return a world's network, less some facts or with one more offer; kept for other signals."""
    records = without(WORLDS[world_name]().records, deleted)
    if offer is not None:
        records = (*records, Offer(from_id=offer[0], to_id=offer[1], provenance=TOLD))
    return Network.compile(snapshot_of(records))


def _pairs(signal: Signal, network: Network) -> Iterator[tuple[int, int, float]]:
    """Yield each ordered pair of two organisations with its points."""
    for i in range(len(network)):
        others = np.flatnonzero(np.arange(len(network)) != i)
        yield from (
            (i, j, points)
            for j, points in zip(
                others.tolist(), signal.points(network, i, others).tolist(), strict=True
            )
        )


def _points_by_id(signal: Signal, poorer: Network, network: Network, i: int, j: int) -> float:
    """Return the points of the same two organisations in another network, 0 where one is gone."""
    ids = [network.organisation_ids[end] for end in (i, j)]
    if not set(ids) <= set(poorer.organisation_ids):
        return 0.0
    one, other = (poorer.index_of(organisation_id) for organisation_id in ids)
    return float(signal.points(poorer, one, np.array([other]))[0])


def _renamed(records: Iterable[Fact], new_id: dict[str, str]) -> Iterator[Fact]:
    """Yield the records backwards, organisations under their new ids."""
    for record in reversed(tuple(records)):
        if isinstance(record, Relationship):
            start = new_id.get(record.from_id, record.from_id)
            end = new_id.get(record.to_id, record.to_id)
            yield replace(record, id="", from_id=start, to_id=end)
        else:
            yield replace(record, id=new_id.get(record.id, record.id))


def _arrays(network: Network) -> Iterator[Any]:
    """Yield every array of a network, those inside sparse matrices included."""
    for made in fields(network):
        value = getattr(network, made.name)
        if isinstance(value, np.ndarray):
            yield value
        elif not isinstance(value, Snapshot) and hasattr(value, "indptr"):
            yield from (value.data, value.indices, value.indptr)
