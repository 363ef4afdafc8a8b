"""The same writes leave the same facts in every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.contract import CommitResult, GraphStore, Transaction
from graph.errors import DuplicateIdentifier, InvalidRecord
from graph.model import NODE_KINDS, Fact
from graph.stores import open_store
from graph.testing.hooks import FEW
from graph.testing.samples import erase, one_of_each, write
from graph.testing.store_contract import StoreContract
from graph.testing.strategies import worlds

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
Step = tuple[tuple[Fact, ...], list[int]]


@st.composite
def scripts(draw: st.DrawFn) -> list[Step]:
    """Draw transactions: some facts to write, and which of those written so far to delete."""
    deletions = st.lists(st.integers(0, 20), max_size=2)
    return draw(st.lists(st.tuples(worlds(most_nodes=4, most_ties=5), deletions), max_size=3))


def carry_out(store: GraphStore, script: list[Step]) -> Iterator[CommitResult | str]:
    written: list[Fact] = []
    for facts, deleted in script:
        unit = Transaction("ada", import_id="import-1")
        for place in deleted:
            if place < len(written):
                unit.delete(written[place].kind, [written[place].id])
        unit.upsert(*facts)
        written += facts
        try:
            yield store.commit(unit)
        except (DuplicateIdentifier, InvalidRecord) as refusal:
            yield type(refusal).__name__


def empty(store: GraphStore) -> None:
    with store.transaction("ada") as tx:
        for kind in NODE_KINDS:
            tx.delete(kind.kind, [record.id for record in store.records(kind)])


@pytest.fixture
def stores(tmp_path: Path, clean_neo4j: str) -> Iterator[tuple[GraphStore, GraphStore]]:
    sqlite_url = f"sqlite:///{tmp_path / 'gofar.db'}"
    with open_store(sqlite_url) as sqlite, open_store(clean_neo4j) as neo4j:
        yield sqlite, neo4j


@pytest.mark.neo4j
@settings(FEW, max_examples=10)
@given(script=scripts())
def test_stores_agree(stores: tuple[GraphStore, GraphStore], script: list[Step]) -> None:
    for store in stores:
        empty(store)
    outcomes = [list(carry_out(store, script)) for store in stores]
    assert outcomes[0] == outcomes[1]
    one, other = (store.snapshot() for store in stores)
    assert one.version == other.version
    assert one.content_hash == other.content_hash
    assert stores[0].health().counts == stores[1].health().counts


@pytest.mark.neo4j
def test_their_logs_agree(stores: tuple[GraphStore, GraphStore]) -> None:
    logs = []
    for store in stores:
        write(store, *one_of_each())
        erase(store, "organisation", "organisation-1", actor="ben")
        logs.append([replace(entry, at=MIDNIGHT) for entry in store.audit()])
    assert logs[0] == logs[1]


def test_nobody_opts_out_of_the_contract() -> None:
    with pytest.raises(TypeError, match="replaces tests of the contract: test_a_stale"):

        class Lenient(StoreContract):
            def test_a_stale_writer_is_refused(self) -> None: ...
