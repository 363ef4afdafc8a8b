"""A report as PDF/UA-1, set by typst; its text reaches the template as data only.

The same report gives the same bytes on every machine: only the fonts inside typst are used, and
the time in the file is the day that the report is of.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.content import check_report, content_hash
from reports.render.charts import draw_chart
from reports.render.view import (
    Laid,
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
from reports.report import Chart, Definition, Direction, Figure, Finding, Report, Table, Withheld

__all__ = ["render_pdf"]

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_MISSING = "\u25a1"
_MISSING_NOTE = f"{_MISSING} stands for a letter that this file has no type for; the page has it."
_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = 12
# Every font in typst has these; others are tried.
_SURE = re.compile("[\n -~\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2212]+")
_WIDEST, _NARROWEST = 32, 10


def render_pdf(report: Report) -> bytes:
    """Return the report as PDF/UA-1; raises InvalidReport."""
    check_report(report)
    made = _Setter(printable(report), content_hash(report)).data()
    spelt = json.dumps(made, ensure_ascii=False)
    unknown = _unknown("".join(sorted(set(_SURE.sub("", spelt)))))
    if unknown:
        spelt = re.sub(f"[{re.escape(unknown)}]", _MISSING, spelt)
        made = json.loads(spelt)
        made["notes"].append(_MISSING_NOTE)
        spelt = json.dumps(made, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data.json").write_text(spelt, encoding="utf-8")
        (root / "report.typ").write_bytes(_TEMPLATE.read_bytes())
        return _compiled(root / "report.typ", root, datetime.combine(report.as_of, time(), UTC))


def _compiled(source: Path, root: Path, moment: datetime) -> bytes:
    return typst.compile(
        source,
        root=root,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=moment,
    )


@cache
def _unknown(letters: str) -> str:
    """Return which of some letters no font in typst has, by halving until it is known."""
    if not letters or _can_set(letters):
        return ""
    if len(letters) == 1:
        return letters
    middle = len(letters) // 2
    return _unknown(letters[:middle]) + _unknown(letters[middle:])


def _can_set(letters: str) -> bool:
    source = (
        '#set document(title: "x")\n'
        '#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"))\n'
        "#for letter in json(bytes(sys.inputs.letters)) { par(letter) }"
    )
    try:
        typst.compile(
            source.encode(),
            sys_inputs={"letters": json.dumps(list(letters))},
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True


class _Setter:
    """Turns a report into what the template reads: texts, and the names that links lead to."""

    def __init__(self, report: Report, known_hash: str) -> None:
        self._report = report
        self._hash = known_hash
        self._anchors = anchors(report)
        self._labels = {figure.id: figure.label for figure in report.figures}

    def data(self) -> dict[str, Any]:
        report = self._report
        sections, rest = laid_out(report)
        period = period_text(report)
        title = _broken(report.settings.title)
        return {
            "title": title,
            "title-size": 30 if len(title) <= 60 else 22 if len(title) <= 120 else 16,
            "period": period,
            "as-of": f"As of {day_text(report.as_of)}",
            "header": _short(report.settings.title, 80),
            "footer": f"gofar report {self._hash[:16]}",
            "is-public": report.settings.is_public,
            "introduction": _parts(report.introduction),
            "sections": [self._section(laid) for laid in sections],
            "rest": self._section(rest),
            "has-rest": bool(rest.figures or rest.charts or rest.tables),
            "definitions": [self._definition(each) for each in report.definitions],
            "notes": list(withheld_notes(report)),
            "edited": _broken(edited_text(report)),
            "citation": _broken(citation(report, self._hash)),
            "hashes": _broken(
                f"Report {self._hash}; network {report.network_hash}"
                + (f"; compared with {report.previous_hash}." if report.previous_hash else ".")
            ),
        }

    def _section(self, laid: Laid) -> dict[str, Any]:
        section = laid.section
        return {
            "title": _broken(section.title),
            "lead": _parts(section.lead),
            "comment": _parts(section.comment),
            "paragraphs": [_parts(each) for each in section.paragraphs],
            "findings": [self._finding(each) for each in section.findings],
            "figures": [self._figure(each) for each in laid.figures],
            "charts": [self._chart(*each) for each in laid.charts],
            "tables": [self._table(each) for each in laid.tables],
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "headline": _broken(finding.headline),
            "detail": _parts(finding.detail),
            "direction": _sign(finding.direction),
            "confidence": CONFIDENCE[finding.confidence],
            "why": _broken(finding.why_confident),
            "figures": [
                {"label": _broken(self._labels[key]), "anchor": self._anchors[f"figure {key}"]}
                for key in finding.figures
            ],
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        return {
            "anchor": self._anchors[f"figure {figure.id}"],
            "label": _broken(figure.label),
            "number": _broken(figure_text(figure)),
            "withheld": isinstance(figure.value, Withheld),
            "facts": list(figure_facts(figure)),
            "direction": _sign(figure.direction),
            "definition": self._anchors[f"definition {figure.definition}"],
            "table": self._anchors[f"table {figure.table}"],
        }

    def _chart(self, chart: Chart, table: Table, is_here: bool) -> dict[str, Any]:
        return {
            "title": _broken(chart.title),
            "description": _broken(chart.description),
            "alt": f"{chart.title}. {chart.description}",
            "drawing": str(draw_chart(chart, table)),
            "table": self._table(table) if is_here else None,
            "table-anchor": self._anchors[f"table {table.id}"],
        }

    def _table(self, table: Table) -> dict[str, Any]:
        columns = table_view(table).columns
        kinds = [table.columns[at].kind for at in columns]
        titles = [_broken(table.columns[at].title) for at in columns]
        rows = [
            [_broken(cell_text(row[at], kind)) for at, kind in zip(columns, kinds, strict=True)]
            for row in shown_rows(table)
        ]
        widths = _widths(titles, rows)
        empty = "" if table.rows else NO_ROWS
        if table.withheld is not None:
            empty = f"The rows are not shown: {table.withheld.value}."
        return {
            "anchor": self._anchors[f"table {table.id}"],
            "title": _broken(table.title),
            "note": _parts(table.note),
            "columns": [
                {"title": title, "numeric": is_numeric(kind), "width": width}
                for title, kind, width in zip(titles, kinds, widths, strict=True)
            ],
            "rows": rows,
            "rows-note": "" if empty else rows_note(len(rows), len(table.rows)),
            "is-behind": is_behind(table),
            "empty": empty,
        }

    def _definition(self, definition: Definition) -> dict[str, Any]:
        more = (
            ("Formula", definition.formula),
            ("Example", definition.example),
            ("Source", definition.source),
        )
        return {
            "anchor": self._anchors[f"definition {definition.id}"],
            "term": _broken(definition.term),
            "meaning": _parts(definition.meaning),
            "more": [(name, _broken(words)) for name, words in more if words],
        }


def _sign(direction: Direction) -> dict[str, str]:
    sign = DIRECTIONS[direction]
    return {"symbol": sign.symbol, "words": sign.words, "tone": sign.tone}


def _parts(text: str) -> list[str]:
    return [_broken(part) for part in paragraphs(text)]


def _broken(text: str) -> str:
    """Return text in which a long word may break anywhere, so that it stays on the page."""
    return _LONG_WORD.sub(
        lambda found: "\u200b".join(
            found[0][start : start + _PIECE] for start in range(0, len(found[0]), _PIECE)
        ),
        text,
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide columns are, relative to each other: as their longest text, within limits."""
    longest = [
        max([_title_width(title), *(len(row[at]) + 2 for row in rows)])
        for at, title in enumerate(titles)
    ]
    return [min(max(each, _NARROWEST), _WIDEST) for each in longest]


def _title_width(title: str) -> int:
    """Return what a title needs: its longest word, and no more than a line of twelve."""
    words = max((len(word) for word in title.split()), default=0)
    return max(words + 2, min(len(title), _PIECE))
