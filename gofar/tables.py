"""Tables out of commands: CSV to a file or to the prompt."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from graph.errors import InputError
from graph.spreadsheets import guarded

__all__ = ["check_folder", "write_csv", "writing"]


def check_folder(out: Path | None) -> None:
    """Refuse a file in a folder that isn't there, before any work is done; raises InputError."""
    if out is not None and not out.name:
        raise InputError("The file has no name.", remedy="Say what it is to be called.")
    if out is not None and not out.parent.is_dir():
        raise InputError(f"{out}: there is no such folder.", remedy="Make it first.")


def write_csv(out: Path | None, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table to a file, or to the prompt where there is none; raises as :func:`writing`."""
    with writing(out) as file:
        _write(file, columns, rows)


@contextmanager
def writing(out: Path | None) -> Iterator[TextIO]:
    """Open a file to write a table into, or the prompt where there is none.

    The file appears when it is whole. Raises InputError where it can't be written.
    """
    if out is None:
        yield sys.stdout
        return
    # Beside the target and then renamed: a reader never meets half a file.
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(out)
    except OSError as error:
        raise InputError(
            f"{out}: can't be written ({error.strerror or error}).",
            remedy="Name a place where you may write, with room enough.",
        ) from error


def _write(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) else cell
