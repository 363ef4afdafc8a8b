"""Saying that two organisations are two, so that nobody is asked again."""

from __future__ import annotations

from datetime import date

from graph.contract import GraphStore
from graph.model import Answer, Question, Verdict
from seeds.decisions import Decisions
from seeds.identity.merge import known_organisation

__all__ = ["tell_apart", "told_apart"]


def told_apart(store: GraphStore) -> frozenset[tuple[str, str]]:
    """Return the pairs of ids, the lower first, of which somebody said that they are two."""
    return Decisions.of(store).distinct


def tell_apart(
    store: GraphStore,
    first_id: str,
    second_id: str,
    *,
    actor: str,
    today: date,
    reason: str = "",
) -> Verdict:
    """Remember that two are two; raises UnknownOrganisation, or InvalidRecord for one twice."""
    first, second = (known_organisation(store, each) for each in (first_id, second_id))
    verdict = Verdict(
        question=Question.PAIR,
        subject=first.id,
        other=second.id,
        answer=Answer.REJECTED,
        reason=reason,
        decided_by=actor,
        decided_on=today,
    )
    with store.transaction(actor) as tx:
        tx.upsert(verdict)
    return verdict
