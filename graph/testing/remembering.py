"""The contract of memory: the network of any past version can be had again, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph.contract import GraphStore
from graph.differences import differences
from graph.history import snapshot_at, snapshot_on, touched, version_on
from graph.model import Fact, Node, Organisation
from graph.snapshot import Snapshot
from graph.testing.hooks import FEW, StoreHooks
from graph.testing.samples import an_import, erase, offer, organisation, skill, write
from graph.testing.strategies import worlds

__all__ = ["RememberingContract"]

_NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)


class RememberingContract(StoreHooks):
    """Tests of :mod:`graph.history` and :mod:`graph.differences` on a store."""

    @FEW
    @given(first=worlds(), second=worlds(), doomed=st.lists(st.integers(0, 20), max_size=3))
    def test_each_past_version_can_be_had_again(
        self,
        store: GraphStore,
        tmp_path: Path,
        first: tuple[Fact, ...],
        second: tuple[Fact, ...],
        doomed: list[int],
    ) -> None:
        self.wipe(tmp_path)
        taken: dict[int, Snapshot] = {0: store.snapshot()}
        write(store, *first)
        taken[store.version()] = store.snapshot()
        for place in doomed:
            if place < len(first):
                erase(store, first[place].kind, first[place].id)
                taken[store.version()] = store.snapshot()
        with store.transaction("ada") as tx:
            for record in first:
                if isinstance(record, Node):
                    tx.delete(record.kind, [record.id])
            tx.upsert(*second)
        taken[store.version()] = store.snapshot()
        for version, snapshot in taken.items():
            again = snapshot_at(store, version)
            assert again.content_hash == snapshot.content_hash
            assert again.version == snapshot.version

    def test_a_day_is_the_state_at_its_end(self, store: GraphStore) -> None:
        hashes = []
        for days, name in ((0, "A"), (0, "B"), (2, "C")):
            store.clock = _at(days)
            write(store, organisation(name=name))
            hashes.append(store.snapshot().content_hash)
        expected = {0: 2, 1: 2, 2: 3, 40: 3}
        for days, version in expected.items():
            day = (_NEW_YEAR + timedelta(days=days)).date()
            assert version_on(store, day) == version
            assert snapshot_on(store, day).content_hash == hashes[version - 1]
        assert version_on(store, date(2025, 12, 31)) == 0
        assert len(snapshot_on(store, date(2025, 12, 31)).tables["organisation"]) == 0

    def test_midnight_belongs_to_the_day_that_begins(self, store: GraphStore) -> None:
        store.clock = lambda: datetime(2026, 1, 2, tzinfo=UTC)
        write(store, organisation())
        assert version_on(store, date(2026, 1, 1)) == 0
        assert version_on(store, date(2026, 1, 2)) == 1

    def test_differences_are_exactly_what_changed(self, store: GraphStore) -> None:
        write(store, organisation(), organisation("org-b"), skill(), offer())
        before = store.snapshot()
        write(store, replace(organisation(), name="Renamed"), organisation("org-c"), an_import())
        erase(store, "skill", skill().id)
        write(store, organisation("org-b", name="For a moment"))
        write(store, organisation("org-b"))
        after = store.snapshot()
        found = list(differences(before, after, touched(store, before.version, after.version)))
        assert [(each.change, each.kind, each.id, each.fields) for each in found] == [
            ("changed", "organisation", "org-a", ("name",)),
            ("added", "organisation", "org-c", ()),
            ("removed", "skill", skill().id, ()),
            ("removed", "offers", offer().id, ()),
        ]
        assert not list(differences(after, after, touched(store, after.version, after.version)))

    def test_later_changes_are_none_of_a_past_interval(self, store: GraphStore) -> None:
        write(store, organisation())
        write(store, organisation("org-b"))
        write(store, organisation("org-c"))
        assert set(touched(store, 1, 2)[Organisation.kind]) == {"org-b"}


def _at(days: int) -> Callable[[], datetime]:
    return lambda: _NEW_YEAR + timedelta(days=days)
