"""Days and months in two orders: 13/02/2026 and 02/13/2026 in one column contradict each other.

Dates are read with the day first. Where a column says otherwise, or says both, whoever imports has
to know, because 03/04/2026 would be a wrong day without anybody noticing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from seeds.problems import Problem, Where
from seeds.reading.sheets import Sheet

__all__ = ["date_order_problems"]

_PARTS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](?:\d{4}|\d{2})(?!\d)")
_SAMPLE = 200
_NAMED = 5
_MONTHS = 12
_DAYS = 31
_REMEDY = "Write all dates of the column as 2026-03-31, then import it again."


@dataclass(slots=True)
class _Column:
    """What the dates of one column say about their order; of rows, the first few are kept."""

    day_first: list[tuple[int, str]] = field(default_factory=list)
    month_first: list[tuple[int, str]] = field(default_factory=list)
    month_first_count: int = 0
    either_count: int = 0

    def take(self, row: int, text: str) -> None:
        match = _PARTS.match(text)
        if match is None:
            return
        first, second = int(match[1]), int(match[2])
        if _MONTHS < first <= _DAYS and second <= _MONTHS:
            if not self.day_first:
                self.day_first.append((row, text))
        elif first <= _MONTHS < second <= _DAYS:
            self.month_first_count += 1
            if len(self.month_first) < _NAMED:
                self.month_first.append((row, text))
        elif first != second and first <= _MONTHS and second <= _MONTHS:
            self.either_count += 1


def date_order_problems(sheet: Sheet) -> Iterator[Problem]:
    """Yield a problem for each column whose dates don't all have the day first."""
    wanted = _columns_of_dates(sheet)
    if not wanted:
        return
    columns = {at: _Column() for at in wanted}
    for row in sheet.rows():
        for at, column in columns.items():
            if row.cells[at]:
                column.take(row.number, row.cells[at])
    for at, column in columns.items():
        if column.month_first:
            where = Where(sheet.file, sheet.name, column=sheet.titles[at])
            yield where.fault(_message(column), remedy=_REMEDY)


def _columns_of_dates(sheet: Sheet) -> list[int]:
    found: set[int] = set()
    for row in islice(sheet.rows(), _SAMPLE):
        found.update(at for at, cell in enumerate(row.cells) if cell and _PARTS.match(cell))
    return sorted(found)


def _message(column: _Column) -> str:
    rows = _listed(column.month_first, column.month_first_count)
    read = f" {column.either_count:,} more, such as 03/04/2026, were read with the day first."
    either = read if column.either_count else ""
    if column.day_first:
        row, text = column.day_first[0]
        return (
            f"The dates are in two orders: row {row} has the day first ({text[:20]!r}), {rows} "
            f"the month.{either}"
        )
    return f"The dates seem to have the month first ({rows}).{either}"


def _listed(rows: Sequence[tuple[int, str]], count: int) -> str:
    shown = ", ".join(f"row {row} ({text[:20]!r})" for row, text in rows)
    return f"{shown} and {count - len(rows):,} more" if count > len(rows) else shown
