"""A report from a snapshot, the snapshot of the report before, and settings; from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.snapshot import Snapshot
from reports.part import Part
from reports.report import Report, Settings, Withheld
from reports.sections import WRITERS
from reports.sections.findings import opening
from reports.sections.method import closing
from reports.seen import network_seen, past_seen
from reports.suppression import suppress

__all__ = ["build_report"]


def build_report(
    snapshot: Snapshot,
    settings: Settings,
    previous: Snapshot | None = None,
    *,
    as_of: date | None = None,
    previous_as_of: date | None = None,
    barred: frozenset[tuple[str, str]] = frozenset(),
    published: Report | None = None,
) -> Report:
    """Return the report on the network at ``as_of``, compared with ``previous`` at its day.

    Both days default to the end of the period and to the day before its start. Pure: it reads no
    clock and no store, so the same arguments make a report with the same content hash. A snapshot
    is whole; what the readers may not see is taken out here, before anything is counted. ``barred``
    pairs are not to be brought together, besides those of whom the snapshot knows: a veto that was
    told after the day holds in a report on the day. A public version withholds small counts as it
    is built, and whatever ``published``, that of the report before, withheld.
    """
    today = as_of or settings.period_end
    network = network_seen(snapshot, settings, today, barred)
    then = previous_as_of or date.fromordinal(max(settings.period_start.toordinal() - 1, 1))
    before = None if previous is None else past_seen(previous, then, snapshot, today, settings)
    parts = tuple(write(network, before, settings) for write in WRITERS)
    report = _joined(
        (opening(parts, network, settings), *parts, closing(network, before, settings)),
        Report(
            settings=settings,
            as_of=today,
            # Of what the readers may see: a veto must not show by a hash that moves.
            network_hash=network.snapshot.content_hash,
            previous_hash="" if before is None else before.snapshot.content_hash,
            sections=(),
            figures=(),
            charts=(),
            tables=(),
            definitions=(),
        ),
    )
    return suppress(_of_nobody(report), published) if settings.is_public else report


def _joined(parts: tuple[Part, ...], report: Report) -> Report:
    definitions = {known.id: known for part in parts for known in part.definitions}
    return replace(
        report,
        sections=tuple(part.section for part in parts),
        figures=tuple(figure for part in parts for figure in part.figures),
        charts=tuple(chart for part in parts for chart in part.charts),
        tables=tuple(table for part in parts for table in part.tables),
        definitions=tuple(definitions[key] for key in sorted(definitions)),
    )


def _of_nobody(report: Report) -> Report:
    """Return the report without the rows that are about single organisations."""
    return replace(
        report,
        tables=tuple(
            replace(table, rows=(), withheld=Withheld.TELLING) if table.is_of_members else table
            for table in report.tables
        ),
    )
