"""The contract of reading: records by id, ties by their ends, and the whole network at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.contract import GraphStore
from graph.model import (
    ENTRY_KINDS,
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Fact,
    Offer,
    Organisation,
    Project,
    Record,
    Skill,
    fact_id,
)
from graph.testing.hooks import FEW, StoreHooks
from graph.testing.samples import (
    an_import,
    erase,
    funding,
    offer,
    one_of_each,
    organisation,
    skill,
    write,
)
from graph.testing.strategies import HOSTILE, records, worlds

__all__ = ["ReadingContract"]


class ReadingContract(StoreHooks):
    """Tests of what comes back."""

    @pytest.mark.parametrize("kind", [node.kind for node in (*NODE_KINDS, *ENTRY_KINDS)])
    def test_a_node_or_entry_comes_back_as_it_was(self, store: GraphStore, kind: str) -> None:
        @FEW
        @given(record=records(KINDS[kind]))
        def comes_back(record: Record) -> None:
            erase(store, kind, *(held.id for held in store.records(KINDS[kind])))
            write(store, record)
            assert store.record(KINDS[kind], record.id) == record

        comes_back()

    @pytest.mark.parametrize("kind", [tie.kind for tie in RELATIONSHIP_KINDS])
    def test_a_tie_comes_back_as_it_was(self, store: GraphStore, kind: str) -> None:
        (tie_class,) = (tie for tie in RELATIONSHIP_KINDS if tie.kind == kind)
        sample = next(record for record in one_of_each() if record.kind == kind)
        assert isinstance(sample, tie_class)
        write(store, *one_of_each())

        @FEW
        @given(tie=records(tie_class, from_id=sample.from_id, to_id=sample.to_id))
        def comes_back(tie: Fact) -> None:
            erase(store, kind, *(held.id for held in store.records(tie_class)))
            write(store, tie)
            assert store.record(tie_class, tie.id) == tie

        comes_back()

    def test_an_unknown_id_finds_nothing(self, store: GraphStore) -> None:
        assert store.record(Organisation, "org-none") is None
        assert list(store.records(Offer, ["offers-none"])) == []

    @pytest.mark.parametrize("odd", ["", "\ud800", "a\x00b", "*", "%", "' OR 1=1 --"])
    def test_an_id_that_nothing_can_have_finds_nothing(self, store: GraphStore, odd: str) -> None:
        write(store, organisation(), skill(), offer())
        assert list(store.records(Organisation, [odd])) == []
        assert list(store.relationships(Offer, from_ids=[odd])) == []
        assert store.holders("organisation", [odd]) == {}

    def test_no_ids_find_nothing(self, store: GraphStore) -> None:
        write(store, organisation(), skill(), offer())
        assert list(store.records(Organisation, [])) == []
        assert list(store.relationships(Offer, from_ids=[])) == []
        assert list(store.relationships(Offer, from_ids=["org-a"], to_ids=[])) == []
        assert store.holders("organisation", []) == {}

    def test_an_id_of_another_kind_finds_nothing(self, store: GraphStore) -> None:
        write(store, organisation())
        assert store.record(Skill, "org-a") is None

    def test_records_come_in_order_of_id(self, store: GraphStore) -> None:
        names = ["b", "a", "B", "é", "z", "\U0001f9ee", "\uffff", "10", "9"]
        write(store, *map(organisation, names))
        assert [record.id for record in store.records(Organisation)] == sorted(names)
        assert [record.id for record in store.records(Organisation, names)] == sorted(names)

    def test_an_id_asked_for_twice_comes_once(self, store: GraphStore) -> None:
        write(store, organisation())
        assert len(list(store.records(Organisation, ["org-a", "org-a"]))) == 1

    def test_thousands_of_records_come_back(self, store: GraphStore) -> None:
        wanted = [organisation(f"org-{number:05d}") for number in range(5_001)]
        ties = [offer(record.id) for record in wanted]
        for start in range(0, len(wanted), store.batch_size):
            part = slice(start, start + store.batch_size)
            write(store, skill(), *wanted[part], *ties[part])
        ids = [record.id for record in wanted]
        assert [record.id for record in store.records(Organisation)] == ids
        assert [record.id for record in store.records(Organisation, ids)] == ids
        assert [tie.id for tie in store.records(Offer)] == sorted(tie.id for tie in ties)
        assert len(list(store.relationships(Offer, from_ids=ids))) == len(ties)
        assert len(store.snapshot().tables["offers"]) == len(ties)

    def test_ties_are_found_by_where_they_start(self, store: GraphStore) -> None:
        self._fill(store)
        assert set(store.relationships(Offer, from_ids=["org-a"])) == {
            offer("org-a", "skill-s"),
            offer("org-a", "skill-t"),
        }

    def test_ties_are_found_by_where_they_end(self, store: GraphStore) -> None:
        self._fill(store)
        found = list(store.relationships(Offer, to_ids=["skill-s"]))
        assert set(found) == {offer("org-a", "skill-s"), offer("org-b", "skill-s")}
        assert [tie.id for tie in found] == sorted(tie.id for tie in found)

    def test_ties_are_found_by_both_ends(self, store: GraphStore) -> None:
        self._fill(store)
        found = store.relationships(Offer, from_ids=["org-a", "org-b"], to_ids=["skill-t"])
        assert list(found) == [offer("org-a", "skill-t")]

    def test_ties_of_a_kind_are_found_without_ends(self, store: GraphStore) -> None:
        self._fill(store)
        assert len(list(store.relationships(Offer))) == 3

    @staticmethod
    def _fill(store: GraphStore) -> None:
        nodes = organisation("org-a"), organisation("org-b"), skill("skill-s"), skill("skill-t")
        offers = (
            offer("org-a", "skill-s"),
            offer("org-a", "skill-t"),
            offer("org-b", "skill-s"),
        )
        write(store, *nodes, *offers, funding("org-a", "org-b"))

    def test_external_ids_tell_their_holders(self, store: GraphStore) -> None:
        with store.transaction("ada") as tx:
            tx.upsert(organisation("org-a", external_ids=("GB-CHC-1", "GB-COH-09506232")))
            tx.upsert(organisation("org-b", external_ids=("GB-CHC-2",)))
        found = store.holders("organisation", ["GB-CHC-2", "GB-COH-09506232", "GB-CHC-3"])
        assert found == {"GB-CHC-2": "org-b", "GB-COH-09506232": "org-a"}

    def test_kinds_have_external_ids_of_their_own(self, store: GraphStore) -> None:
        project = Project(
            id="p", name="P", external_ids=("same",), provenance=organisation().provenance
        )
        write(store, organisation(external_ids=("same",)), project)
        assert store.holders("organisation", ["same"]) == {"same": "org-a"}
        assert store.holders("project", ["same"]) == {"same": "p"}

    def test_hostile_text_comes_back_unchanged(self, store: GraphStore, tmp_path: Path) -> None:
        nasty = [
            organisation(
                f"{number} {text}".strip(),
                name=text,
                description=text,
                other_names=(text,),
                external_ids=(f"{text}",),
            )
            for number, text in enumerate(HOSTILE)
        ]
        write(store, *nasty, actor=HOSTILE[0], import_id=HOSTILE[1])
        assert self.raw_facts(tmp_path) == self.rows_of(*nasty)
        assert set(store.records(Organisation, [record.id for record in nasty])) == set(nasty)
        assert set(store.snapshot().records(Organisation)) == set(nasty)
        assert store.holders("organisation", HOSTILE) == {
            text: record.id for text, record in zip(HOSTILE, nasty, strict=True)
        }

    def test_the_longest_text_fits(self, store: GraphStore) -> None:
        emoji = "\U0001f9ee"
        longest = organisation(
            emoji * 300, name=emoji * 500, description=emoji * 20_000, external_ids=(emoji * 500,)
        )
        write(store, longest, skill(emoji * 299), offer(emoji * 300, emoji * 299))
        assert store.record(Organisation, longest.id) == longest
        assert len(store.snapshot().tables["offers"]) == 1

    def test_texts_that_look_alike_stay_apart(self, store: GraphStore) -> None:
        composed, decomposed = "\u00e9t\u00e9", "e\u0301te\u0301"
        write(store, *map(organisation, (composed, decomposed, "Cafe", "cafe")))
        assert store.health().counts["organisation"] == 4

    @FEW
    @given(world=worlds())
    def test_a_snapshot_holds_what_was_written(
        self, store: GraphStore, tmp_path: Path, world: tuple[Fact, ...]
    ) -> None:
        self.wipe(tmp_path)
        write(store, *world)
        snapshot = store.snapshot()
        found = [record for kind in NODE_KINDS for record in snapshot.records(kind)]
        ties = [record for tie in RELATIONSHIP_KINDS for record in snapshot.records(tie)]
        assert self.rows_of(*found, *ties) == self.rows_of(*world)
        assert snapshot.version == store.version()

    def test_a_snapshot_is_in_canonical_order(self, store: GraphStore) -> None:
        with store.transaction("ada") as tx:
            tx.upsert(*(organisation(name) for name in ("c", "a", "b")))
            tx.upsert(funding("c", "a"), funding("a", "c"), funding("a", "b", grant_id="2"))
        snapshot = store.snapshot()
        table = snapshot.tables["funds"]
        assert snapshot.node_ids.tolist() == ["a", "b", "c"]
        assert list(zip(table["from_id"], table["to_id"], strict=True)) == [(0, 1), (0, 2), (2, 0)]

    @FEW
    @given(world=worlds(most_nodes=4, most_ties=4), data=st.data())
    def test_the_order_of_writing_leaves_no_trace(
        self, store: GraphStore, tmp_path: Path, world: tuple[Fact, ...], data: st.DataObject
    ) -> None:
        hashes = []
        nodes = [record for record in world if record.kind not in _TIES]
        ties = [record for record in world if record.kind in _TIES]
        for shuffled in (False, True):
            self.wipe(tmp_path)
            for group in (nodes, ties):
                order = data.draw(st.permutations(group)) if shuffled else group
                for record in order:
                    write(store, record)
            hashes.append(store.snapshot().content_hash)
        assert hashes[0] == hashes[1]

    def test_another_fact_is_another_hash(self, store: GraphStore) -> None:
        hashes = set()
        for name in ("A", "B"):
            write(store, organisation(name=name))
            hashes.add(store.snapshot().content_hash)
        assert len(hashes) == 2

    def test_book_keeping_is_not_in_a_snapshot(self, store: GraphStore) -> None:
        before = store.snapshot().content_hash
        write(store, an_import())
        assert store.snapshot().content_hash == before

    def test_an_empty_store_has_an_empty_snapshot(self, store: GraphStore) -> None:
        snapshot = store.snapshot()
        assert len(snapshot.node_ids) == 0
        assert all(len(table) == 0 for table in snapshot.tables.values())

    def test_the_id_of_a_tie_is_ours(self, store: GraphStore) -> None:
        write(store, organisation(), skill(), offer())
        (tie,) = store.snapshot().records(Offer)
        assert tie.id == fact_id("offers", "org-a", "skill-s")
        assert store.record(Offer, tie.id) == replace(offer())


_TIES = frozenset(tie.kind for tie in RELATIONSHIP_KINDS)
