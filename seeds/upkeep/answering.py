"""Confirming and rejecting ties: what was worked out becomes told or goes, and stays answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from graph.contract import GraphStore
from graph.model import KINDS, Answer, Question, Relationship, Verdict, fields_of
from seeds.upkeep.writing import Done, Draft, told_by, write

__all__ = ["confirm", "confirmed", "ended", "reject"]

_FIRST_DAYS = ("since", "starts_on")
_LAST_DAYS = ("until", "ends_on")


def confirm(store: GraphStore, fact_ids: Iterable[str], actor: str, today: date) -> Done:
    """Say that ties are so, as of ``today``.

    One that was worked out becomes told, by ``actor``, and is remembered as confirmed; of one that
    was told only ``last_confirmed`` moves.
    """
    wanted = tuple(dict.fromkeys(fact_ids))

    def plan(draft: Draft) -> None:
        for tie in _ties(store, wanted, draft):
            told = tie.provenance
            if told.inferred:
                draft.put(*confirmed(tie, actor, today))
                draft.changed += 1
            elif told.last_confirmed < today:
                draft.put(replace(tie, provenance=replace(told, last_confirmed=today)))
                draft.changed += 1
        draft.what = f"Confirmed {_facts(draft.changed)}"

    return write(store, actor, today, plan)


def reject(
    store: GraphStore, fact_ids: Iterable[str], actor: str, today: date, reason: str = ""
) -> Done:
    """Say that ties are not so, or no longer.

    One that was worked out goes. One that was told ends yesterday where its kind can end, and goes
    otherwise. What goes is remembered, so that no import brings it back.
    """
    wanted = tuple(dict.fromkeys(fact_ids))

    def plan(draft: Draft) -> None:
        for tie in _ties(store, wanted, draft):
            over = None if tie.provenance.inferred else ended(tie, today - timedelta(days=1))
            if over is tie:
                continue
            draft.changed += 1
            if over is not None:
                draft.put(replace(over, provenance=told_by(actor, "ended", tie.provenance, today)))
                continue
            question = Question.INFERENCE if tie.provenance.inferred else Question.TIE
            draft.delete(tie)
            draft.put(_answer(question, tie.id, Answer.REJECTED, actor, today, reason))
        draft.what = f"Rejected {_facts(draft.changed)}"

    return write(store, actor, today, plan)


def confirmed(tie: Relationship, actor: str, today: date) -> tuple[Relationship, Verdict]:
    """Return an inferred tie as told by ``actor``, and the answer that keeps it so."""
    told = told_by(actor, "confirmed", tie.provenance, today)
    answer = _answer(Question.INFERENCE, tie.id, Answer.CONFIRMED, actor, today)
    return replace(tie, provenance=told), answer


def ended(tie: Relationship, last_day: date) -> Relationship | None:
    """Return the tie as over by ``last_day``: itself if it is already, None if it can't end so."""
    names = {spec.name for spec in fields_of(type(tie))}
    name = next((known for known in _LAST_DAYS if known in names), "")
    if not name:
        return None
    known_end: date | None = getattr(tie, name)
    if known_end is not None and known_end <= last_day:
        return tie
    begins = [getattr(tie, known, None) for known in _FIRST_DAYS]
    if any(first is not None and first > last_day for first in begins):
        return None
    values: dict[str, Any] = {name: last_day}
    return replace(tie, **values)


def _ties(store: GraphStore, wanted: Iterable[str], draft: Draft) -> Iterator[Relationship]:
    """Yield the ties with these ids, in their order; ids of nothing are noted in the draft."""
    ids = list(wanted)
    by_kind: dict[str, list[str]] = {}
    for fact_id in ids:
        by_kind.setdefault(fact_id.rpartition("-")[0], []).append(fact_id)
    found: dict[str, Relationship] = {}
    for kind, of_kind in by_kind.items():
        record_class = KINDS.get(kind)
        if record_class is not None and issubclass(record_class, Relationship):
            found.update((tie.id, tie) for tie in store.records(record_class, of_kind))
    draft.missing += [fact_id for fact_id in ids if fact_id not in found]
    yield from (found[fact_id] for fact_id in ids if fact_id in found)


def _answer(
    question: Question, subject: str, answer: Answer, actor: str, today: date, reason: str = ""
) -> Verdict:
    return Verdict(
        question=question,
        subject=subject,
        answer=answer,
        reason=reason,
        decided_by=actor,
        decided_on=today,
    )


def _facts(count: int) -> str:
    return f"{count:,} {'fact' if count == 1 else 'facts'}"
