from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import snapshot_of
from graph.snapshot import Snapshot
from report_samples import full_report
from reports.render.maker import maker_of
from reports.report import Report, Settings, Withheld


def build(
    snapshot: Snapshot,
    settings: Settings,
    previous: Snapshot | None = None,
    *,
    as_of: date | None = None,
    previous_as_of: date | None = None,
    barred: frozenset[tuple[str, str]] = frozenset(),
) -> Report:
    report = full_report()
    small = replace(report.figures[0], value=2)
    return replace(report, settings=settings, figures=(small, *report.figures[1:]))


MAKER = maker_of(build)
PUBLIC = replace(full_report().settings, is_public=True)
WORDS = {"report.title": "Ours", "finding.gaps.headline": "Two <b>"}


def test_only_the_public_version_is_suppressed() -> None:
    assert MAKER.build(snapshot_of(), full_report().settings).figures[0].value == 2
    assert MAKER.build(snapshot_of(), PUBLIC).figures[0].value is Withheld.FEW


def test_a_report_is_kept_and_comes_back() -> None:
    report = MAKER.build(snapshot_of(), PUBLIC)
    assert MAKER.from_json(MAKER.to_json(report)) == report


def test_blocks_say_what_they_are() -> None:
    titles = {block.key: block.title for block in MAKER.blocks(full_report())}
    assert titles["report.title"] == "The title"
    assert titles["section.gaps.comment"] == "The comment of “What is missing”"
    assert titles["finding.wait.detail"] == "The detail of “An answer takes 12 days”"


def test_every_form_is_in_the_words_given() -> None:
    report = full_report()
    html = MAKER.to_html(report, WORDS)
    assert "Ours</bdi></h1>" in html
    assert "Two &lt;b&gt;" in html
    assert MAKER.to_pdf(report, WORDS) != MAKER.to_pdf(report, {})
    assert MAKER.to_xlsx(report, WORDS) != MAKER.to_xlsx(report, {})
    public = MAKER.build(snapshot_of(), PUBLIC)
    assert "Two" not in MAKER.to_html(public, WORDS).split("Contents</h2>")[0].replace(
        "Two fewer", ""
    )
