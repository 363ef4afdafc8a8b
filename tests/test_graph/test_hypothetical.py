"""A snapshot with some facts more or less is the one that a store would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, offer, organisation, skill, snapshot_of
from graph.errors import InvalidRecord
from graph.hypothetical import with_changes
from graph.model import Fact, Project, Skill
from graph.snapshot import Snapshot
from graph.stores import open_store
from random_worlds import random_world


def stored(records: tuple[Fact, ...], added: list[Fact], removed: list[Fact]) -> Snapshot:
    """Return what a fresh store gives that has really stored the change."""
    with open_store("sqlite:///:memory:") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*records)
        with store.transaction("tester") as tx:
            for record in removed:
                tx.delete(record.kind, [record.id])
            tx.upsert(*added)
        return store.snapshot()


@settings(max_examples=30)
@given(st.data())
def test_it_equals_storing_the_change_and_leaves_the_snapshot_alone(data: st.DataObject) -> None:
    records = random_world(data.draw(st.integers(0, 300)))
    snapshot = snapshot_of(*records)
    before = snapshot.content_hash
    removed = data.draw(st.lists(st.sampled_from(records), max_size=5, unique_by=lambda r: r.id))
    gone = {record.id for record in removed}
    later = replace(TOLD, last_confirmed=date(2026, 9, 9), first_seen=date(2026, 9, 1))
    ends = data.draw(st.permutations([f"org-{number}" for number in range(6)]))
    added: list[Fact] = [
        organisation("0-new"),
        organisation("zz"),
        Skill(id="cap-aa", name="new", provenance=TOLD),
        need("zz", "aa"),
        collaboration("zz", "0-new"),
        *(offer(end.removeprefix("org-"), "aa") for end in ends[:2] if end not in gone),
        *(replace(record, provenance=later) for record in records[:2] if record.id not in gone),
    ]
    added = data.draw(st.sampled_from([added, added[:1], []]))
    found = with_changes(snapshot, added=added, removed=[record.id for record in removed])
    assert found.content_hash == stored(records, added, removed).content_hash
    assert found.node_ids.tolist() == stored(records, added, removed).node_ids.tolist()
    assert snapshot.content_hash == before


def test_no_change_gives_the_snapshot_itself() -> None:
    snapshot = snapshot_of(organisation("a"))
    assert with_changes(snapshot, removed=["nobody", "offers-none", "strange"]) is snapshot


@pytest.mark.parametrize(
    ("added", "field"),
    [
        (offer("a", "nothing"), "to_id"),
        (offer("nobody", "x"), "from_id"),
        (collaboration("a", "project"), "to_id"),
        (Skill(id="org-a", name="x", provenance=TOLD), "id"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(added: Fact, field: str) -> None:
    project = Project(id="org-project", name="p", provenance=TOLD)
    snapshot = snapshot_of(organisation("a"), skill("x"), project)
    with pytest.raises(InvalidRecord) as error:
        with_changes(snapshot, added=[added])
    assert error.value.field == field


def test_a_tie_to_what_has_just_been_removed_is_refused() -> None:
    snapshot = snapshot_of(organisation("a"), organisation("b"), skill("x"))
    with pytest.raises(InvalidRecord):
        with_changes(snapshot, added=[collaboration("a", "b")], removed=["org-b"])
