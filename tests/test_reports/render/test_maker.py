from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import snapshot_of
from graph.snapshot import Snapshot
from report_samples import full_report
from reports.errors import InvalidWords
from reports.ports import NO_LINKS
from reports.render.maker import maker_of
from reports.report import Report, Settings
from reports.suppression import suppress


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
    report = full_report()
    small = replace(report.figures[0], value=2)
    return replace(report, settings=settings, figures=(small, *report.figures[1:]))


MAKER = maker_of(build)
PUBLIC = replace(full_report().settings, is_public=True)
WORDS = {"report.title": "Ours", "finding.gaps.headline": "Two <b>"}


def test_a_report_is_kept_and_comes_back() -> None:
    report = MAKER.build(snapshot_of(), PUBLIC)
    assert MAKER.from_json(MAKER.to_json(report)) == report


def test_words_are_checked_and_those_that_change_something_kept() -> None:
    report = full_report()
    ours = MAKER.blocks(report)
    assert MAKER.check_words(report, {**ours, "report.title": "Ours"}) == {"report.title": "Ours"}
    with pytest.raises(InvalidWords):
        MAKER.check_words(report, {"nowhere": "x"})


def test_every_form_is_in_the_words_given() -> None:
    report = full_report()
    html = MAKER.to_html(report, WORDS, NO_LINKS)
    assert "Ours</bdi></h1>" in html
    assert "Two &lt;b&gt;" in html
    assert MAKER.to_pdf(report, WORDS) != MAKER.to_pdf(report, {})
    assert MAKER.to_xlsx(report, WORDS) != MAKER.to_xlsx(report, {})
    assert b"Two &lt;b&gt;" in MAKER.to_page(report, WORDS)
    assert b'"title":"Ours"' in MAKER.to_file(report, WORDS)
    assert ".gofar-report" in MAKER.style()
    public = suppress(MAKER.build(snapshot_of(), PUBLIC))
    assert "Two" not in MAKER.to_html(public, WORDS, NO_LINKS).split("Contents</h2>")[0].replace(
        "Two fewer", ""
    )
