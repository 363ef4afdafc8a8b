"""The network of the moment follows the store, one for each audience."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from builders import need, offer, organisation, skill, told
from graph.access import Role, Viewer
from graph.contract import GraphStore
from graph.history import has_moved, snapshot_on
from graph.model import Visibility
from graph.stores import open_store
from graph.testing.samples import a_message, a_model, a_report, a_schedule, a_verdict, write
from matching import LiveNetwork, capability_gaps
from matching.view import View

COORDINATOR = Viewer("ada", Role.COORDINATOR).audience
PUBLIC = Viewer("", Role.PUBLIC).audience
TODAY = date(2026, 6, 1)
YESTERDAY = View(TODAY - timedelta(days=1))


def live_over(store: GraphStore, today: Callable[[], date]) -> LiveNetwork:
    return LiveNetwork(
        store.version,
        store.snapshot,
        today,
        partial(snapshot_on, store),
        partial(has_moved, store),
    )


def test_it_compiles_again_only_when_the_store_has_moved() -> None:
    with open_store("sqlite:///:memory:") as store:
        live = live_over(store, lambda: TODAY)
        first = live.for_audience(COORDINATOR)
        assert live.for_audience(COORDINATOR) is first
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a"))
        second = live.for_audience(COORDINATOR)
        assert (len(first), len(second)) == (0, 1)


def test_audiences_are_kept_apart() -> None:
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a"), organisation("b", provenance=told(Visibility.PUBLIC)))
        live = live_over(store, lambda: TODAY)
        assert live.for_audience(COORDINATOR).names == ("a", "b")
        assert live.for_audience(PUBLIC).names == ("b",)


def test_a_need_runs_out_overnight() -> None:
    clock = [TODAY]
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a"), skill("s"), need("a", "s", until=TODAY))
        live = live_over(store, lambda: clock[0])
        assert capability_gaps(live.for_audience(COORDINATOR)).found == 1
        clock[0] += timedelta(days=1)
        assert capability_gaps(live.for_audience(COORDINATOR)).gaps == ()


def test_offers_do_not_run_out_with_needs() -> None:
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a"), skill("s"), offer("a", "s"))
        live = live_over(store, lambda: TODAY)
        assert live.for_audience(COORDINATOR).offers.nnz == 1


def test_what_was_made_private_since_is_not_shown_by_its_past() -> None:
    yesterday = TODAY - timedelta(days=1)
    with open_store("sqlite:///:memory:") as store:
        store.clock = lambda: datetime(2026, 5, 30, tzinfo=UTC)
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a", provenance=told(Visibility.PUBLIC)))
            tx.upsert(organisation("b", provenance=told(Visibility.PUBLIC)))
        live = live_over(store, lambda: TODAY)
        assert live.for_audience(PUBLIC, View(yesterday)).names == ("a", "b")
        store.clock = lambda: datetime(2026, 6, 1, tzinfo=UTC)
        with store.transaction("tester") as tx:
            tx.upsert(organisation("a", provenance=told(Visibility.PRIVATE)))
        assert live.for_audience(PUBLIC, View(yesterday)).names == ("b",)


def test_book_keeping_does_not_make_it_compile_again() -> None:
    with open_store("sqlite:///:memory:") as store:
        store.clock = lambda: datetime(2026, 5, 30, tzinfo=UTC)
        write(store, organisation("a"))
        live = live_over(store, lambda: TODAY)
        first, past = live.for_audience(COORDINATOR), live.for_audience(COORDINATOR, YESTERDAY)
        for entry in (a_message(), a_verdict(id="v"), a_model(), a_report(), a_schedule()):
            write(store, entry)
            assert live.for_audience(COORDINATOR) is first
            assert live.for_audience(COORDINATOR, YESTERDAY) is past
        write(store, organisation("b"), a_message("message-2"))
        assert live.for_audience(COORDINATOR).names == ("a", "b")


def test_another_audience_shares_the_facts_of_a_version_before_book_keeping() -> None:
    reads = []
    with open_store("sqlite:///:memory:") as store:
        write(store, organisation("a", provenance=told(Visibility.PUBLIC)))
        live = LiveNetwork(
            store.version,
            lambda: reads.append(1) or store.snapshot(),
            lambda: TODAY,
            partial(snapshot_on, store),
            partial(has_moved, store),
        )
        live.for_audience(COORDINATOR)
        write(store, a_message())
        assert live.for_audience(PUBLIC).names == ("a",)
        assert reads == [1]
