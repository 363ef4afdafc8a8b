"""Reading CSV and its relatives: comma, semicolon, tab or bar, in any of our encodings."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from graph.errors import LimitExceeded, UnreadableFile
from seeds.problems import Problem, Where
from seeds.reading import limits
from seeds.reading.encoding import encoding_of
from seeds.reading.sheets import Sheet, find_header

__all__ = ["read_table"]

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 30

# The module's own default (131,072) is for all of Python; a longer cell is a mistake for us.
csv.field_size_limit(limits.CELL_CHARACTERS)


def read_table(
    path: Path, report: Callable[[Problem], None] | None = None, encoding: str = ""
) -> Sheet:
    """Return the table in a text file; its rows are read when they are asked for.

    ``encoding`` is found out where it isn't given.
    """
    encoding = encoding or encoding_of(path)
    first, delimiter = _sample(path, encoding)
    header_row, titles = find_header(first)
    if not titles:
        raise UnreadableFile(path.name, "is empty", remedy="Check that it was saved.")
    limits.check_columns(path.name, max(len(cells) for _, cells in first))

    def numbered() -> Iterator[tuple[int, list[str]]]:
        return _numbered(path, encoding, delimiter, report)

    return Sheet(path.name, "", titles, numbered, header_row)


def _sample(path: Path, encoding: str) -> tuple[list[tuple[int, list[str]]], str]:
    """Read the first rows by each delimiter, and keep the one that makes the best table."""
    best: list[tuple[int, list[str]]] = []
    chosen, most = ",", -1
    for delimiter in _DELIMITERS:
        rows = list(islice(_numbered(path, encoding, delimiter, None), _SAMPLE_ROWS))
        widths = [len(cells) for _, cells in rows if any(cells)]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        score = widths.count(common) * (common - 1)
        if score > most:
            best, chosen, most = rows, delimiter, score
    return best, chosen


def _numbered(
    path: Path, encoding: str, delimiter: str, report: Callable[[Problem], None] | None
) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="") as handle:
        # strict: a quotation mark that is never closed must not swallow the rest in silence.
        reader = csv.reader(_lines(handle, path.name), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            if number > limits.ROWS:
                raise LimitExceeded(
                    path.name,
                    f"{limits.ROWS:,} rows",
                    "it has more",
                    remedy="Cut it into several files.",
                )
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if report is not None:
                    report(_unreadable(path.name, number, str(error)))
                continue
            yield number, [cell.strip() for cell in cells]


def _lines(handle: TextIO, name: str) -> Iterator[str]:
    """Yield lines, but never more than a bounded piece of a file that has none."""
    while line := handle.readline(limits.LINE_CHARACTERS + 1):
        if len(line) > limits.LINE_CHARACTERS:
            raise LimitExceeded(
                name,
                f"{limits.LINE_CHARACTERS:,} characters in a line",
                "one line is longer",
                remedy="Check that it is a table with a row on each line.",
            )
        if "\0" in line:
            raise UnreadableFile(
                name, "is not text: it holds NUL characters", remedy="Save it again as CSV UTF-8."
            )
        yield line


def _unreadable(file: str, number: int, why: str) -> Problem:
    where = Where(file, row=number)
    if "field larger" in why:
        return where.fault(
            f"A cell has more than {limits.CELL_CHARACTERS:,} characters, so the row is left out.",
            remedy="Look for a quotation mark that is never closed.",
        )
    return where.fault(
        f"The row can't be read ({why}), so it is left out.",
        remedy='Double each quotation mark inside a quoted cell: "".',
    )
