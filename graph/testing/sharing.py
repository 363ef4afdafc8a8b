"""The contract of sharing: versions, several processes at once, health and the schema."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.errors import SchemaMismatch, StaleVersion, StoreUnavailable
from graph.model import KINDS, NODE_KINDS, Organisation
from graph.stores import open_store
from graph.testing.hooks import StoreHooks
from graph.testing.samples import one_of_each, organisation, write

__all__ = ["SharingContract", "write_many"]

_COMMITS = 200
_INCREMENTS = 40
_PATIENCE_SECONDS = 120


class SharingContract(StoreHooks):
    """Tests of a store that others use as well."""

    def test_each_commit_with_changes_is_one_version(self, store: GraphStore) -> None:
        seen = [store.version()]
        for name in ("A", "A", "B"):
            write(store, organisation(name=name), organisation("org-b"))
            seen.append(store.version())
        assert seen == [0, 1, 1, 2]

    def test_a_store_opened_again_has_everything(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, *one_of_each())
        with self.open(tmp_path) as again:
            assert again.version() == 1
            assert again.snapshot().content_hash == store.snapshot().content_hash
            assert len(list(again.audit())) == len(one_of_each())

    def test_a_commit_is_seen_by_others_at_once(self, store: GraphStore, tmp_path: Path) -> None:
        with self.open(tmp_path) as other:
            write(store, organisation())
            assert other.version() == 1
            assert other.record(Organisation, "org-a") == organisation()

    def test_an_unfinished_transaction_is_seen_by_nobody(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        with self.open(tmp_path) as other, store.transaction("ada") as tx:
            tx.upsert(organisation())
            assert list(other.records(Organisation)) == []

    def test_two_processes_lose_nothing(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, organisation("shared", income=0.0))
        spawn = multiprocessing.get_context("spawn")
        writers = [
            spawn.Process(target=write_many, args=(self.url(tmp_path), name))
            for name in ("ada", "ben")
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(_PATIENCE_SECONDS)
            writer.kill()
        assert [writer.exitcode for writer in writers] == [0, 0]
        shared = store.record(Organisation, "shared")
        assert shared is not None
        assert shared.income == 2 * _INCREMENTS
        assert len(list(store.records(Organisation))) == 2 * _COMMITS + 1
        # One version a commit, one entry a change: nobody wrote over anybody.
        assert store.version() == 2 * (_COMMITS + _INCREMENTS) + 1
        assert [entry.version for entry in store.audit()] == list(range(1, store.version() + 1))

    def test_a_snapshot_is_of_one_version(self, store: GraphStore) -> None:
        self._set_both(store, 0)
        stop = threading.Event()

        def keep_writing() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                self._set_both(store, number)

        writer = threading.Thread(target=keep_writing)
        writer.start()
        try:
            for _ in range(10):
                snapshot = store.snapshot()
                incomes = list(snapshot.tables["organisation"]["income"])
                assert incomes == [snapshot.version - 1] * 2
        finally:
            stop.set()
            writer.join()

    @staticmethod
    def _set_both(store: GraphStore, number: int) -> None:
        write(store, *(organisation(name, income=float(number)) for name in ("a", "z")))

    def test_threads_share_a_store(self, store: GraphStore) -> None:
        def write(name: str) -> None:
            for number in range(10):
                with store.transaction(name) as tx:
                    tx.upsert(organisation(f"{name}-{number}"))

        threads = [threading.Thread(target=write, args=(f"t{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.version() == 40
        assert store.health().counts["organisation"] == 40

    def test_health_counts_every_kind(self, store: GraphStore) -> None:
        write(store, *one_of_each())
        health = store.health()
        nodes = {kind.kind for kind in NODE_KINDS}
        assert health.counts == {kind: 2 if kind in nodes else 1 for kind in KINDS}
        assert (health.store, health.version) == (store.name, 1)
        assert health.schema_version == store.migrate()
        assert health.engine

    def test_an_empty_store_counts_nothing(self, store: GraphStore) -> None:
        assert store.health().counts == dict.fromkeys(KINDS, 0)

    def test_migrating_again_changes_nothing(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, *one_of_each())
        before = self.raw_facts(tmp_path)
        assert store.migrate() == store.migrate()
        assert self.raw_facts(tmp_path) == before
        assert store.version() == 1

    def test_a_newer_schema_is_refused(self, store: GraphStore, tmp_path: Path) -> None:
        known = store.migrate()
        self.set_schema_version(tmp_path, known + 1)
        try:
            with pytest.raises(SchemaMismatch) as refusal:
                self.open(tmp_path)
        finally:
            self.set_schema_version(tmp_path, known)
        assert (refusal.value.found, refusal.value.needed) == (str(known + 1), str(known))

    def test_an_unreachable_store_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable) as refusal:
            open_store(self.unreachable_url(tmp_path))
        assert refusal.value.remedy
        assert refusal.value.__cause__ is not None

    def test_the_name_shows_no_password(self, store: GraphStore, tmp_path: Path) -> None:
        _, found, password = self.url(tmp_path).rpartition("@")[0].rpartition(":")
        assert not (found and password in store.name)

    def test_a_closed_store_can_be_closed_again(self, tmp_path: Path) -> None:
        opened = self.open(tmp_path)
        opened.close()
        opened.close()


def write_many(url: str, name: str) -> None:
    """Write records of one's own, and count up one that another process counts up too."""
    with open_store(url) as store:
        for number in range(_COMMITS):
            write(store, organisation(f"{name}-{number}"), actor=name)
        for _ in range(_INCREMENTS):
            while not _counted_up(store, name):
                pass


def _counted_up(store: GraphStore, name: str) -> bool:
    version = store.version()
    shared = store.record(Organisation, "shared")
    assert shared is not None
    assert shared.income is not None
    try:
        write(
            store,
            organisation("shared", income=shared.income + 1),
            actor=name,
            expected_version=version,
        )
    except StaleVersion:
        return False
    return True
