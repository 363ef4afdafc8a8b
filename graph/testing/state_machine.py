"""A store against a dictionary: the same steps on both must lead to the same facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from graph.contract import GraphStore
from graph.errors import DuplicateIdentifier, GofarError, InvalidRecord
from graph.model import Fact, Funding, Node, Offer, Organisation, Relationship, Skill
from graph.testing.samples import erase, write
from graph.testing.strategies import records

__all__ = ["StoreMachine"]

F = TypeVar("F", bound=Fact)

# Few, so that steps meet the same records again and get in each other's way.
_IDS = st.sampled_from(("a", "b", "c"))
_EXTERNAL_IDS = st.lists(st.sampled_from(("GB-CHC-1", "GB-CHC-2")), max_size=1).map(tuple)
_NODE_KINDS = (Organisation, Skill)
_TIE_KINDS = (Offer, Funding)


@st.composite
def _nodes(draw: st.DrawFn) -> Node:
    kind: type[Node] = draw(st.sampled_from(_NODE_KINDS))
    return draw(records(kind, id=draw(_IDS), external_ids=draw(_EXTERNAL_IDS)))


@st.composite
def _ties(draw: st.DrawFn) -> Relationship:
    kind: type[Relationship] = draw(st.sampled_from(_TIE_KINDS))
    start, end = draw(st.lists(_IDS, min_size=2, max_size=2, unique=True))
    return draw(records(kind, from_id=start, to_id=end))


class StoreMachine(RuleBasedStateMachine):
    """Hypothesis chooses the steps; ``open_again`` opens one and the same store each time."""

    def __init__(self, open_again: Callable[[], GraphStore], wipe: Callable[[], None]) -> None:
        super().__init__()
        wipe()
        self._open_again = open_again
        self._store = open_again()
        self._facts: dict[tuple[str, str], Fact] = {}
        self._version = 0

    def teardown(self) -> None:
        self._store.close()

    @rule(node=_nodes())
    def upsert_node(self, node: Node) -> None:
        """Add or replace a node, or be refused."""
        self._upsert(node, self._refusal_of_node(node))

    @rule(tie=_ties())
    def upsert_tie(self, tie: Relationship) -> None:
        """Add or replace a tie, or be refused."""
        self._upsert(tie, self._refusal_of_tie(tie))

    @rule(kind=st.sampled_from(_NODE_KINDS), node_id=_IDS)
    def delete_node(self, kind: type[Node], node_id: str) -> None:
        """Delete a node and its ties, if there is one."""
        doomed = []
        if (kind.kind, node_id) in self._facts:
            doomed = [(kind.kind, node_id), *self._ties_at(node_id)]
        self._delete(kind.kind, node_id, doomed)

    @rule(tie=_ties())
    def delete_tie(self, tie: Relationship) -> None:
        """Delete a tie, if there is one."""
        key = (tie.kind, tie.id)
        self._delete(*key, [key] if key in self._facts else [])

    @rule()
    def reopen(self) -> None:
        """Close the store and open it again."""
        self._store.close()
        self._store = self._open_again()

    @rule()
    def take_a_snapshot(self) -> None:
        """Compare the network as a whole."""
        snapshot = self._store.snapshot()
        nodes = [record for kind in _NODE_KINDS for record in snapshot.records(kind)]
        ties = [record for kind in _TIE_KINDS for record in snapshot.records(kind)]
        assert {(record.kind, record.id): record for record in (*nodes, *ties)} == self._facts

    @invariant()
    def holds_the_same(self) -> None:
        """Compare record by record."""
        found = [
            record for kind in (*_NODE_KINDS, *_TIE_KINDS) for record in self._store.records(kind)
        ]
        assert {(record.kind, record.id): record for record in found} == self._facts
        assert self._store.version() == self._version

    def _upsert(self, record: Fact, refusal: type[GofarError] | None) -> None:
        if refusal is not None:
            with pytest.raises(refusal):
                write(self._store, record)
            return
        key = (record.kind, record.id)
        expected = _merged(self._facts.get(key), record)
        self._version += expected != self._facts.get(key)
        self._facts[key] = expected
        write(self._store, record)

    def _delete(self, kind: str, record_id: str, doomed: list[tuple[str, str]]) -> None:
        for key in doomed:
            del self._facts[key]
        self._version += bool(doomed)
        assert erase(self._store, kind, record_id).deleted == len(doomed)

    def _refusal_of_node(self, node: Node) -> type[GofarError] | None:
        nodes = [fact for fact in self._facts.values() if isinstance(fact, Node)]
        if any(held.id == node.id and held.kind != node.kind for held in nodes):
            return InvalidRecord
        others = (held for held in nodes if held.kind == node.kind and held.id != node.id)
        if any(set(held.external_ids) & set(node.external_ids) for held in others):
            return DuplicateIdentifier
        return None

    def _refusal_of_tie(self, tie: Relationship) -> type[GofarError] | None:
        starts = any((kind, tie.from_id) in self._facts for kind in tie.from_kinds)
        ends = any((kind, tie.to_id) in self._facts for kind in tie.to_kinds)
        return None if starts and ends else InvalidRecord

    def _ties_at(self, node_id: str) -> list[tuple[str, str]]:
        return [
            key
            for key, fact in self._facts.items()
            if isinstance(fact, Relationship) and node_id in {fact.from_id, fact.to_id}
        ]


def _merged(before: Fact | None, record: F) -> F:
    if before is None:
        return record
    old, new = before.provenance, record.provenance
    told = replace(
        new,
        first_seen=min(old.first_seen, new.first_seen),
        last_confirmed=max(old.last_confirmed, new.last_confirmed),
    )
    return replace(record, provenance=told)
