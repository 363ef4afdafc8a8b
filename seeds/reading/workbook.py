"""Reading Excel workbooks: guarded, in a process of their own, spooled to a temporary file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from graph.errors import LimitExceeded, UnreadableFile
from seeds.problems import Problem, Where
from seeds.reading import limits
from seeds.reading.archive import check_archive
from seeds.reading.sheets import Sheet, find_header

__all__ = ["read_workbook"]

_CHILD = Path(__file__).with_name("workbook_child.py")
_SPOOL_BYTES = 1_000_000_000
_SAMPLE_ROWS = 30


def read_workbook(
    path: Path, spool: IO[bytes], report: Callable[[Problem], None] | None = None
) -> list[Sheet]:
    """Return the sheets that have titles; their rows lie in ``spool`` until they are asked for."""
    check_archive(path)
    _take_apart(path, spool)
    sheets: list[Sheet] = []
    for part in _parts(path, spool):
        sheet = _sheet(path, spool, part)
        if sheet is not None:
            sheets.append(sheet)
            if report is not None:
                _report_merged(sheet, part, report)
    return sheets


@dataclass(frozen=True, slots=True)
class _Part:
    """One sheet in the spool: where its rows begin and end."""

    name: str
    begin: int
    end: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: row, column, last row, last column, from 0; of too many the first."""


def _take_apart(path: Path, spool: IO[bytes]) -> None:
    command = [
        sys.executable,
        "-P",  # the script's folder must not come first on the path: ours would shadow others
        str(_CHILD),
        str(path.resolve()),
        *map(
            str,
            (
                limits.CHILD_BYTES,
                limits.CHILD_SECONDS,
                _SPOOL_BYTES,
                limits.COLUMNS,
                limits.SHEET_ROWS,
            ),
        ),
    ]
    try:
        done = subprocess.run(  # noqa: S603  our own script; the path is one argument
            command,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=limits.CHILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(path) from error
    if done.returncode == -_SIGXCPU:
        raise _too_slow(path)
    if done.returncode:
        # Out of memory, Rust code ends the process instead of raising.
        raise _too_large(path)


_SIGXCPU = 24


def _too_slow(path: Path) -> LimitExceeded:
    return LimitExceeded(
        path.name,
        f"{limits.CHILD_SECONDS} seconds",
        "it takes longer to read",
        remedy="Save the sheet as CSV.",
    )


def _too_large(path: Path) -> LimitExceeded:
    return LimitExceeded(
        path.name,
        f"{limits.CHILD_BYTES // 1_000_000} MB",
        "it needs more memory to read",
        remedy="Save the sheet as CSV, and remove stray cells far from the table.",
    )


def _parts(path: Path, spool: IO[bytes]) -> list[_Part]:
    """Find the sheets in the spool; raise what the child had to say."""
    spool.seek(0)
    found: list[_Part] = []
    name, begin, position = "", 0, 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    for line in spool:
        position += len(line)
        if line.startswith(b"["):
            continue
        said = json.loads(line)
        _complain(path, said)
        if name:
            found.append(_Part(name, begin, position - len(line), merged))
        if "end" in said:
            return found
        name, begin = said["sheet"], position
        merged = tuple(map(tuple, said["merged"]))
    raise _too_large(path)


def _complain(path: Path, said: dict[str, Any]) -> None:
    if "refused" in said:
        raise UnreadableFile(
            path.name, said["refused"], remedy="Open it in Excel and save it again as .xlsx."
        )
    if "memory" in said:
        raise _too_large(path)
    limits.check_columns(f"{path.name}, sheet {said.get('sheet')!r}", said.get("width", 0))
    if said.get("height", 0) > limits.SHEET_ROWS:
        raise LimitExceeded(
            path.name,
            f"{limits.SHEET_ROWS:,} rows",
            f"{said['height']:,} rows in sheet {said['sheet']!r}",
            remedy="Cut it into several files.",
        )


def _sheet(path: Path, spool: IO[bytes], part: _Part) -> Sheet | None:
    def numbered() -> Iterator[tuple[int, list[str]]]:
        return _rows(path, spool, part)

    header_row, titles = find_header(list(islice(numbered(), _SAMPLE_ROWS)))
    if not titles:
        return None
    return Sheet(path.name, part.name, titles, numbered, header_row)


def _report_merged(sheet: Sheet, part: _Part, report: Callable[[Problem], None]) -> None:
    """Report merged cells from the titles down: only the first of them has the value."""
    merged = [cells for cells in part.merged if cells[2] + 1 >= sheet.header_row]
    if not merged:
        return
    shown = ", ".join(
        f"{_cell_name(row, column)}:{_cell_name(last_row, last_column)}"
        for row, column, last_row, last_column in merged[:_MERGED_SHOWN]
    )
    more = f" and {len(merged) - _MERGED_SHOWN:,} more" if len(merged) > _MERGED_SHOWN else ""
    report(
        Where(sheet.file, sheet.name).fault(
            f"Cells are merged ({shown}{more}): only the first of them holds the text, the others "
            "count as empty.",
            remedy="Unmerge them and write the text into each cell that it is meant for.",
        )
    )


_MERGED_SHOWN = 3
_LETTERS = 26


def _cell_name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _rows(path: Path, spool: IO[bytes], part: _Part) -> Iterator[tuple[int, list[str]]]:
    position = part.begin
    while position < part.end:
        # Sought each time: two sheets may be read in turns from the one spool.
        spool.seek(position)
        line = spool.readline()
        position += len(line)
        number, cells = json.loads(line)
        for cell in cells:
            if len(cell) > limits.CELL_CHARACTERS:
                raise LimitExceeded(
                    f"{path.name}, sheet {part.name!r}, row {number}",
                    f"{limits.CELL_CHARACTERS:,} characters in a cell",
                    f"one has {len(cell):,}",
                )
        yield number, cells
