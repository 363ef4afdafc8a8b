from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, need, organisation, skill, snapshot_of
from graph.differences import differences, may_differ
from graph.model import NODE_KINDS, RELATIONSHIP_KINDS
from graph.testing.strategies import records

KINDS = (*NODE_KINDS, *RELATIONSHIP_KINDS)


def test_only_facts_that_read_differently_are_named():
    before = snapshot_of(
        organisation("a", income=10.0), organisation("b"), skill("law"), need("a", "law")
    )
    after = snapshot_of(
        organisation("a", income=12.0),
        organisation("b"),
        skill("law"),
        need("a", "law", provenance=replace(TOLD, last_confirmed=date(2026, 5, 1))),
    )
    found = may_differ(before, after)
    assert found["organisation"] == ["org-a"]
    assert found["needs"] == [need("a", "law").id]
    assert not any(ids for kind, ids in found.items() if kind not in {"organisation", "needs"})


def test_what_is_unknown_in_both_does_not_differ():
    one = snapshot_of(organisation("a"), skill("law"), need("a", "law"))
    other = snapshot_of(organisation("a"), organisation("b"), skill("law"), need("a", "law"))
    assert not any(may_differ(one, other).values())


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_field_is_compared(data: st.DataObject):
    kind = data.draw(st.sampled_from(NODE_KINDS))
    first = data.draw(records(kind))
    second = replace(data.draw(records(kind)), id=first.id)
    before, after = snapshot_of(first), snapshot_of(second)
    same = before.content_hash == after.content_hash
    assert (may_differ(before, after)[kind.kind] == []) is same
    found = list(differences(before, after, may_differ(before, after)))
    assert bool(found) is not same
