"""From draft to published: which step a report may take, who took it, and who hears of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from graph.contract import GraphStore
from graph.model import Message, ReportSchedule, ReportState, StoredReport
from graph.retrying import until_current
from reports.addresses import checked_addresses
from reports.errors import ReportChanged
from reports.keeping import stored_report, words_of
from reports.letters import published
from reports.ports import Maker, Words
from reports.wording import blocks_of, checked_words

__all__ = [
    "edit_words",
    "lock",
    "new_messages",
    "publish",
    "readers_of",
    "seal",
    "unlock",
]

Change = Callable[[StoredReport], dict[str, Any]]
Letters = Callable[[StoredReport], list[Message]]

_STATE_WORDS = {
    ReportState.DRAFT: "a draft",
    ReportState.LOCKED: "locked",
    ReportState.PUBLISHED: "published",
}


def seal(report: StoredReport) -> str:
    """Return a short text that changes with every change of a report: what somebody has seen."""
    row = json.dumps(report.to_row(), sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(row, digest_size=8).hexdigest()


def edit_words(
    store: GraphStore,
    maker: Maker,
    report_id: str,
    words: Words,
    *,
    actor: str,
    seen: str = "",
) -> StoredReport:
    """Put people's words in place of ours, block by block; a blank text brings ours back.

    ``seen`` is the :func:`seal` of what the writer saw. Raises ReportChanged for a report that is
    no draft any more or not as it was seen, InputError for words that don't fit.
    """
    known = blocks_of(store, stored_report(store, report_id), maker)

    def written(report: StoredReport) -> dict[str, Any]:
        merged = {**words_of(report), **{key: _plain(text) for key, text in words.items()}}
        asked = {key: text for key, text in merged.items() if text or key not in known}
        kept = dict(checked_words(store, report, maker, asked))
        return {"words": json.dumps(kept, ensure_ascii=False, sort_keys=True)}

    return _step(store, report_id, ReportState.DRAFT, written, actor, seen, "be written")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def lock(
    store: GraphStore, report_id: str, *, actor: str, today: date, seen: str = ""
) -> StoredReport:
    """Close a draft, so that its words stay; raises as :func:`edit_words`."""
    return _step(
        store,
        report_id,
        ReportState.DRAFT,
        lambda _: {"state": ReportState.LOCKED, "locked_by": actor, "locked_on": today},
        actor,
        seen,
        "be locked",
    )


def unlock(store: GraphStore, report_id: str, *, actor: str, seen: str = "") -> StoredReport:
    """Open a locked report again, as long as it isn't published; raises as :func:`edit_words`."""
    return _step(
        store,
        report_id,
        ReportState.LOCKED,
        lambda _: {"state": ReportState.DRAFT, "locked_by": "", "locked_on": None},
        actor,
        seen,
        "be unlocked",
    )


def publish(
    store: GraphStore,
    report_id: str,
    *,
    actor: str,
    now: datetime,
    recipients: Iterable[str] | None = None,
    seen: str = "",
) -> StoredReport:
    """Publish a locked report for good, and queue one letter for each of its readers with it.

    ``recipients`` are those of the schedule unless given. Raises as :func:`edit_words`, and
    InputError for an address that is none.
    """
    chosen = None if recipients is None else checked_addresses(recipients)
    return _step(
        store,
        report_id,
        ReportState.LOCKED,
        lambda _: {
            "state": ReportState.PUBLISHED,
            "published_by": actor,
            "published_on": now.date(),
        },
        actor,
        seen,
        "be published",
        letters=lambda report: published(
            report, readers_of(store, report) if chosen is None else chosen, now
        ),
    )


def readers_of(store: GraphStore, report: StoredReport) -> tuple[str, ...]:
    """Return the addresses that a report goes to by its schedule."""
    found = store.record(ReportSchedule, report.schedule_id) if report.schedule_id else None
    return found.recipients if found else ()


def new_messages(store: GraphStore, messages: Iterable[Message]) -> list[Message]:
    """Return the messages that have not been queued before: nobody gets one twice."""
    wanted = {message.id: message for message in messages}
    known = {message.id for message in store.records(Message, wanted)} if wanted else set()
    return [message for key, message in wanted.items() if key not in known]


def _step(
    store: GraphStore,
    report_id: str,
    state: ReportState,
    change: Change,
    actor: str,
    seen: str,
    what: str,
    *,
    letters: Letters | None = None,
) -> StoredReport:
    def take() -> StoredReport:
        version = store.version()
        report = stored_report(store, report_id)
        if report.state is not state:
            raise ReportChanged(
                report_id,
                f"it is {_STATE_WORDS[report.state]}, so it can’t {what}",
                remedy=_remedy(report.state, state),
            )
        if seen and seen != seal(report):
            raise ReportChanged(
                report_id,
                "somebody has changed it since you looked",
                remedy="Look at it again, then repeat what you did.",
            )
        changed = replace(report, **change(report))
        with store.transaction(actor, expected_version=version) as transaction:
            transaction.upsert(changed)
            if letters is not None:
                transaction.upsert(*new_messages(store, letters(changed)))
        return changed

    return until_current(take)


def _remedy(found: ReportState, wanted: ReportState) -> str:
    if found is ReportState.PUBLISHED:
        return "A published report is final: make a new one that replaces it."
    return "Lock it first." if wanted is ReportState.LOCKED else "Unlock it first."
