"""The door’s desk for reports: coordinators make and publish them, everybody reads them then."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from graph.access import Action, Viewer, can, require
from graph.errors import InputError
from graph.model import Message, ReportSchedule, ReportState, StoredReport
from graph.retrying import until_current
from matching import Network
from reports import steps
from reports.comparing import Comparison, compare
from reports.errors import UnknownReport, UnknownSchedule
from reports.keeping import (
    content_of,
    keep,
    replaced_by,
    stored_report,
    stored_reports,
)
from reports.making import Order, make
from reports.outbox import messages, retry
from reports.ports import Links, Words
from reports.report import Report
from reports.schedules import checked_schedule, next_due_at
from reports.wording import blocks_of, read_as
from web.workspace import Workspace

__all__ = ["ReportDesk"]


class ReportDesk:
    """Belongs to one door. A reader who may not make reports sees the published ones only.

    What is not for this reader is unknown to them: it raises UnknownReport like what isn't there.
    """

    def __init__(
        self, viewer: Viewer, workspace: Workspace, network: Callable[[], Network]
    ) -> None:
        require(viewer, Action.READ_REPORTS)
        self._viewer = viewer
        self._workspace = workspace
        self._network_of = network
        self._now = workspace.clock()

    @property
    def makes(self) -> bool:
        """Say whether this viewer makes reports, and so sees drafts and what isn't public."""
        return can(self._viewer, Action.REPORT)

    # --- reading ---------------------------------------------------------------------------

    def listed(self) -> list[StoredReport]:
        """Return the reports that this viewer may read, the newest first."""
        found = stored_reports(self._workspace.store)
        return [report for report in found if self._may_read(report)]

    def report(self, report_id: str) -> StoredReport:
        """Return a report as it is kept; raises UnknownReport."""
        found = stored_report(self._workspace.store, report_id)
        if not self._may_read(found):
            raise UnknownReport(report_id)
        return found

    def _may_read(self, report: StoredReport) -> bool:
        return self.makes or report.state is ReportState.PUBLISHED

    def content(self, report: StoredReport, *, public: bool) -> Report:
        """Return what a report found; for whoever doesn't make reports, always for the public."""
        workspace = self._workspace
        is_public = public or not self.makes
        return content_of(workspace.store, report, workspace.maker, public=is_public)

    def fragment(self, report: StoredReport, links: Links, *, public: bool) -> str:
        """Return a report as part of a page."""
        return self._workspace.maker.to_html(*self._read(report, public=public), links)

    def rows(self, report: StoredReport, table_id: str, *, public: bool) -> str:
        """Return every row of a table as CSV; raises InvalidReport if there is no such table."""
        return self._workspace.maker.to_csv(self.content(report, public=public), table_id)

    def file(self, report: StoredReport, form: str, *, public: bool) -> bytes:
        """Return a report as a file: ``pdf``, ``xlsx``, ``html`` or ``json``."""
        return self._workspace.maker.form(form, *self._read(report, public=public))

    def _read(self, report: StoredReport, *, public: bool) -> tuple[Report, Words]:
        workspace, is_public = self._workspace, public or not self.makes
        return read_as(workspace.store, report, workspace.maker, public=is_public)

    def style(self) -> str:
        """Return the style sheet of what :meth:`fragment` gives."""
        return self._workspace.maker.style()

    def replaced_by(self, report: StoredReport) -> StoredReport | None:
        """Return the published report that puts this one right, if there is one."""
        return replaced_by(report, self.listed())

    def compared(self, before_id: str, after_id: str, *, public: bool) -> Comparison:
        """Return two reports side by side."""
        before, after = (
            self.content(self.report(each), public=public) for each in (before_id, after_id)
        )
        return compare(before, after)

    # --- making and publishing -------------------------------------------------------------

    def make(self, order: Order) -> StoredReport:
        """Make a report and keep it as a draft."""
        require(self._viewer, Action.REPORT)
        workspace, actor = self._workspace, self._viewer.name
        made = make(workspace.store, workspace.maker, order, actor=actor, now=self._now)
        keep(workspace.store, made, actor=actor)
        return made.report

    def thing_named(self, kind: str, text: str) -> str:
        """Return the id of the place, theme or community that somebody typed; raises InputError."""
        wanted = text.strip().casefold()
        if not wanted:
            return ""
        network = self._network_of()
        same = [
            each
            for each in network.thing_ids(kind)
            if each == text.strip() or network.name_of(each).casefold() == wanted
        ]
        if len(same) != 1:
            raise InputError(
                f"There is {'no' if not same else 'more than one'} {kind} called {text!r} here.",
                remedy=f"Write its name as the list of organisations has it.{_ids(same)}",
            )
        return same[0]

    def blocks(self, report: StoredReport) -> Words:
        """Return the texts of a report that may be written anew, as gofar has them."""
        require(self._viewer, Action.REPORT)
        return blocks_of(self._workspace.store, report, self._workspace.maker)

    def edit(self, report_id: str, words: Words, seen: str) -> StoredReport:
        """Put words in place of gofar's."""
        require(self._viewer, Action.REPORT)
        workspace = self._workspace
        return steps.edit_words(
            workspace.store,
            workspace.maker,
            report_id,
            words,
            actor=self._viewer.name,
            seen=seen,
        )

    def lock(self, report_id: str, seen: str) -> StoredReport:
        """Close a draft."""
        require(self._viewer, Action.REPORT)
        actor, today = self._viewer.name, self._now.date()
        return steps.lock(self._workspace.store, report_id, actor=actor, today=today, seen=seen)

    def unlock(self, report_id: str, seen: str) -> StoredReport:
        """Open a locked report again."""
        require(self._viewer, Action.REPORT)
        return steps.unlock(self._workspace.store, report_id, actor=self._viewer.name, seen=seen)

    def publish(self, report_id: str, recipients: Sequence[str], seen: str) -> StoredReport:
        """Publish a locked report, and queue a letter to each recipient."""
        require(self._viewer, Action.REPORT)
        return steps.publish(
            self._workspace.store,
            report_id,
            actor=self._viewer.name,
            now=self._now,
            recipients=recipients,
            seen=seen,
        )

    def readers(self, report: StoredReport) -> tuple[str, ...]:
        """Return whom a report goes to by its schedule."""
        require(self._viewer, Action.REPORT)
        return steps.readers_of(self._workspace.store, report)

    # --- schedules -------------------------------------------------------------------------

    def schedules(self) -> list[tuple[ReportSchedule, datetime | None]]:
        """Return every schedule with the instant of its next report; None for one that rests."""
        require(self._viewer, Action.REPORT)
        found = self._workspace.store.records(ReportSchedule)
        return [(each, None if each.is_paused else next_due_at(each, self._now)) for each in found]

    def schedule(self, schedule_id: str) -> ReportSchedule:
        """Return a schedule; raises UnknownSchedule."""
        require(self._viewer, Action.REPORT)
        found = self._workspace.store.record(ReportSchedule, schedule_id)
        if found is None:
            raise UnknownSchedule(schedule_id)
        return found

    def plan(self, planned: ReportSchedule) -> ReportSchedule:
        """Keep a new schedule, once its times and addresses are checked."""
        require(self._viewer, Action.REPORT)
        checked = checked_schedule(planned)
        with self._workspace.store.transaction(self._viewer.name) as transaction:
            transaction.upsert(checked)
        return checked

    @staticmethod
    def new_schedule_id() -> str:
        """Return an id that nobody guesses: those of its reports follow from it."""
        return f"schedule-{secrets.token_hex(12)}"

    def rest(self, schedule_id: str, is_paused: bool) -> None:
        """Let a schedule rest, or go on."""
        store = self._workspace.store

        def write() -> None:
            version = store.version()
            changed = replace(self.schedule(schedule_id), is_paused=is_paused)
            with store.transaction(self._viewer.name, expected_version=version) as transaction:
                transaction.upsert(changed)

        until_current(write)

    def remove(self, schedule_id: str) -> None:
        """Remove a schedule; its reports stay."""
        found = self.schedule(schedule_id)
        with self._workspace.store.transaction(self._viewer.name) as transaction:
            transaction.delete(ReportSchedule.kind, [found.id])

    # --- e-mails ---------------------------------------------------------------------------

    @property
    def mail_goes_to(self) -> str:
        """Return where e-mails go."""
        require(self._viewer, Action.REPORT)
        return self._workspace.mail_goes_to

    def messages(self) -> list[Message]:
        """Return every letter, those that failed first."""
        require(self._viewer, Action.REPORT)
        return messages(self._workspace.store)

    def send_again(self) -> int:
        """Let all letters that failed or were put off be tried again; return how many."""
        require(self._viewer, Action.REPORT)
        return len(retry(self._workspace.store, None, actor=self._viewer.name, now=self._now))


def _ids(same: Sequence[str]) -> str:
    return f" Or choose an id: {', '.join(same)}." if same else ""
