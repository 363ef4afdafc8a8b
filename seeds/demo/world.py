"""The fictional network, whole: made from a seed, the same to the byte each time."""

from __future__ import annotations

from functools import cache

from graph.contract import CommitResult, GraphStore
from graph.model import Node, Organisation, Record, Relationship
from graph.vocabulary import Term, Vocabulary, capabilities, communities, places, themes
from seeds.demo.conditions import keep_in_touch, report_values, sign_goals
from seeds.demo.draft import Draft
from seeds.demo.filling import fill
from seeds.demo.planting import plant, planted_names
from seeds.demo.projects import agree_goals, start_projects
from seeds.demo.together import fund, hide_some, join, support
from seeds.demo.truths import Truths
from seeds.terms import vocabulary_node

__all__ = ["SEED", "demo_records", "demo_truths", "load_demo"]

SEED = 2026


def demo_records(seed: int = SEED) -> tuple[Record, ...]:
    """Return every record of the fictional network, vocabulary terms included, nodes first."""
    return _made(seed)[0]


def demo_truths(seed: int = SEED) -> Truths:
    """Return what is planted in the network of this seed."""
    return _made(seed)[1]


def load_demo(store: GraphStore, actor: str, *, seed: int = SEED) -> CommitResult:
    """Load the fictional network in one transaction, unless some of it is there already.

    What people have changed or deleted since stays as they left it.
    """
    records = demo_records(seed)
    ids = [record.id for record in records if isinstance(record, Organisation)]
    if next(store.records(Organisation, ids), None) is not None:
        return CommitResult(store.version(), unchanged=len(records))
    with store.transaction(actor) as tx:
        tx.upsert(*records)
    assert tx.result is not None
    return tx.result


@cache
def _made(seed: int) -> tuple[tuple[Record, ...], Truths]:
    draft = Draft(seed, planted_names())
    truths = plant(draft)
    added = fill(draft)
    join(draft, added, truths)
    support(draft, truths)
    leads = start_projects(draft, added, truths)
    fund(draft, truths, leads)
    agree_goals(draft, truths, leads)
    hide_some(draft, added, truths)
    sign_goals(draft, truths, seed)
    report_values(draft, seed)
    keep_in_touch(draft, truths, seed)
    made = draft.records
    nodes = [record for record in made if isinstance(record, Node)]
    ties = [record for record in made if isinstance(record, Relationship)]
    return (*_terms_for(ties), *nodes, *ties), truths


def _terms_for(ties: list[Relationship]) -> tuple[Node, ...]:
    """Return the vocabulary terms that ties end at, with all broader ones, in their own order."""
    ends = {tie.to_id for tie in ties}
    return tuple(
        vocabulary_node(term)
        for vocabulary in (capabilities(), themes(), communities(), places())
        for term in _used(vocabulary, ends)
    )


def _used(vocabulary: Vocabulary[Term], ends: set[str]) -> list[Term]:
    ids = {end for end in ends if end in vocabulary}
    ids |= {broader.id for end in ids for broader in vocabulary.ancestors(end)}
    return [term for term in vocabulary if term.id in ids]
