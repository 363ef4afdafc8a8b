"""A small real report, its forms, and a store whose network grows under a clock of its own."""

from __future__ import annotations

import html
import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

from builders import TOLD, organisation
from graph.access import Role, Viewer, redact
from graph.contract import GraphStore
from graph.errors import InputError, quoted
from graph.snapshot import Snapshot
from reports.ports import NO_LINKS, Links, Maker, Words
from reports.render.as_csv import render_csv
from reports.report import (
    Column,
    ColumnKind,
    Confidence,
    Direction,
    Figure,
    Finding,
    Report,
    Section,
    Settings,
    Table,
)

__all__ = ["MAKER", "Clock", "a_maker", "grow"]


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def build(
    snapshot: Snapshot,
    settings: Settings,
    previous: Snapshot | None = None,
    *,
    as_of: date | None = None,
    previous_as_of: date | None = None,
    barred: frozenset[tuple[str, str]] = frozenset(),
    published: Report | None = None,
) -> Report:
    """Count the organisations that the readers may see, and name them."""
    audience = Viewer("", Role.PUBLIC if settings.is_public else Role.COORDINATOR).audience
    seen = redact(snapshot, audience)
    before = redact(previous, audience) if previous is not None else None
    names = ", ".join(map(str, seen.tables["organisation"]["name"]))
    count = len(seen.tables["organisation"])
    was = len(before.tables["organisation"]) if before is not None else None
    finding = Finding(
        "size", f"There are {count} organisations", names, Direction.NEW, Confidence.HIGH, "", ()
    )
    return Report(
        settings=settings,
        as_of=as_of or settings.period_end,
        network_hash=seen.content_hash,
        previous_hash=before.content_hash if before is not None else "",
        sections=(Section("opening", "First", f"As of {as_of}.", findings=(finding,)),),
        figures=(
            Figure("size", "Organisations", ColumnKind.COUNT, count, "", "", before=was),
            Figure("barred", "Kept apart", ColumnKind.COUNT, len(barred), "", ""),
        ),
        charts=(),
        tables=(),
        definitions=(),
    )


def to_json(report: Report) -> str:
    return json.dumps(asdict(report), default=str, sort_keys=True)


def from_json(text: str) -> Report:
    found = json.loads(text)
    told = found["settings"]
    days = {name: date.fromisoformat(told.pop(name)) for name in ("period_start", "period_end")}
    sections = tuple(
        Section(
            each["id"],
            each["title"],
            each["lead"],
            findings=tuple(
                Finding(
                    **{
                        **finding,
                        "direction": Direction(finding["direction"]),
                        "confidence": Confidence(finding["confidence"]),
                        "figures": (),
                    }
                )
                for finding in each["findings"]
            ),
        )
        for each in found["sections"]
    )
    figures = tuple(
        Figure(
            **{
                **each,
                "kind": ColumnKind(each["kind"]),
                "direction": Direction(each["direction"]),
            }
        )
        for each in found["figures"]
    )
    return Report(
        settings=Settings(**told, **days),
        as_of=date.fromisoformat(found["as_of"]),
        network_hash=found["network_hash"],
        previous_hash=found["previous_hash"],
        sections=sections,
        figures=figures,
        charts=(),
        tables=(),
        definitions=(),
    )


def blocks(report: Report) -> Words:
    """Return the leads, which all may read, and the headlines, which say a number."""
    leads = {f"section.{each.id}.lead": each.lead for each in report.sections}
    found = [each for section in report.sections for each in section.findings]
    return {**leads, **{f"finding.{each.id}.headline": each.headline for each in found}}


def check_words(report: Report, words: Words) -> Words:
    known = blocks(report)
    for key, text in words.items():
        if key not in known or len(text) > 5_000 or "\x00" in text:
            raise InputError(f"{quoted(key)}: {quoted(text)} doesn't fit.", remedy="Mend it.")
    return {key: text for key, text in words.items() if text != known[key]}


def to_html(report: Report, words: Words, links: Links = NO_LINKS) -> str:
    section, figure = report.sections[0], report.figures[0]
    lead = words.get(f"section.{section.id}.lead", section.lead)
    told = f"<h2>{section.title}</h2><p>{html.escape(lead, quote=False)}</p>"
    finding = section.findings[0]
    headline = words.get(f"finding.{finding.id}.headline", finding.headline)
    rows = f'<a href="{html.escape(links.rows("bodies"))}">rows</a>' if links.rows else ""
    said = f"<p>{html.escape(headline, quote=False)}</p>"
    return f"{told}{rows}{said}<p>{figure.value} organisations</p>"


def to_csv(report: Report, table_id: str) -> str:
    count = (Column("bodies", "Bodies", ColumnKind.COUNT),)
    table = Table("bodies", "Bodies", count, ((report.figures[0].value,),))
    return render_csv(replace(report, tables=(table,)), table_id)


def to_pdf(report: Report, words: Words) -> bytes:
    return f"%PDF {report.figures[0].value} {dict(words)}".encode()


def to_xlsx(report: Report, words: Words) -> bytes:
    return b"PK" + to_pdf(report, words)


def a_maker(build_with: object = build, to_pdf_with: object = to_pdf) -> Maker:
    return Maker(
        build=build_with,  # type: ignore[arg-type]
        to_json=to_json,
        from_json=from_json,
        blocks=blocks,
        check_words=check_words,
        to_html=to_html,
        to_csv=to_csv,
        to_pdf=to_pdf_with,  # type: ignore[arg-type]
        to_xlsx=to_xlsx,
        to_file=lambda report, words: to_json(report).encode(),
        style=lambda: ".gofar-report {}",
        to_page=lambda report, words: f"<!doctype html>{to_html(report, words)}".encode(),
    )


MAKER = a_maker()


def grow(store: GraphStore, key: str, on: datetime, /, **values: object) -> None:
    """Add an organisation at a time of the past."""
    usual, store.clock = store.clock, lambda: on.astimezone(UTC)
    with store.transaction("tester") as tx:
        tx.upsert(organisation(key, **{"provenance": TOLD, **values}))
    store.clock = usual
