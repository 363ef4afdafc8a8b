"""Making a report: which network, which one before, and both versions of what was found."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial

from graph.access import Audience, Role, Viewer, without_hidden_since
from graph.contract import GraphStore
from graph.errors import InputError
from graph.history import snapshot_at, version_on
from graph.model import ReportContent, StoredReport
from graph.snapshot import Snapshot
from graph.vetoes import barred_in_past
from reports.errors import UnknownReport
from reports.periods import Period, named
from reports.ports import Maker
from reports.report import Report, Settings
from reports.scope import EVERYTHING, Scope, scope_from_json

__all__ = ["Made", "Order", "content_id_of", "made_again", "make", "report_id_of"]

Past = Callable[[int], Snapshot]

_READERS: tuple[tuple[bool, Audience], ...] = (
    (False, Viewer("the report", Role.COORDINATOR).audience),
    (True, Viewer("the report", Role.PUBLIC).audience),
)


@dataclass(frozen=True, slots=True)
class Order:
    """Which report to make. ``previous_id``: compared with that one; None: with the one before."""

    title: str
    period: Period
    scope: Scope = EVERYTHING
    schedule_id: str = ""
    previous_id: str | None = None
    replaces_id: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that is not stored yet, with what it found for coordinators and for the public."""

    report: StoredReport
    contents: tuple[ReportContent, ...]


def report_id_of(schedule_id: str, period: Period) -> str:
    """Return the id of a scheduled report: it follows from both, so that it is made once.

    Nobody guesses it, for nobody guesses the id of the schedule.
    """
    key = f"{schedule_id}\x1f{period.start}\x1f{period.end}".encode("utf-8", "surrogatepass")
    return f"report-{hashlib.blake2b(key, digest_size=12).hexdigest()}"


def make(store: GraphStore, maker: Maker, order: Order, *, actor: str, now: datetime) -> Made:
    """Make a report on the network at the end of its period, or of today; stores nothing.

    What has been made private since the end of the period is not in it. Raises InputError where
    nothing was known yet by then, and UnknownReport for an id that is none.
    """
    today = now.date()
    if order.period.start > today:
        raise InputError(
            f"{named(order.period)} is yet to come.", remedy="Name a period that has begun."
        )
    as_of = min(order.period.end, today)
    made_at = store.version()
    version = made_at if as_of == today else version_on(store, as_of)
    past = cache(partial(snapshot_at, store))
    snapshot = past(version)
    if not len(snapshot.node_ids):
        raise InputError(
            f"{store.name}: nothing was known yet at the end of {as_of}.",
            remedy="Name a later period, or import what you know first.",
        )
    previous = _previous(store, order, as_of)
    report = StoredReport(
        id=report_id_of(order.schedule_id, order.period)
        if order.schedule_id
        else f"report-{secrets.token_hex(12)}",
        title=order.title,
        schedule_id=order.schedule_id,
        period_start=order.period.start,
        period_end=order.period.end,
        as_of=as_of,
        network_version=version,
        network_hash=snapshot.content_hash,
        made_at_version=made_at,
        content_id="-",
        public_content_id="-",
        previous_id=previous.id if previous else "",
        replaces_id=order.replaces_id,
        settings=order.scope.to_json(),
        made_by=actor,
        made_on=today,
    )
    contents = _contents(store, maker, report, previous, past)
    ours, public = contents
    return Made(replace(report, content_id=ours.id, public_content_id=public.id), contents)


def made_again(store: GraphStore, maker: Maker, report: StoredReport) -> tuple[ReportContent, ...]:
    """Make what a report found, for coordinators and for the public, from the store's past.

    The same each time: it looks at the versions that the report names, and at no clock.
    """
    previous = store.record(StoredReport, report.previous_id) if report.previous_id else None
    return _contents(store, maker, report, previous, cache(partial(snapshot_at, store)))


def content_id_of(content: str) -> str:
    """Return the id under which a content is kept: its SHA-256."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _contents(
    store: GraphStore,
    maker: Maker,
    report: StoredReport,
    previous: StoredReport | None,
    past: Past,
) -> tuple[ReportContent, ...]:
    seen_from = past(report.made_at_version)
    now = past(report.network_version)
    before = past(previous.network_version) if previous else None
    scope = scope_from_json(report.settings)
    barred = barred_in_past(now, report.as_of, seen_from, report.made_on)
    published = _public_version(store, maker, previous)
    found: list[ReportContent] = []
    for is_public, audience in _READERS:
        made = maker.build(
            without_hidden_since(now, seen_from, audience),
            Settings(
                title=report.title,
                period_start=report.period_start,
                period_end=report.period_end,
                is_public=is_public,
                place_id=scope.place_id,
                theme_id=scope.theme_id,
                community_id=scope.community_id,
            ),
            without_hidden_since(before, seen_from, audience) if before is not None else None,
            as_of=report.as_of,
            previous_as_of=previous.as_of if previous else None,
            barred=barred,
            published=published if is_public else None,
        )
        text = maker.to_json(made)
        found.append(ReportContent(id=content_id_of(text), content=text))
    return tuple(found)


def _public_version(store: GraphStore, maker: Maker, report: StoredReport | None) -> Report | None:
    kept = store.record(ReportContent, report.public_content_id) if report else None
    return maker.from_json(kept.content) if kept else None


def _previous(store: GraphStore, order: Order, as_of: date) -> StoredReport | None:
    """Return the report to compare with: that named, or the last about the same thing."""
    known = list(store.records(StoredReport))
    by_id = {report.id: report for report in known}
    for named_id in (order.previous_id, order.replaces_id):
        if named_id and named_id not in by_id:
            raise UnknownReport(named_id)
    if order.previous_id is not None:
        return by_id.get(order.previous_id)
    replaced = {report.replaces_id for report in known} | {order.replaces_id}
    settings = order.scope.to_json()
    earlier = [
        report
        for report in known
        if report.as_of < as_of
        and report.id not in replaced
        and report.settings == settings
        and (not order.schedule_id or report.schedule_id == order.schedule_id)
    ]
    return max(earlier, key=lambda each: (each.as_of, each.made_at_version, each.id), default=None)
