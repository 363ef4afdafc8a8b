"""Reports in the store: written once, read back whole, and proved against the network's past."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.contract import GraphStore, Transaction
from graph.errors import StoreCorrupt
from graph.history import snapshot_at
from graph.model import Record, ReportContent, ReportState, StoredReport
from graph.retrying import until_current
from reports.errors import ReportChanged, UnknownReport
from reports.making import Made, content_id_of, made_again
from reports.ports import Maker, Words
from reports.report import Report

__all__ = [
    "Proof",
    "content_of",
    "keep",
    "prove",
    "replaced_by",
    "stored_report",
    "stored_reports",
    "words_of",
]


Beside = Callable[[], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found when a report was held against the network of its version.

    ``is_whole``: what is stored is what was found then. ``is_same_network``: the network taken back
    to its version has the content hash that the report names. ``is_same_report``: made again, it
    says the same; another version of gofar may well say more.
    """

    report: StoredReport
    is_whole: bool
    is_same_network: bool
    is_same_report: bool

    @property
    def holds(self) -> bool:
        """Say whether the report still stands on what it was made from."""
        return self.is_whole and self.is_same_network


def keep(store: GraphStore, made: Made, *, actor: str, beside: Beside | None = None) -> bool:
    """Store a made report, with other records in the same transaction; False: it was there.

    ``beside`` gives those records, and is asked again where somebody else wrote meanwhile.
    Nothing is ever overwritten: the same report is stored once, whoever comes first. Raises
    ReportChanged where another report or content has the id already.
    """

    def write() -> bool:
        version = store.version()
        known = store.record(StoredReport, made.report.id)
        if known is not None:
            if made.report.schedule_id and known.period_start == made.report.period_start:
                return False  # another worker has made the report of this period
            raise ReportChanged(made.report.id, "is stored already, and differs")
        with store.transaction(actor, expected_version=version) as transaction:
            _add_contents(store, transaction, made.contents)
            transaction.upsert(made.report, *(beside() if beside else ()))
        return True

    return until_current(write)


def _add_contents(
    store: GraphStore, transaction: Transaction, contents: Iterable[ReportContent]
) -> None:
    for content in contents:
        if content.id != content_id_of(content.content):
            raise ReportChanged(content.id, "is not the hash of what it is to hold")
        known = store.record(ReportContent, content.id)
        if known is not None and known.content != content.content:
            raise ReportChanged(content.id, "holds something else already")
        transaction.upsert(content)


def stored_report(store: GraphStore, report_id: str) -> StoredReport:
    """Return a report as it is kept; raises UnknownReport."""
    found = store.record(StoredReport, report_id)
    if found is None:
        raise UnknownReport(report_id)
    return found


def stored_reports(store: GraphStore) -> list[StoredReport]:
    """Return all reports, the newest first."""
    return sorted(
        store.records(StoredReport),
        key=lambda report: (report.as_of, report.made_at_version, report.id),
        reverse=True,
    )


def replaced_by(report: StoredReport, others: Iterable[StoredReport]) -> StoredReport | None:
    """Return the published report that puts this one right, if there is one."""
    return next(
        (
            other
            for other in others
            if other.replaces_id == report.id and other.state is ReportState.PUBLISHED
        ),
        None,
    )


def content_of(
    store: GraphStore, report: StoredReport, maker: Maker, *, public: bool = False
) -> Report:
    """Return what a report found, for coordinators or for the public.

    Raises StoreCorrupt where what is stored is not what was found.
    """
    content_id = report.public_content_id if public else report.content_id
    found = store.record(ReportContent, content_id)
    if found is None or content_id_of(found.content) != content_id:
        raise StoreCorrupt(
            f"{store.name}: what report {report.id!r} found is not there as it was written.",
            remedy="Restore a backup. gofar reports check says which reports are whole.",
        )
    return maker.from_json(found.content)


def words_of(report: StoredReport) -> Words:
    """Return the texts that people have written in place of ours, by block."""
    try:
        found = json.loads(report.words)
        return {str(key): str(text) for key, text in found.items()}
    except (AttributeError, ValueError) as error:
        raise StoreCorrupt(
            f"The words of report {report.id!r} can't be read.", remedy="Restore a backup."
        ) from error


def prove(store: GraphStore, report: StoredReport, maker: Maker) -> Proof:
    """Take the network back to the version of a report and hold both against each other."""
    ids = (report.content_id, report.public_content_id)
    kept = {found.id: found.content for found in store.records(ReportContent, ids)}
    again = made_again(store, maker, report)
    return Proof(
        report,
        is_whole=all(key in kept and content_id_of(kept[key]) == key for key in ids),
        is_same_network=snapshot_at(store, report.network_version).content_hash
        == report.network_hash,
        is_same_report=tuple(content.id for content in again) == ids,
    )
