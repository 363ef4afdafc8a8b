"""The register of charities in England and Wales: the Charity Commission's public extract.

``publicextract.charity`` is needed; ``…charity_area_of_operation``, ``…charity_classification``,
``…charity_other_names``, ``…charity_annual_return_parta`` and ``…charity_event_history`` say more.
Trustees, telephone numbers and e-mail addresses are never read, since they are about people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from graph.errors import UnsupportedFormat
from seeds.problems import Problem, Where
from seeds.reading.reader import Head, Reader
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.charity_records import CharityRecords
from seeds.sources.charity_sides import Sides
from seeds.sources.charity_tables import ExtractTable, tables_of, which_table
from seeds.sources.selection import Selection

__all__ = ["CharityCommission"]

_AREAS = "charity_area_of_operation"


class CharityCommission(Source):
    """Every main charity of the extract, or those of one place."""

    name: ClassVar[str] = "charity-commission"
    title: ClassVar[str] = (
        "the Charity Commission's public extract (publicextract.charity and others)"
    )
    authority: ClassVar[int] = 2
    is_register: ClassVar[bool] = True

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        found = sorted({name for head in heads if (name := which_table(head))})
        if not found:
            return Recognition(0.0)
        # One table without the main one is recognised too, to say what is missing.
        confidence = 0.97 if "charity" in found else 0.7
        return Recognition(confidence, f"it has the tables {', '.join(found)}")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        problems: list[Problem] = []
        tables = tables_of(reader, problems)
        _refuse_without_areas(reader, tables, Selection.of(context.options))
        yield from problems
        yield from _other_days(tables)
        sides = Sides()
        yield from sides.read(tables)
        yield from CharityRecords(context, tables, sides).items()


def _refuse_without_areas(
    reader: Reader, tables: dict[str, ExtractTable], selection: Selection
) -> None:
    """Raise UnsupportedFormat where nobody could be found to work in the place."""
    if selection.place and not selection.with_office and _AREAS not in tables:
        raise UnsupportedFormat(
            ", ".join(reader.files),
            "lacks the table of areas of operation, so nobody is known to work in the place",
            remedy=f"Add publicextract.{_AREAS}, or take those with an office there (--office).",
        )


def _other_days(tables: dict[str, ExtractTable]) -> Iterator[Problem]:
    """Yield a warning for each table that is not of the day of the main one."""
    day = tables["charity"].extracted_on()
    for name, table in tables.items():
        other = table.extracted_on()
        if day and other and other != day:
            yield Where(table.file).fault(
                f"The table {name} is of {other.isoformat()}, that of the charities of "
                f"{day.isoformat()}, so the two may not agree.",
                remedy="Download all tables on the same day.",
                is_warning=True,
            )
