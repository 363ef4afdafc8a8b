"""A table as every source sees it, whatever it was read from: titles, and rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from seeds.problems import Problem, Where

__all__ = ["Cells", "Row", "Sheet", "find_header"]

Cells = Sequence[str]
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells, as many as there are titles."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with titles. ``rows`` may be called again and again; it reads from the start.

    ``name`` is '' where a file holds one table only.
    """

    file: str
    name: str
    titles: tuple[str, ...]
    numbered: Callable[[], Iterable[tuple[int, list[str]]]]
    header_row: int = 1

    def rows(self, report: Callable[[Problem], None] | None = None) -> Iterator[Row]:
        """Yield rows that hold anything; report those that don't fit under the titles."""
        width = len(self.titles)
        for number, cells in self.numbered():
            if number <= self.header_row or not any(cells):
                continue
            if len(cells) > width and any(cells[width:]):
                if report is not None:
                    report(self._ragged(number, len(cells)))
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            yield Row(number, cells[:width] if len(cells) > width else cells)

    def where(self, row: Row, column: str = "") -> Where:
        """Return the spot of a row, or of one of its cells."""
        return Where(self.file, self.name, row.number, column)

    def _ragged(self, number: int, found: int) -> Problem:
        return Where(self.file, self.name, number).fault(
            f"The row has {found} cells, but there are {len(self.titles)} titles.",
            remedy="Put cells that hold the separator between quotation marks.",
        )


def find_header(first: Sequence[tuple[int, Cells]]) -> tuple[int, tuple[str, ...]]:
    """Return the row number and the titles: the first row about as wide as those below it.

    Spreadsheets often begin with a heading and an empty line before the titles. Returns
    ``(0, ())`` when there is nothing at all.
    """
    filled = [(number, cells, sum(map(bool, cells))) for number, cells in first[:_HEADER_WITHIN]]
    widest = max((count for _, _, count in filled), default=0)
    for number, cells, count in filled:
        if 2 * count > widest:
            return number, _trimmed(cells)
    return 0, ()


def _trimmed(cells: Cells) -> tuple[str, ...]:
    titles = [" ".join(cell.split()) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)
