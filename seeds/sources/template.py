"""Our own template: organisations, offers and needs, projects, relationships.

A workbook with these sheets, a folder of CSV files or a single one; sheets are known by their
columns, so their names and the order of the columns are free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from graph.model import Provenance, Visibility
from seeds.columns import ColumnMap
from seeds.names import normalised
from seeds.problems import Problem, Skipped, Where
from seeds.reading.reader import Head, Reader
from seeds.reading.sheets import Sheet
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.template_columns import EXAMPLE, sheet_for
from seeds.sources.template_records import TemplateRecords
from seeds.sources.template_words import Cells

__all__ = ["Template"]

# Sheets of the downloadable workbook that are there to be read by people.
_FOR_READERS = frozenset({"notes", "skills", "themes", "communities", "places"})
_ORDER = ("organisations", "projects", "offers_and_needs", "relationships")


@dataclass(frozen=True, slots=True)
class _Table:
    kind: str
    sheet: Sheet
    columns: ColumnMap
    provenance: Provenance

    def rows(self, report: list[Item]) -> Iterator[Cells]:
        titles = {name: self.columns.title(name) for name in self.columns.positions}
        for row in self.sheet.rows(report.append):
            values = {name: self.columns.value(row.cells, name) for name in titles}
            if any(values.values()):
                yield Cells(values, titles, self.sheet.where(row))


class Template(Source):
    """What members and coordinators fill in themselves."""

    name: ClassVar[str] = "template"
    title: ClassVar[str] = "gofar's own template (organisations, offers and needs, projects, ties)"
    authority: ClassVar[int] = 3

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        found = [
            kind
            for head in heads
            for name, titles in head.sheets
            if (kind := sheet_for(name or _stem(head.file), titles)) is not None
        ]
        if not found:
            return Recognition(0.0)
        kinds = sorted({sheet.title.lower() for sheet, _, _ in found})
        return Recognition(
            max(confidence for _, _, confidence in found), f"it has {', '.join(kinds)}"
        )

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        tables: list[_Table] = []
        for file in reader.files:
            yield from self._tables(reader, context, file, tables)
        tables.sort(key=lambda table: _ORDER.index(table.kind))
        records = TemplateRecords(context)
        # Twice: an organisation may be named before the row that describes it.
        noted: list[Item] = []
        for table in tables:
            for cells in table.rows(noted):
                if _is_example(cells):
                    noted.append(Skipped("example row of the template", cells.where))
                else:
                    noted += records.gather(table.kind, cells, table.provenance)
            yield from noted
            noted.clear()
        yield from records.settle()
        for table in tables:
            for cells in table.rows([]):
                if not _is_example(cells):
                    yield from records.of(table.kind, cells, table.provenance)

    def _tables(
        self, reader: Reader, context: Context, file: str, tables: list[_Table]
    ) -> Iterator[Problem]:
        told = context.provenance(file, visibility=Visibility.MEMBERS)
        for sheet in reader.sheets(file):
            where = Where(file, sheet.name)
            known = sheet_for(sheet.name or _stem(file), sheet.titles)
            if known is None:
                if normalised(sheet.name) not in _FOR_READERS:
                    yield where.fault("It is no sheet of the template.", is_warning=True)
                continue
            kind, columns, _ = known
            tables.append(_Table(kind.kind, sheet, columns, told))
            for guess in columns.guesses:
                yield where.fault(f"The {guess}.", is_warning=True)


def _is_example(cells: Cells) -> bool:
    return any(cells.text(name).startswith(EXAMPLE) for name in ("name", "title", "organisation"))


def _stem(file: str) -> str:
    return file.rpartition(".")[0] or file
