from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markupsafe import escape

from report_samples import HOSTILE, empty_report, full_report, hostile_report, long_report
from reports.render.as_html import Links, render_document, render_fragment, report_style
from reports.report import Report
from reports.words import apply_words, check_words

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects what a page is made of, and faults of its nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(found)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if "href" in found else []
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


REPORTS = [full_report(), hostile_report(), empty_report(), long_report(30)]


@pytest.mark.parametrize("report", REPORTS)
def test_a_page_is_whole_and_has_no_script(report: Report) -> None:
    page = Page(render_document(report))
    assert page.open == []
    assert not {"script", "iframe", "object", "link", "img", "form"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("report", REPORTS)
def test_every_link_leads_to_a_part_of_the_page(report: Report) -> None:
    page = Page(render_document(report))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


@pytest.mark.parametrize("report", REPORTS)
def test_headings_leave_no_level_out(report: Report) -> None:
    levels = Page(render_document(report)).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_leads_to_its_definition_and_its_rows() -> None:
    report = full_report()
    links = Page(render_document(report)).links
    for figure in report.figures:
        assert f"#definition-{figure.definition}" in links
        assert f"#table-{figure.table}" in links


def test_hostile_text_is_read_as_it_stands() -> None:
    html = render_document(hostile_report())
    assert "<img" not in html
    assert "</script>" not in html
    for bad in (HOSTILE[0], HOSTILE[2], HOSTILE[4], HOSTILE[13]):
        assert str(escape(bad)) in html
    assert "49" not in re.findall(r">(\d+)<", html)
    assert not re.search("[\x00-\x08\u202a-\u202e]", html)


def test_the_findings_come_first() -> None:
    html = str(render_fragment(full_report()))
    first = html.index("Seven skills are needed")
    assert first < html.index("Contents</h2>") < html.index("What is missing</bdi></h2>")
    assert "Better than last time" in html[first:]
    assert "Well founded" in html[first:]


def test_the_page_around_gives_links_to_organisations_and_rows_and_the_title() -> None:
    links = Links(
        organisation=lambda key: f"/organisation?id={key}",
        rows=lambda key: f"/reports/rows?table={key}",
        is_titled=False,
    )
    page = Page(render_fragment(full_report(), links))
    assert {"/organisation?id=org-0", "/reports/rows?table=needs"} <= set(page.links)
    assert "h1" not in page.tags
    assert "html" not in page.tags
    assert "gofar-report__figure" in report_style()


def test_an_id_is_no_column_of_the_page() -> None:
    html = render_document(full_report())
    assert "org-0" not in html
    assert "Aspen Advice" in html


def test_what_is_withheld_is_explained() -> None:
    html = render_document(full_report())
    assert "by which somebody could be recognised" in html
    assert "What is not shown" not in render_document(empty_report())


def test_edited_words_are_said_to_be_the_coordinators() -> None:
    report = full_report()
    new = {"report.introduction": "One <b>.\n\nTwo.", "section.gaps.comment": "We asked."}
    html = render_document(apply_words(report, check_words(report, new)))
    assert "<bdi>One &lt;b&gt;.</bdi>" in html
    assert "<bdi>Two.</bdi>" in html
    assert "Words edited by the coordinator: the introduction; the comment of" in html
    assert "edited by" not in render_document(report)


def test_a_long_table_says_how_many_rows_there_are() -> None:
    names = tuple(f"Organisation {number}" for number in range(40))
    assert "10 of 40 rows; all are in the workbook and the data file." in render_document(
        full_report(names)
    )
