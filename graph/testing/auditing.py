"""The contract of the audit log: who changed what, when, and how it read before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from graph.audit import Action
from graph.contract import GraphStore
from graph.errors import InvalidRecord
from graph.model import Fact, Node
from graph.testing.hooks import FEW, StoreHooks
from graph.testing.samples import an_import, erase, offer, organisation, skill, write
from graph.testing.strategies import worlds

__all__ = ["AuditContract"]


class AuditContract(StoreHooks):
    """Tests of the log that each commit leaves behind."""

    def test_an_addition_is_logged_with_what_came(self, store: GraphStore) -> None:
        write(store, organisation())
        (entry,) = store.audit()
        assert (entry.action, entry.kind, entry.record_id) == (Action.ADD, "organisation", "org-a")
        assert (entry.before, entry.after) == (None, organisation().to_row())

    def test_an_update_is_logged_with_before_and_after(self, store: GraphStore) -> None:
        for name in ("A", "B"):
            write(store, organisation(name=name, income=None if name == "A" else 1.0))
        entry = list(store.audit())[-1]
        assert entry.action is Action.UPDATE
        assert entry.before == organisation(name="A").to_row()
        assert entry.after == organisation(name="B", income=1.0).to_row()

    def test_a_deletion_is_logged_with_what_went(self, store: GraphStore) -> None:
        write(store, organisation(), skill(), offer(capacity=2.5))
        erase(store, "organisation", "org-a", actor="ben")
        entries = list(store.audit(after_version=1))
        assert [(entry.action, entry.kind) for entry in entries] == [
            (Action.DELETE, "offers"),
            (Action.DELETE, "organisation"),
        ]
        assert [entry.before for entry in entries] == [
            offer(capacity=2.5).to_row(),
            organisation().to_row(),
        ]
        assert {entry.actor for entry in entries} == {"ben"}

    def test_book_keeping_is_logged_too(self, store: GraphStore) -> None:
        write(store, an_import())
        (entry,) = store.audit()
        assert entry.after == an_import().to_row()

    def test_an_entry_says_who_when_and_for_which_import(self, store: GraphStore) -> None:
        begun = datetime.now(UTC)
        write(store, organisation(), import_id="import-1")
        (entry,) = store.audit()
        assert (entry.actor, entry.import_id) == ("ada", "import-1")
        assert entry.at.utcoffset() == timedelta(0)
        assert begun <= entry.at <= datetime.now(UTC)

    def test_the_changes_of_a_commit_are_numbered(self, store: GraphStore) -> None:
        for names in (("a", "b"), ("c",), ("d", "e", "f")):
            write(store, *map(organisation, names))
        assert [(entry.version, entry.position) for entry in store.audit()] == [
            (1, 0),
            (1, 1),
            (2, 0),
            (3, 0),
            (3, 1),
            (3, 2),
        ]

    def test_what_changed_nothing_is_not_logged(self, store: GraphStore) -> None:
        for _ in range(2):
            with store.transaction("ada") as tx:
                tx.upsert(organisation())
                tx.delete("skill", ["skill-none"])
        assert len(list(store.audit())) == 1

    def test_what_was_refused_is_not_logged(self, store: GraphStore) -> None:
        with pytest.raises(InvalidRecord):
            write(store, organisation(), offer())
        assert list(store.audit()) == []

    def test_the_log_can_be_read_from_a_version_on(self, store: GraphStore) -> None:
        for name in ("a", "b", "c"):
            write(store, organisation(name))
        assert [entry.record_id for entry in store.audit(after_version=1)] == ["b", "c"]
        assert list(store.audit(after_version=3)) == []

    def test_the_log_of_one_import_can_be_read(self, store: GraphStore) -> None:
        for name, import_id in (("a", "1"), ("b", "2"), ("c", "1"), ("d", "")):
            write(store, organisation(name), import_id=import_id)
        assert self._ids(store.audit(import_id="1")) == ["a", "c"]
        assert self._ids(store.audit(import_id="1", after_version=1)) == ["c"]
        assert self._ids(store.audit(import_id="")) == ["d"]

    @staticmethod
    def _ids(entries: object) -> list[str]:
        return [entry.record_id for entry in entries]  # type: ignore[attr-defined]

    @FEW
    @given(first=worlds(), second=worlds())
    def test_the_log_leads_to_what_is_there(
        self, store: GraphStore, tmp_path: Path, first: tuple[Fact, ...], second: tuple[Fact, ...]
    ) -> None:
        self.wipe(tmp_path)
        write(store, *first)
        with store.transaction("ada") as tx:
            for record in first:
                if isinstance(record, Node):
                    tx.delete(record.kind, [record.id])
        write(store, *second)
        replayed: dict[tuple[str, str], object] = {}
        for entry in store.audit():
            key = entry.kind, entry.record_id
            assert replayed.get(key) == entry.before
            replayed[key] = entry.after
        left = {key: row for key, row in replayed.items() if row is not None}
        assert left == self.raw_facts(tmp_path) == self.rows_of(*second)
