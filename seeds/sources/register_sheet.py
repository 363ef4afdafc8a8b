"""A list of charities as registers publish it or somebody made it from one: a row is a charity.

Downloads of the Scottish (OSCR) and the Northern Irish (CCNI) register, and spreadsheets with
numbers, names and activities. The office and the area of operation are different things: where a
charity works is taken from the area of operation alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from seeds.columns import map_columns
from seeds.problems import Problem, Where
from seeds.reading.reader import Head, Reader
from seeds.reading.sheets import Sheet
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.register_columns import REGISTER
from seeds.sources.register_rows import RegisterRows

__all__ = ["RegisterSheet"]

# What a list that members fill in doesn't have.
_TELLING = (
    "status",
    "active",
    "registered_on",
    "removed_on",
    "purposes",
    "beneficiaries",
    "area_of_operation",
    "office_authority",
    "regulator",
    "spread",
)
_ENOUGH = 2
# Surer than our template is of a list with its own titles, which has none of the above.
_SURE = 0.96


class RegisterSheet(Source):
    """Charities of any register, one a row."""

    name: ClassVar[str] = "register"
    title: ClassVar[str] = "a list of charities from a register (number, name, activities, status)"
    authority: ClassVar[int] = 2
    is_register: ClassVar[bool] = True

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        best = max(
            (_confidence(titles) for head in heads for _, titles in head.sheets), default=0.0
        )
        return Recognition(best, "it has the numbers and names of registered charities")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        rows = RegisterRows(context)
        for head in reader.heads():
            sheets = [sheet for sheet in reader.sheets(head.file) if _confidence(sheet.titles)]
            if not sheets:
                yield Where(head.file).fault(
                    "The file is no list of charities, so it is left out.", is_warning=True
                )
            for sheet in sheets:
                yield from _read(sheet, rows)
        yield from rows.finish()


def _confidence(titles: Sequence[str]) -> float:
    found = map_columns(titles, REGISTER)
    has_number = "charity_number" in found or "org_id" in found
    if "name" not in found or not has_number:
        return 0.0
    telling = sum(name in found for name in _TELLING)
    return _SURE if telling >= _ENOUGH else 0.0


def _read(sheet: Sheet, rows: RegisterRows) -> Iterator[Item]:
    columns = map_columns(sheet.titles, REGISTER)
    for guess in columns.guesses:
        yield Where(sheet.file, sheet.name).fault(f"The {guess}.", is_warning=True)
    problems: list[Problem] = []
    for row in sheet.rows(problems.append):
        yield from problems
        problems.clear()
        yield from rows.of(sheet, columns, row)
    yield from problems
