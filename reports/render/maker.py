"""The forms of reports as keeping and sending ask for them: see :class:`reports.ports.Maker`."""

from __future__ import annotations

from reports.content import read_report, write_report
from reports.ports import Builder, Maker, Words
from reports.render.as_csv import render_csv
from reports.render.as_html import render_document, render_fragment, report_style
from reports.render.as_pdf import render_pdf
from reports.render.as_xlsx import render_xlsx
from reports.report import Report
from reports.words import apply_words, blocks, check_words, fitting_words

__all__ = ["maker_of"]


def maker_of(build: Builder) -> Maker:
    """Return what makes reports by ``build`` and gives them every form.

    The public version is suppressed as it is built, so that no small count is ever stored in it.
    """
    return Maker(
        build=build,
        to_json=write_report,
        from_json=read_report,
        blocks=blocks,
        check_words=lambda report, words: dict(check_words(report, words).texts),
        to_html=lambda report, words, links: str(render_fragment(_in_words(report, words), links)),
        to_csv=render_csv,
        to_pdf=lambda report, words: render_pdf(_in_words(report, words)),
        to_xlsx=lambda report, words: render_xlsx(_in_words(report, words)),
        to_page=lambda report, words: _bytes(render_document(_in_words(report, words))),
        to_file=lambda report, words: _bytes(write_report(_in_words(report, words))),
        style=report_style,
    )


def _in_words(report: Report, words: Words) -> Report:
    return apply_words(report, fitting_words(report, words))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
