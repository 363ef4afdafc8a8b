"""A report as a page: a whole document that opens anywhere, or a part of one of our pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.content import check_report, content_hash
from reports.ports import NO_LINKS, Links
from reports.render.charts import draw_chart
from reports.render.view import (
    anchors,
    is_behind,
    laid_out,
    paragraphs,
    printable,
    shown_rows,
    table_view,
)
from reports.render.wording import (
    CONFIDENCE,
    DIRECTIONS,
    NO_ROWS,
    cell_text,
    citation,
    day_text,
    edited_text,
    figure_facts,
    figure_text,
    is_numeric,
    period_text,
    rows_note,
    withheld_notes,
)
from reports.report import Cell, Report, Withheld

__all__ = ["render_document", "render_fragment", "report_style"]

_TEMPLATES = Path(__file__).parent / "templates"


def render_document(report: Report, links: Links = NO_LINKS) -> str:
    """Return a whole HTML document with its style in it and no script; raises InvalidReport."""
    # Not escaped: it is our own file, and the parser knows no entities inside a style element.
    style = Markup(_read("own.css") + _read("report.css"))  # noqa: S704
    return _environment().get_template("page.html").render(_context(report, links), style=style)


def render_fragment(report: Report, links: Links = NO_LINKS) -> Markup:
    """Return the body for one of our pages, which brings :func:`report_style`; see above."""
    made = _environment().get_template("report.html").render(_context(report, links))
    return Markup(made)  # noqa: S704  escaped by the template


def report_style() -> str:
    """Return the style of the parts that only reports have, for the page around a fragment."""
    return _read("report.css")


def _context(report: Report, links: Links) -> dict[str, Any]:
    check_report(report)
    known_hash = content_hash(report)
    report = printable(report)
    sections, rest = laid_out(report)
    tables = {table.id: table for table in report.tables}
    names = anchors(report)
    return {
        "report": report,
        "sections": sections,
        "rest": rest,
        "has_rest": bool(rest.figures or rest.charts or rest.tables),
        "anchors": names,
        "labels": {figure.id: figure.label for figure in report.figures},
        "drawings": {
            chart.id: draw_chart(
                chart, tables[chart.table], key=f"drawn-{names[f'chart {chart.id}']}"
            )
            for chart in report.charts
        },
        "period": period_text(report),
        "as_of": day_text(report.as_of),
        "notes": withheld_notes(report),
        "edited": edited_text(report),
        "citation": citation(report, known_hash),
        "content_hash": known_hash,
        "is_titled": links.is_titled,
        "rows_link": links.rows,
        "link": lambda key: _link(links, key),
    }


def _link(links: Links, key: Cell) -> str:
    if links.organisation is None or not isinstance(key, str) or not key:
        return ""
    return links.organisation(key)


@cache
def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        directions=DIRECTIONS,
        confidence=CONFIDENCE,
        no_rows=NO_ROWS,
        cell_text=cell_text,
        figure_text=figure_text,
        figure_facts=figure_facts,
        numeric=is_numeric,
        paragraphs=paragraphs,
        rows_note=rows_note,
        is_behind=is_behind,
        shown_rows=shown_rows,
        table_view=table_view,
        withheld=lambda value: isinstance(value, Withheld),
    )
    return made
