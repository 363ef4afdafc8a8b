"""What people have decided before, so that no import asks or errs again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from graph.contract import GraphStore
from graph.model import Answer, Merge, MergeState, Question, Verdict

__all__ = ["SPLIT", "Decisions"]

SPLIT = "org-split-"
"""Begins the id of an organisation that was split off another; its changes bear the same id."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The verdicts and merges of a store, as an import asks for them.

    ``rejected`` holds ids of inferred ties that are not so, ``gone`` ids of told ones that are no
    longer so, and ``distinct`` pairs of organisations (lower id first) that are two. ``active``
    and ``closed`` give the day on which somebody said that an organisation has not closed, or has.
    ``words`` gives the term that a phrase means; ``ignored`` holds phrases that mean none.
    ``aliases`` gives the organisation that stands for a merged one. ``merges`` gives the standing
    merges that an organisation is made of, ``splits`` what was split off it, each by the id that
    its changes bear in the audit log.
    """

    rejected: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    active: Mapping[str, date] = field(default_factory=dict)
    closed: Mapping[str, date] = field(default_factory=dict)
    distinct: frozenset[tuple[str, str]] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    merges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: GraphStore) -> Self:
        """Read what has been decided in ``store``."""
        verdicts = list(store.records(Verdict))
        no = [verdict for verdict in verdicts if verdict.answer is Answer.REJECTED]
        merges = [each for each in store.records(Merge) if each.state is MergeState.STANDING]
        aliases = _aliases({each.merged_id: each.kept_id for each in merges})
        distinct = frozenset(
            (verdict.subject, verdict.other) for verdict in no if verdict.question is Question.PAIR
        )
        return cls(
            rejected=frozenset(_subjects(no, Question.INFERENCE)),
            gone=frozenset(_subjects(no, Question.TIE)),
            active=_closures(verdicts, Answer.REJECTED),
            closed=_closures(verdicts, Answer.CONFIRMED),
            distinct=distinct,
            words={
                verdict.subject: verdict.other
                for verdict in verdicts
                if verdict.question is Question.WORD and verdict.answer is Answer.CONFIRMED
            },
            ignored=frozenset(_subjects(no, Question.WORD)),
            aliases=aliases,
            merges=_by_organisation(((each.kept_id, each.id) for each in merges), aliases),
            splits=_by_organisation(_split_off(distinct), aliases),
        )


def _subjects(verdicts: Iterable[Verdict], question: Question) -> Iterator[str]:
    return (verdict.subject for verdict in verdicts if verdict.question is question)


def _closures(verdicts: Iterable[Verdict], answer: Answer) -> dict[str, date]:
    return {
        verdict.subject: verdict.decided_on
        for verdict in verdicts
        if verdict.question is Question.CLOSURE and verdict.answer is answer
    }


def _by_organisation(
    changes: Iterable[tuple[str, str]], aliases: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for organisation_id, change_id in changes:
        now = aliases.get(organisation_id, organisation_id)
        found[now] = (*found.get(now, ()), change_id)
    return found


def _split_off(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of which one was split off the other, that one last."""
    for pair in sorted(pairs):
        for one, other in (pair, pair[::-1]):
            if other.startswith(SPLIT):
                yield one, other


def _aliases(standing: Mapping[str, str]) -> dict[str, str]:
    """Return who stands for whom, chains followed to their end."""
    found: dict[str, str] = {}
    for merged_id, kept_id in standing.items():
        passed = {merged_id}
        while kept_id in standing and kept_id not in passed:
            passed.add(kept_id)
            kept_id = standing[kept_id]  # noqa: PLW2901 - the walk's own step
        found[merged_id] = kept_id
    return found
