"""The tables of the Charity Commission's public extract: which is which, and their rows.

A table is JSON (one list of objects) or tab-separated text; it is known by its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from graph.errors import UnsupportedFormat
from seeds.problems import Problem, Where
from seeds.reading.formats import Format
from seeds.reading.reader import Head, Reader
from seeds.reading.values import as_date, text_of_json

__all__ = ["LEFT_OUT", "TABLES", "ExtractTable", "Values", "tables_of", "which_table"]

Values = Sequence[str]
_EXTRACTED = "date_of_extract"
_KEY = "organisation_number"

# What each table has that no other has, and what is read of it.
TABLES: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = MappingProxyType(
    {
        "charity": (
            frozenset({_KEY, "charity_name", "charity_registration_status"}),
            (
                _KEY,
                "linked_charity_number",
                "registered_charity_number",
                "charity_registration_status",
                "charity_name",
                "charity_type",
                "date_of_removal",
                "latest_income",
                "charity_contact_postcode",
                "charity_contact_web",
                "charity_company_registration_number",
                "charity_activities",
                _EXTRACTED,
            ),
        ),
        "charity_area_of_operation": (
            frozenset({_KEY, "geographic_area_type", "geographic_area_description"}),
            (_KEY, "linked_charity_number", "geographic_area_type", "geographic_area_description"),
        ),
        "charity_classification": (
            frozenset({_KEY, "classification_code"}),
            (_KEY, "linked_charity_number", "classification_code"),
        ),
        "charity_other_names": (
            frozenset({_KEY, "charity_name_type", "charity_name"}),
            (_KEY, "linked_charity_number", "charity_name"),
        ),
        "charity_event_history": (
            frozenset({_KEY, "event_type", "date_of_event"}),
            (
                _KEY,
                "registered_charity_number",
                "event_type",
                "date_of_event",
                "assoc_organisation_number",
                "assoc_registered_charity_number",
            ),
        ),
        "charity_annual_return_parta": (
            frozenset({_KEY, "total_gross_income"}),
            (
                _KEY,
                "fin_period_end_date",
                "total_gross_income",
                "grant_making_is_main_activity",
            ),
        ),
    }
)
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "trustee_name": "It lists trustees. Those are people, so it isn't read at all.",
        "governing_document_description": "It holds governing documents, which gofar doesn't read.",
        "charitable_objects": "It holds governing documents, which gofar doesn't read.",
        "policy_name": "It lists policies, which gofar doesn't read.",
        "regulator_name": "It lists other regulators, which gofar doesn't read.",
        "accounts_qualified": "It lists past annual returns, which gofar doesn't read.",
        "date_annual_return_received": "It lists past annual returns, which gofar doesn't read.",
        "latest_fin_period_submitted_ind": "It holds a part of annual returns that isn't read.",
    }
)


@dataclass(frozen=True, slots=True)
class ExtractTable:
    """One table of the extract. ``columns`` are those that are read, in this order in each row."""

    name: str
    file: str
    reader: Reader
    titles: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        return TABLES[self.name][1]

    def where(self, number: int, column: str = "") -> Where:
        """Return the spot of a row: as a spreadsheet counts, or the item of a JSON list."""
        return Where(self.file, row=number, column=column)

    def rows(self, problems: list[Problem] | None = None) -> Iterator[tuple[int, Values]]:
        """Yield (number, values of ``columns``); what can't be read goes to ``problems``."""
        if self.reader.format_of(self.file) is Format.JSON:
            yield from self._items(problems)
            return
        (sheet,) = self.reader.sheets(self.file)
        at = [_position(sheet.titles, name) for name in self.columns]
        for row in sheet.rows(None if problems is None else problems.append):
            cells = row.cells
            yield row.number, [cells[i] if i >= 0 else "" for i in at]

    def _items(self, problems: list[Problem] | None) -> Iterator[tuple[int, Values]]:
        columns = self.columns
        for number, (_, item) in enumerate(self.reader.items(self.file), start=1):
            if isinstance(item, dict):
                yield number, [_text(item.get(name)) for name in columns]
            elif problems is not None:
                problems.append(
                    self.where(number).problem(
                        item, "is no row of the table", remedy="Download the file again."
                    )
                )

    def extracted_on(self) -> date | None:
        """Return the day of the extract, after the first row that names one."""
        if self.reader.format_of(self.file) is not Format.JSON:
            (sheet,) = self.reader.sheets(self.file)
            at = _position(sheet.titles, _EXTRACTED)
            first = next(sheet.rows(), None)
            return as_date(first.cells[at]) if first is not None and at >= 0 else None
        _, item = next(self.reader.items(self.file), ("", None))
        return as_date(_text(item.get(_EXTRACTED))) if isinstance(item, dict) else None


def which_table(head: Head) -> str:
    """Return which table of the extract a file is, '' if none."""
    names = _names(head)
    return next((name for name, (needed, _) in TABLES.items() if needed <= names), "")


def _names(head: Head) -> frozenset[str]:
    if head.format is Format.JSON:
        return frozenset(head.item_keys) if head.keys == ("",) else frozenset()
    if len(head.sheets) != 1:
        return frozenset()
    return frozenset(title.casefold() for title in head.sheets[0][1])


def tables_of(reader: Reader, problems: list[Problem]) -> dict[str, ExtractTable]:
    """Return the tables by name; say which files are left out.

    Raises UnsupportedFormat for two files with one table, and where the main table is missing.
    """
    found: dict[str, ExtractTable] = {}
    for head in reader.heads():
        name = which_table(head)
        if not name:
            problems.append(Where(head.file).fault(_left_out(head), is_warning=True))
            continue
        if name in found:
            raise UnsupportedFormat(
                head.file,
                f"is the table publicextract.{name} once more, after {found[name].file}",
                remedy="Give each table once, as JSON or as text.",
            )
        found[name] = ExtractTable(name, head.file, reader, tuple(sorted(_names(head))))
    if "charity" not in found:
        raise UnsupportedFormat(
            ", ".join(reader.files),
            "lacks the table of the charities themselves",
            remedy="Add publicextract.charity, as JSON or as text.",
        )
    return found


def _left_out(head: Head) -> str:
    names = _names(head)
    if _KEY not in names:
        return "The file is no table of the public extract, so it is left out."
    return next(
        (why for name, why in LEFT_OUT.items() if name in names),
        "It is a table of the extract that gofar doesn't read.",
    )


def _position(titles: Sequence[str], name: str) -> int:
    plain = [title.casefold() for title in titles]
    return plain.index(name) if name in plain else -1


def _text(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return value.strip()
    if type(value) is int:
        return str(value)
    # A list or an object where a value should be says nothing that we could trust.
    return "" if isinstance(value, (dict, list)) else text_of_json(value)
