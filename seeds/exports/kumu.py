"""Kumu: its JSON blueprint, a workbook with two sheets, or two CSV files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, ClassVar

import xlsxwriter

from graph.errors import LimitExceeded
from graph.model import KINDS, Node, Relationship
from graph.snapshot import Snapshot
from seeds.exports.base import Export, nodes_of, ties_of, words_of
from seeds.exports.tables import (
    NODE_TITLES,
    TIE_TITLES,
    Row,
    cells_of,
    fitting,
    row_of,
    write_csv,
)
from seeds.interchange.spelling import KUMU_CSV, WORKBOOK
from seeds.reading.limits import CELL_CHARACTERS, ROWS

__all__ = ["KumuBlueprint", "KumuTables", "KumuWorkbook"]

# Label has to stand in A1, and From and To in A1 and B1.
_ELEMENTS = ("Label", "ID", "Type", *NODE_TITLES)
_CONNECTIONS = ("From", "To", "Direction", "Type", "Label", *TIE_TITLES)
_SHEET_CHARACTERS = 32_767
# The same bytes for everybody, whenever it is made.
_CREATED = datetime(2026, 11, 1)  # noqa: DTZ001  the format knows no time zones


def _element(node: Node) -> Row:
    return row_of(node, Label=node.name, ID=node.id, Type=KINDS[node.kind].label)


def _connection(tie: Relationship) -> Row:
    return row_of(
        tie,
        From=tie.from_id,
        To=tie.to_id,
        Direction="undirected" if tie.is_symmetric else "directed",
        Type=tie.kind.replace("_", " "),
        Label=words_of(tie),
    )


class KumuBlueprint(Export):
    """One JSON file with elements and connections."""

    name: ClassVar[str] = "kumu-json"
    title: ClassVar[str] = "Kumu blueprint (JSON)"
    note: ClassVar[str] = "For Kumu, by import or as a remote link. Holds every fact."
    suffix: ClassVar[str] = ".json"

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.write('{"elements": [')
            _write_items(file, map(_element, nodes_of(snapshot)))
            file.write('],\n"connections": [')
            _write_items(file, ({"Id": tie.id, **_connection(tie)} for tie in ties_of(snapshot)))
            file.write("]}\n")
        return Counter()


def _write_items(file: IO[str], rows: Iterator[Row]) -> None:
    separator = "\n"
    for row in rows:
        item = {title.lower(): value for title, value in row.items()}
        file.write(separator + json.dumps(item, ensure_ascii=False))
        separator = ",\n"


class KumuTables(Export):
    """Two CSV files."""

    name: ClassVar[str] = "kumu-csv"
    title: ClassVar[str] = "Tables for Kumu (CSV)"
    note: ClassVar[str] = "Two tables, elements.csv and connections.csv. Holds every fact."
    files: ClassVar[tuple[str, ...]] = ("elements.csv", "connections.csv")

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        left_out: Counter[str] = Counter()
        for file, titles, rows in (
            (self.files[0], _ELEMENTS, map(_element, nodes_of(snapshot))),
            (self.files[1], _CONNECTIONS, map(_connection, ties_of(snapshot))),
        ):
            write_csv(out / file, titles, rows, KUMU_CSV, CELL_CHARACTERS, left_out)
        return left_out


class KumuWorkbook(Export):
    """One workbook. Its cells are text or numbers, never formulas."""

    name: ClassVar[str] = "kumu-xlsx"
    title: ClassVar[str] = "Workbook for Kumu (Excel)"
    note: ClassVar[str] = (
        "One workbook with the sheets Elements and Connections, which Excel opens as well. "
        "Holds every fact but text of more than 32,767 characters."
    )
    suffix: ClassVar[str] = ".xlsx"

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        left_out: Counter[str] = Counter()
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
        }
        with xlsxwriter.Workbook(out, options) as workbook:
            workbook.set_properties({"title": "gofar network", "created": _CREATED})
            for name, titles, rows in (
                ("Elements", _ELEMENTS, map(_element, nodes_of(snapshot))),
                ("Connections", _CONNECTIONS, map(_connection, ties_of(snapshot))),
            ):
                sheet = workbook.add_worksheet(name)
                sheet.freeze_panes(1, 0)
                _write_sheet(sheet, titles, rows, left_out)
        return left_out


def _write_sheet(
    sheet: Any, titles: Sequence[str], rows: Iterator[Row], left_out: Counter[str]
) -> None:
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title)
    for number, row in enumerate(rows, start=1):
        if number >= ROWS:
            raise LimitExceeded(
                "The workbook",
                f"{ROWS:,} rows in a sheet",
                "the network has more",
                remedy="Choose the blueprint or the tables for Kumu instead.",
            )
        cells = fitting(cells_of(row, titles, WORKBOOK), _SHEET_CHARACTERS, left_out)
        for column, (title, cell) in enumerate(zip(titles, cells, strict=True)):
            value = row.get(title)
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            # A workbook keeps 16 digits; a number that needs more stays exact as text.
            if is_number and float(f"{value:.16G}") == value:
                sheet.write_number(number, column, value)
            elif cell:
                sheet.write_string(number, column, cell)
