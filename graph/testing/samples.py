"""A few plain records, a small network with one record of each kind, and short ways to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.contract import CommitResult, GraphStore
from graph.model import (
    ENTRY_KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Answer,
    Fact,
    Frequency,
    Funding,
    ImportRecord,
    ImportState,
    LearnedModel,
    Merge,
    Message,
    Node,
    Offer,
    Organisation,
    Provenance,
    Question,
    Record,
    ReportContent,
    ReportSchedule,
    Skill,
    StoredReport,
    Verdict,
)

__all__ = [
    "TOLD",
    "a_merge",
    "a_message",
    "a_model",
    "a_report",
    "a_schedule",
    "a_verdict",
    "an_import",
    "erase",
    "funding",
    "offer",
    "one_of_each",
    "organisation",
    "seen_on",
    "skill",
    "write",
]

TOLD = Provenance(
    source="minutes of the meeting",
    asserted_by="ada@example.org",
    first_seen=date(2026, 3, 1),
    last_confirmed=date(2026, 3, 1),
)


def seen_on(first: date, last: date) -> Provenance:
    """Return :data:`TOLD` with other days."""
    return replace(TOLD, first_seen=first, last_confirmed=last)


def organisation(record_id: str = "org-a", **values: Any) -> Organisation:
    """Return an organisation."""
    return Organisation(**{"id": record_id, "name": "A", "provenance": TOLD, **values})


def skill(record_id: str = "skill-s", **values: Any) -> Skill:
    """Return a skill."""
    return Skill(**{"id": record_id, "name": "S", "provenance": TOLD, **values})


def offer(from_id: str = "org-a", to_id: str = "skill-s", **values: Any) -> Offer:
    """Return an offer of a skill."""
    return Offer(**{"from_id": from_id, "to_id": to_id, "provenance": TOLD, **values})


def funding(from_id: str = "org-a", to_id: str = "org-b", **values: Any) -> Funding:
    """Return a grant."""
    return Funding(**{"from_id": from_id, "to_id": to_id, "provenance": TOLD, **values})


def an_import(record_id: str = "import-1", **values: Any) -> ImportRecord:
    """Return the record of an import."""
    plain: dict[str, Any] = {
        "id": record_id,
        "source": "template",
        "file_name": "offers.csv",
        "digest": "00ff",
        "actor": "ada@example.org",
        "asserted_on": date(2026, 3, 1),
        "state": ImportState.APPLYING,
    }
    return ImportRecord(**{**plain, **values})


def a_verdict(**values: Any) -> Verdict:
    """Return a person's answer: this inferred tie is wrong."""
    plain: dict[str, Any] = {
        "question": Question.INFERENCE,
        "subject": "works_on-00ff",
        "answer": Answer.REJECTED,
        "decided_by": "ada@example.org",
        "decided_on": date(2026, 3, 1),
    }
    return Verdict(**{**plain, **values})


def a_merge(record_id: str = "merge-1", **values: Any) -> Merge:
    """Return the record of a merge."""
    plain: dict[str, Any] = {
        "id": record_id,
        "kept_id": "org-a",
        "merged_id": "org-b",
        "merged_name": "B",
        "merged_source": "minutes of the meeting",
        "decided_by": "ada@example.org",
        "decided_on": date(2026, 3, 1),
    }
    return Merge(**{**plain, **values})


def a_model(**values: Any) -> LearnedModel:
    """Return the record of a learned model."""
    plain: dict[str, Any] = {
        "id": "pair-model",
        "data_hash": "00ff",
        "learned_by": "ada@example.org",
        "learned_on": date(2026, 3, 1),
        "content": '{"weights":[0.5]}',
    }
    return LearnedModel(**{**plain, **values})


def a_report(record_id: str = "report-1", **values: Any) -> StoredReport:
    """Return a report as it is kept."""
    plain: dict[str, Any] = {
        "id": record_id,
        "title": "The first quarter",
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 3, 31),
        "as_of": date(2026, 3, 31),
        "network_version": 7,
        "network_hash": "00ff",
        "made_at_version": 8,
        "content_id": "00ff",
        "public_content_id": "00fe",
        "made_by": "ada@example.org",
        "made_on": date(2026, 4, 1),
    }
    return StoredReport(**{**plain, **values})


def a_schedule(record_id: str = "schedule-1", **values: Any) -> ReportSchedule:
    """Return the schedule of a report."""
    plain: dict[str, Any] = {
        "id": record_id,
        "title": "For the board",
        "frequency": Frequency.QUARTERLY,
        "starts_on": date(2026, 1, 1),
    }
    return ReportSchedule(**{**plain, **values})


def a_message(record_id: str = "message-1", **values: Any) -> Message:
    """Return an e-mail that waits to be sent."""
    plain: dict[str, Any] = {
        "id": record_id,
        "recipient": "board@example.org",
        "subject": "The first quarter",
        "body": "The report is ready.",
        "queued_at": "2026-04-01T06:00:00+00:00",
    }
    return Message(**{**plain, **values})


def one_of_each() -> tuple[Record, ...]:
    """Return two nodes of each kind, a tie of each between the first that fit, an entry of each."""
    nodes: dict[str, list[Node]] = {
        kind.kind: [
            kind(id=f"{kind.kind}-{number}", name=f"{kind.kind} {number}", provenance=TOLD)
            for number in (1, 2)
        ]
        for kind in NODE_KINDS
    }
    ties: list[Fact] = [
        tie_kind(
            from_id=nodes[tie_kind.from_kinds[0]][0].id,
            to_id=nodes[tie_kind.to_kinds[0]][1].id,
            provenance=TOLD,
            **_NEEDED.get(tie_kind.kind, {}),
        )
        for tie_kind in RELATIONSHIP_KINDS
    ]
    entries = (
        an_import(),
        a_verdict(),
        a_merge(),
        a_model(),
        ReportContent(id="00ff", content="{}"),
        a_report(),
        a_schedule(),
        a_message(),
    )
    assert tuple(map(type, entries)) == ENTRY_KINDS, "give the new kind of entry a sample here"
    return (*(node for pair in nodes.values() for node in pair), *ties, *entries)


# What a tie of a kind can't do without.
_NEEDED: dict[str, dict[str, Any]] = {
    "measured": {"measured_on": date(2026, 3, 1), "value": 12.5},
    "in_touch_with": {"happened_on": date(2026, 3, 1)},
}


def write(
    store: GraphStore,
    *records: Record,
    actor: str = "ada",
    import_id: str = "",
    expected_version: int | None = None,
) -> CommitResult:
    """Upsert records in one transaction."""
    with store.transaction(actor, import_id=import_id, expected_version=expected_version) as tx:
        tx.upsert(*records)
    assert tx.result is not None
    return tx.result


def erase(store: GraphStore, kind: str, *ids: str, actor: str = "ada") -> CommitResult:
    """Delete records of a kind in one transaction."""
    with store.transaction(actor) as tx:
        tx.delete(kind, ids)
    assert tx.result is not None
    return tx.result
