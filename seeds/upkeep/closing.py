"""Organisations that a register has removed: still active after all, or closed indeed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from graph.contract import GraphStore
from graph.model import (
    Answer,
    BackboneOf,
    Collaboration,
    Organisation,
    Question,
    Relationship,
    TakesPartIn,
    Verdict,
)
from seeds.upkeep.answering import ended
from seeds.upkeep.writing import Done, Draft, told_by, write

__all__ = ["close", "reopen"]

_LEFT_BEHIND: tuple[type[Relationship], ...] = (Collaboration, BackboneOf, TakesPartIn)


def reopen(store: GraphStore, organisation_ids: Iterable[str], actor: str, today: date) -> Done:
    """Say that organisations are still active, whatever a register says of the time up to today.

    A closure that a register dates later still comes in.
    """

    def plan(draft: Draft) -> None:
        for organisation in _closed(store, wanted, draft):
            told = replace(
                organisation.provenance,
                last_confirmed=max(today, organisation.provenance.last_confirmed),
            )
            draft.put(
                replace(organisation, closed_on=None, provenance=told),
                _answer(organisation, Answer.REJECTED, actor, today),
            )
            draft.changed += 1
        draft.what = f"Marked {_organisations(draft.changed)} as still active"

    wanted = tuple(dict.fromkeys(organisation_ids))
    return write(store, actor, today, plan)


def close(store: GraphStore, organisation_ids: Iterable[str], actor: str, today: date) -> Done:
    """Say that organisations marked as closed are: their ties and parts in projects end then.

    An organisation that nobody has marked as closed counts as missing.
    """

    def plan(draft: Draft) -> None:
        for organisation in _closed(store, wanted, draft):
            assert organisation.closed_on is not None
            verdict = _answer(organisation, Answer.CONFIRMED, actor, today)
            over = list(_ended(store, organisation, organisation.closed_on, actor, today))
            draft.put(verdict, *over)
            is_news = bool(over) or not _is_answered(store, verdict)
            draft.changed += is_news
        draft.what = f"Left {_organisations(draft.changed)} closed, and ended their ties"

    wanted = tuple(dict.fromkeys(organisation_ids))
    return write(store, actor, today, plan)


def _closed(store: GraphStore, wanted: Iterable[str], draft: Draft) -> Iterator[Organisation]:
    ids = list(wanted)
    found = {each.id: each for each in store.records(Organisation, ids) if each.closed_on}
    draft.missing += [key for key in ids if key not in found]
    yield from (found[key] for key in ids if key in found)


def _ended(
    store: GraphStore, organisation: Organisation, on: date, actor: str, today: date
) -> Iterator[Relationship]:
    for kind in _LEFT_BEHIND:
        ties = list(store.relationships(kind, from_ids=[organisation.id]))
        if Organisation.kind in kind.to_kinds:
            ties += store.relationships(kind, to_ids=[organisation.id])
        for tie in ties:
            over = None if tie.provenance.inferred else ended(tie, on)
            if over is not None and over is not tie:
                yield replace(over, provenance=told_by(actor, "ended", tie.provenance, today))


def _answer(organisation: Organisation, answer: Answer, actor: str, today: date) -> Verdict:
    return Verdict(
        question=Question.CLOSURE,
        subject=organisation.id,
        answer=answer,
        decided_by=actor,
        decided_on=today,
    )


def _is_answered(store: GraphStore, verdict: Verdict) -> bool:
    known = store.record(Verdict, verdict.id)
    return known is not None and known.answer is verdict.answer


def _organisations(count: int) -> str:
    return f"{count:,} {'organisation' if count == 1 else 'organisations'}"
