"""The contract of writing: what an upsert, a deletion and a refusal mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from graph.contract import CommitResult, GraphStore, Transaction
from graph.errors import DuplicateIdentifier, InvalidRecord, StaleVersion
from graph.model import Fact, Offer, Organisation
from graph.testing.hooks import FEW, StoreHooks
from graph.testing.samples import (
    TOLD,
    an_import,
    erase,
    funding,
    offer,
    one_of_each,
    organisation,
    seen_on,
    skill,
    write,
)
from graph.testing.strategies import worlds

__all__ = ["WritingContract"]

NUMBER = "GB-CHC-1164883"


class WritingContract(StoreHooks):
    """Tests of changes that are carried out or refused."""

    def test_an_empty_transaction_changes_nothing(self, store: GraphStore) -> None:
        assert write(store) == CommitResult(version=0)
        assert store.version() == 0

    def test_every_kind_of_record_is_stored(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, *one_of_each())
        assert self.raw_facts(tmp_path) == self.rows_of(*one_of_each())

    def test_the_result_counts_what_was_done(self, store: GraphStore) -> None:
        write(store, organisation("org-a"), organisation("org-b"), organisation("org-c"))
        with store.transaction("ada") as tx:
            tx.upsert(organisation("org-a"), organisation("org-b", name="New"), skill())
            tx.delete("organisation", ["org-c"])
        assert tx.result == CommitResult(2, added=1, updated=1, unchanged=1, deleted=1)

    @FEW
    @given(world=worlds())
    def test_writing_the_same_again_changes_nothing(
        self, store: GraphStore, tmp_path: Path, world: tuple[Fact, ...]
    ) -> None:
        self.wipe(tmp_path)
        first, second = write(store, *world), write(store, *world)
        assert second == CommitResult(version=first.version, unchanged=len(world))
        assert self.raw_facts(tmp_path) == self.rows_of(*world)
        assert len(list(store.audit())) == len(world)

    def test_an_upsert_replaces_the_whole_record(self, store: GraphStore, tmp_path: Path) -> None:
        full = organisation(
            income=5.0, closed_on=date(2025, 1, 1), other_names=("B",), external_ids=(NUMBER,)
        )
        for record in (full, organisation()):
            write(store, record)
        assert self.raw_facts(tmp_path) == self.rows_of(organisation())

    def test_an_upsert_replaces_a_whole_tie(self, store: GraphStore, tmp_path: Path) -> None:
        ends = organisation(), skill()
        for tie in (offer(capacity=3.0, level=3), offer(level=1)):
            write(store, *ends, tie)
        assert self.raw_facts(tmp_path) == self.rows_of(*ends, offer(level=1))

    def test_the_last_word_in_a_transaction_wins(self, store: GraphStore, tmp_path: Path) -> None:
        with store.transaction("ada") as tx:
            tx.upsert(organisation("org-a"), skill())
            tx.delete("skill", ["skill-s"])
            tx.delete("organisation", ["org-a"])
            tx.upsert(organisation("org-a", name="Last"))
        assert self.raw_facts(tmp_path) == self.rows_of(organisation("org-a", name="Last"))

    def test_ties_may_come_before_their_ends(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, offer(), skill(), organisation())
        assert ("offers", offer().id) in self.raw_facts(tmp_path)

    def test_two_grants_between_the_same_ends_are_two_ties(self, store: GraphStore) -> None:
        grants = funding(grant_id="360G-1"), funding(grant_id="360G-2")
        write(store, organisation("org-a"), organisation("org-b"), *grants)
        assert store.health().counts["funds"] == 2

    def test_a_fact_keeps_the_day_it_was_first_seen(self, store: GraphStore) -> None:
        found = self._after(
            store,
            seen_on(date(2026, 3, 1), date(2026, 3, 1)),
            seen_on(date(2026, 5, 1), date(2026, 5, 1)),
        )
        assert found == seen_on(date(2026, 3, 1), date(2026, 5, 1))

    def test_an_older_sighting_moves_the_first_day_back(self, store: GraphStore) -> None:
        found = self._after(
            store,
            seen_on(date(2026, 3, 1), date(2026, 5, 1)),
            seen_on(date(2025, 1, 1), date(2025, 1, 1)),
        )
        assert found == seen_on(date(2025, 1, 1), date(2026, 5, 1))

    def test_a_restored_fact_gets_its_own_days_back(self, store: GraphStore) -> None:
        old = organisation(provenance=seen_on(date(2026, 3, 1), date(2026, 3, 1)))
        write(store, old)
        write(store, organisation(provenance=seen_on(date(2026, 1, 1), date(2026, 5, 1))))
        with store.transaction("ada") as tx:
            tx.restore(old)
        assert store.record(Organisation, "org-a") == old

    @staticmethod
    def _after(store: GraphStore, *sightings: object) -> object:
        for told in sightings:
            write(store, organisation(provenance=told))
        found = store.record(Organisation, "org-a")
        assert found is not None
        return found.provenance

    def test_an_error_in_the_block_drops_all(self, store: GraphStore, tmp_path: Path) -> None:
        def fail_within() -> None:
            with store.transaction("ada") as tx:
                tx.upsert(organisation())
                raise RuntimeError("on purpose")

        with pytest.raises(RuntimeError, match="on purpose"):
            fail_within()
        assert (self.raw_facts(tmp_path), store.version()) == ({}, 0)

    def test_a_refusal_half_way_leaves_nothing(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, organisation("org-z", external_ids=(NUMBER,)))
        before = self.raw_facts(tmp_path)
        # Nodes are written before ties, so the missing end comes up when much is done.
        unit = Transaction("ada")
        unit.delete("organisation", ["org-z"])
        unit.upsert(organisation(external_ids=(NUMBER,)), offer("org-a", "skill-none"))
        with pytest.raises(InvalidRecord):
            store.commit(unit)
        assert self.raw_facts(tmp_path) == before
        assert store.version() == 1
        assert len(list(store.audit())) == 1
        assert store.holders("organisation", [NUMBER]) == {NUMBER: "org-z"}

    def test_a_store_goes_on_after_a_refusal(self, store: GraphStore, tmp_path: Path) -> None:
        with pytest.raises(InvalidRecord):
            write(store, offer())
        write(store, organisation())
        assert self.raw_facts(tmp_path) == self.rows_of(organisation())

    def test_a_tie_to_a_missing_node_is_refused(self, store: GraphStore) -> None:
        with pytest.raises(InvalidRecord, match="is not in the network"):
            write(store, organisation(), offer())

    def test_a_tie_to_a_node_of_the_wrong_kind_is_refused(self, store: GraphStore) -> None:
        with pytest.raises(InvalidRecord, match="not a skill"):
            write(store, organisation("org-a"), organisation("org-b"), offer("org-a", "org-b"))

    def test_a_tie_to_a_node_deleted_at_once_is_refused(self, store: GraphStore) -> None:
        write(store, organisation(), skill())
        unit = Transaction("ada")
        unit.upsert(offer())
        unit.delete("skill", ["skill-s"])
        with pytest.raises(InvalidRecord, match="is not in the network"):
            store.commit(unit)
        assert store.health().counts["skill"] == 1

    def test_an_id_belongs_to_one_kind_of_node(self, store: GraphStore) -> None:
        write(store, organisation("same"))
        with pytest.raises(InvalidRecord, match="already"):
            write(store, skill("same"))

    def test_an_id_that_was_deleted_is_free_for_another_kind(self, store: GraphStore) -> None:
        write(store, organisation("same"))
        with store.transaction("ada") as tx:
            tx.delete("organisation", ["same"])
            tx.upsert(skill("same"))
        assert store.health().counts["skill"] == 1

    def test_a_node_and_an_entry_may_share_an_id(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, organisation("same"), an_import("same"))
        assert len(self.raw_facts(tmp_path)) == 2

    def test_deleting_a_node_takes_its_ties_along(self, store: GraphStore, tmp_path: Path) -> None:
        ends = organisation("org-a"), organisation("org-b"), skill()
        grants = funding("org-a", "org-b"), funding("org-b", "org-a")
        write(store, *ends, *grants, offer("org-a"), offer("org-b"))
        assert erase(store, "organisation", "org-a").deleted == 4
        assert self.raw_facts(tmp_path) == self.rows_of(*ends[1:], offer("org-b"))

    def test_deleting_a_tie_leaves_its_ends(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, organisation(), skill(), offer())
        erase(store, "offers", offer().id)
        assert self.raw_facts(tmp_path) == self.rows_of(organisation(), skill())

    def test_deleting_the_unknown_is_no_error(self, store: GraphStore) -> None:
        erase(store, "organisation", "org-none")
        erase(store, "offers", "offers-none")
        assert store.version() == 0

    def test_deleting_an_unknown_kind_is_refused(self, store: GraphStore) -> None:
        with pytest.raises(InvalidRecord, match="is not one of"):
            erase(store, "organisation) DETACH DELETE (n", "org-a")

    def test_a_stale_writer_is_refused(self, store: GraphStore, tmp_path: Path) -> None:
        write(store, organisation(), expected_version=0)
        with pytest.raises(StaleVersion) as refusal:
            write(store, organisation(name="Ben's"), actor="ben", expected_version=0)
        assert (refusal.value.expected, refusal.value.found) == (0, 1)
        assert self.raw_facts(tmp_path) == self.rows_of(organisation())

    def test_an_external_id_belongs_to_one_node_of_a_kind(self, store: GraphStore) -> None:
        write(store, organisation("org-a", external_ids=(NUMBER,)))
        with pytest.raises(DuplicateIdentifier) as refusal:
            write(store, organisation("org-b", external_ids=(NUMBER,)))
        assert (refusal.value.external_id, refusal.value.held_by) == (NUMBER, "org-a")

    def test_an_external_id_claimed_twice_at_once_is_refused(self, store: GraphStore) -> None:
        with pytest.raises(DuplicateIdentifier):
            write(store, *(organisation(name, external_ids=(NUMBER,)) for name in ("a", "b")))

    def test_an_external_id_can_be_handed_over(self, store: GraphStore) -> None:
        giver = organisation("org-a", external_ids=(NUMBER,))
        taker = organisation("org-b")
        write(store, giver, taker)
        write(store, replace(taker, external_ids=(NUMBER,)), replace(giver, external_ids=()))
        assert store.holders("organisation", [NUMBER]) == {NUMBER: "org-b"}

    def test_a_deleted_node_gives_its_external_ids_back(self, store: GraphStore) -> None:
        write(store, organisation("org-a", external_ids=(NUMBER,)))
        with store.transaction("ada") as tx:
            tx.delete("organisation", ["org-a"])
            tx.upsert(organisation("org-b", external_ids=(NUMBER,)))
        assert store.holders("organisation", [NUMBER]) == {NUMBER: "org-b"}

    def test_a_fact_without_provenance_is_refused(self, store: GraphStore) -> None:
        with pytest.raises(InvalidRecord, match="does not say where the fact comes from"):
            write(store, organisation(provenance=None))
        assert store.version() == 0

    def test_a_stored_tie_is_what_was_given(self, store: GraphStore) -> None:
        tie = offer(level=3, capacity=0.1, provenance=replace(TOLD, inferred=True, confidence=0.3))
        write(store, organisation(), skill(), tie)
        assert store.record(Offer, tie.id) == tie
