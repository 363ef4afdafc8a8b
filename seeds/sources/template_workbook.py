"""The empty template to download: a sheet of each kind, examples, notes and the allowed words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from graph.vocabulary import Term
from seeds.sources.template_columns import EXAMPLE, SHEETS, TemplateSheet
from seeds.terms import TermKind, vocabulary

__all__ = ["write_template"]

_ROWS_WITH_LISTS = 2_000
_WIDTH = 24
# The same bytes for everybody, whenever it is made.
_CREATED = datetime(2026, 11, 1)  # noqa: DTZ001  the format knows no time zones
_TITLES_BY_KIND = {sheet.kind: sheet for sheet in SHEETS}
_ORDER = ("organisations", "offers_and_needs", "projects", "relationships")
_EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "organisations": (
        {
            "name": f"{EXAMPLE} Riverside Advice",
            "charity_number": "1234567",
            "type": "charity",
            "income": "£85,000",
            "postcode": "M16 7GX",
            "places": "Trafford; Salford",
            "themes": "Advice",
            "communities": "Older people",
        },
    ),
    "offers_and_needs": (
        {
            "organisation": f"{EXAMPLE} Riverside Advice",
            "skill": "Bid writing",
            "side": "offers",
            "level": "2",
            "capacity": "3",
        },
        {
            "organisation": f"{EXAMPLE} Riverside Advice",
            "skill": "Bookkeeping",
            "side": "needs",
            "urgency": "3",
            "until": "31/03/2027",
        },
    ),
    "projects": (
        {
            "title": f"{EXAMPLE} Warm Rooms",
            "starts": "01/11/2026",
            "ends": "31/03/2027",
            "places": "Trafford",
            "skills": "Safeguarding",
            "participants": "Riverside Advice (lead); Park Community Centre",
        },
    ),
    "relationships": (
        {
            "organisation": f"{EXAMPLE} Riverside Advice",
            "other": "Park Community Centre",
            "kind": "shares premises",
            "since": "01/04/2024",
            "strength": "0.8",
        },
    ),
}
_NOTES = (
    "Fill in what you know; empty cells are fine. Columns may be moved or left out.",
    f"Rows that begin with “{EXAMPLE}” show how it is done. They are never imported.",
    "Write lists with semicolons: Trafford; Salford.",
    "Write dates as 31/03/2027 or 2027-03-31.",
    "Name an organisation by its name, its charity number as GB-CHC-1234567, or its id in gofar.",
    "Skills, themes, communities and places have agreed words: see the sheets with these names.",
    "After the import you see a preview. Nothing is stored before you agree, and it can be undone.",
)
_WORDS: tuple[tuple[TermKind, str], ...] = (
    ("skill", "Skills"),
    ("theme", "Themes"),
    ("community", "Communities"),
    ("place", "Places"),
)


def write_template(target: Path | IO[bytes]) -> None:
    """Write the template as an Excel workbook. Nothing in it is a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": "gofar template", "created": _CREATED})
        bold = workbook.add_format({"bold": True, "bottom": 1})
        grey = workbook.add_format({"italic": True, "font_color": "#505a5f"})
        text = workbook.add_format({"num_format": "@"})
        _write_notes(workbook, bold)
        for kind in _ORDER:
            _write_sheet(workbook, _TITLES_BY_KIND[kind], bold, grey, text)
        for term_kind, name in _WORDS:
            _write_words(workbook, term_kind, name, bold)


def _write_notes(workbook: Any, bold: Any) -> None:
    sheet = workbook.add_worksheet("Notes")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 60)
    sheet.write_string(0, 0, "How to fill in this workbook", bold)
    row = 1
    for note in _NOTES:
        sheet.write_string(row, 0, note)
        row += 1
    for kind in _ORDER:
        row += 1
        sheet.write_string(row, 0, _TITLES_BY_KIND[kind].title, bold)
        for _, title, _, help_text in _TITLES_BY_KIND[kind].columns:
            row += 1
            sheet.write_string(row, 0, title)
            sheet.write_string(row, 1, help_text)
        row += 1


def _write_sheet(workbook: Any, kind: TemplateSheet, bold: Any, grey: Any, text: Any) -> None:
    sheet = workbook.add_worksheet(kind.title)
    # As text, so that a company number keeps its leading zero.
    sheet.set_column(0, len(kind.columns) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 0)
    for column, (field, title, _, help_text) in enumerate(kind.columns):
        sheet.write_string(0, column, title, bold)
        if help_text:
            sheet.write_comment(0, column, help_text)
        for row, example in enumerate(_EXAMPLES[kind.kind], start=1):
            sheet.write_string(row, column, example.get(field, ""), grey)
        if field == "side":
            choices: dict[str, Any] = {"validate": "list", "source": ["offers", "needs"]}
            sheet.data_validation(1, column, _ROWS_WITH_LISTS, column, choices)
        if field == "skill":
            count = len(vocabulary("skill"))
            choices = {
                "validate": "list",
                "source": f"=Skills!$A$2:$A${count + 1}",
                "error_type": "warning",
                "error_message": "Choose a word from the sheet Skills.",
            }
            sheet.data_validation(1, column, _ROWS_WITH_LISTS, column, choices)


def _write_words(workbook: Any, kind: TermKind, name: str, bold: Any) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.set_column(0, 1, 36)
    sheet.set_column(2, 2, 80)
    for column, title in enumerate(("Word", "Part of", "Also understood")):
        sheet.write_string(0, column, title, bold)
    words = vocabulary(kind)
    for row, term in enumerate(words, start=1):
        broader: Term | None = words.term(term.parent) if term.parent else None
        sheet.write_string(row, 0, term.label)
        sheet.write_string(row, 1, broader.label if broader else "")
        sheet.write_string(row, 2, "; ".join(term.synonyms))
