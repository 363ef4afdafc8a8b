"""The outbox: letters that wait in the store, each sent by one worker, and tried again in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import structlog

from graph.contract import GraphStore
from graph.errors import InputError, StoreUnavailable, quoted
from graph.model import Message, MessageState, Record, ReportSchedule, StoredReport
from graph.retrying import until_current
from reports.delivery import Letter, Postman
from reports.errors import DeliveryError
from reports.letters import given_up
from reports.ports import Maker
from reports.running import WORKER, backoff
from reports.steps import new_messages
from reports.wording import read_as

__all__ = ["MOST_ATTEMPTS", "Sent", "messages", "retry", "send_waiting"]

MOST_ATTEMPTS = 12
"""After so many tries, spread over some two days and a half, a letter counts as undeliverable."""

_FIRST_WAIT = timedelta(minutes=2)
# So long one worker has a letter for itself; if it dies meanwhile, another takes over then.
_LEASE = timedelta(minutes=15)
_LONGEST_FAILURE = 2_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went out, how many will be tried again, and how many never will."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0


def messages(store: GraphStore) -> list[Message]:
    """Return every letter, those that failed first, then those that wait, then the newest."""
    order = {MessageState.FAILED: 0, MessageState.WAITING: 1, MessageState.SENT: 2}
    newest = sorted(store.records(Message), key=lambda each: (each.queued_at, each.id))[::-1]
    return sorted(newest, key=lambda each: order[each.state])


def retry(
    store: GraphStore, ids: Iterable[str] | None, *, actor: str, now: datetime
) -> list[Message]:
    """Let letters that failed, and those that wait, be tried at once; None: all of them.

    Raises InputError for an id that is none. One that is sent stays sent.
    """
    chosen = None if ids is None else tuple(ids)

    def again() -> list[Message]:
        version = store.version()
        found = list(store.records(Message, chosen))
        missing = set(chosen or ()) - {message.id for message in found}
        if missing:
            raise InputError(
                f"There is no e-mail {quoted(min(missing))}.",
                remedy="Look it up in the outbox: gofar reports outbox.",
            )
        changed = [
            replace(message, state=MessageState.WAITING, attempts=0, next_try_at=now.isoformat())
            for message in found
            # One in the hands of a worker stays there: it may be going out this very moment.
            if message.state is MessageState.FAILED or _is_put_off(message)
        ]
        with store.transaction(actor, expected_version=version) as transaction:
            transaction.upsert(*changed)
        return changed

    return until_current(again)


def _is_put_off(message: Message) -> bool:
    return message.state is MessageState.WAITING and bool(message.failure)


def send_waiting(
    store: GraphStore,
    maker: Maker,
    postman: Postman,
    clock: Callable[[], datetime],
    *,
    base_url: str = "",
) -> Sent:
    """Hand the letters that are due to ``postman``, each by one worker only.

    Before a letter goes out it is marked as tried: should this process die between sending and
    noting it, the letter goes again after a quarter of an hour, with the same Message-ID.
    """
    sent = delayed = failed = 0
    attachment = cache(lambda report_id: _attachment(store, maker, report_id))
    waiting = [each.id for each in store.records(Message) if each.state is MessageState.WAITING]
    for message_id in waiting:
        claimed = _claim(store, message_id, clock())
        if claimed is None:
            continue
        try:
            is_with_report = bool(claimed.report_id) and not claimed.is_notice
            attached = attachment(claimed.report_id) if is_with_report else None
            postman.send(Letter(claimed, clock(), attached, _link(claimed, base_url)))
        except StoreUnavailable:
            raise
        except Exception as error:
            if _put_off(store, claimed, error, clock()):
                delayed += 1
            else:
                failed += 1
        else:
            _note(store, claimed, (), state=MessageState.SENT, sent_at=clock().isoformat())
            sent += 1
    if sent or delayed or failed:
        log.info("e-mails", sent=sent, delayed=delayed, failed=failed)
    return Sent(sent, delayed, failed)


def _claim(store: GraphStore, message_id: str, now: datetime) -> Message | None:
    """Take a letter if it is due and nobody else has it, and say when it is free again."""

    def take() -> Message | None:
        version = store.version()
        found = store.record(Message, message_id)
        if found is None or found.state is not MessageState.WAITING:
            return None
        if now.isoformat() < found.next_try_at:
            return None
        claimed = replace(
            found,
            attempts=found.attempts + 1,
            next_try_at=(now + _LEASE).isoformat(),
            failure="",
        )
        with store.transaction(WORKER, expected_version=version) as transaction:
            transaction.upsert(claimed)
        return claimed

    return until_current(take)


def _put_off(store: GraphStore, claimed: Message, error: Exception, now: datetime) -> bool:
    """Note a failure; return whether the letter will be tried again."""
    is_known = isinstance(error, DeliveryError)
    if not is_known:
        # Whatever a form or a server does wrong must not keep the other letters here.
        log.exception("e-mail failed", message=claimed.id, exc_info=error)
    failure = str(error) if is_known else f"{type(error).__name__}: {error}"
    clean = "".join(each if each.isprintable() else " " for each in failure)[:_LONGEST_FAILURE]
    if (isinstance(error, DeliveryError) and error.is_permanent) or (
        claimed.attempts >= MOST_ATTEMPTS
    ):
        told = (
            ()
            if claimed.is_notice
            else given_up(claimed, _coordinators(store, claimed), clean, now)
        )
        _note(store, claimed, told, state=MessageState.FAILED, failure=clean)
        return False
    again = (now + backoff(claimed.attempts, _FIRST_WAIT)).isoformat()
    _note(store, claimed, (), next_try_at=again, failure=clean)
    return True


def _note(store: GraphStore, claimed: Message, beside: Iterable[Record], **changes: object) -> None:
    told = [record for record in beside if isinstance(record, Message)]

    def write() -> None:
        version = store.version()
        found = store.record(Message, claimed.id)
        if found is None or found.state is not MessageState.WAITING:
            return  # settled by whoever took over when this worker was too slow
        with store.transaction(WORKER, expected_version=version) as transaction:
            transaction.upsert(replace(found, **changes), *new_messages(store, told))  # type: ignore[arg-type]

    until_current(write)


def _coordinators(store: GraphStore, message: Message) -> tuple[str, ...]:
    schedule = store.record(ReportSchedule, message.schedule_id) if message.schedule_id else None
    return schedule.coordinators if schedule else ()


def _attachment(store: GraphStore, maker: Maker, report_id: str) -> bytes:
    report = store.record(StoredReport, report_id)
    if report is None:
        raise DeliveryError(f"The report {report_id!r} is gone.", is_permanent=True)
    return maker.to_pdf(*read_as(store, report, maker, public=True))


def _link(message: Message, base_url: str) -> str:
    if not base_url or not message.report_id:
        return ""
    return f"{base_url.rstrip('/')}/reports/report?id={message.report_id}"
