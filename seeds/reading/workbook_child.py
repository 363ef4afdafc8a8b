"""Takes a workbook apart, alone in a process that may use little memory and little time.

Run by :mod:`seeds.reading.workbook` as a file, so it imports nothing of ours: our packages alone
would take a good part of the memory it is allowed. Writes one JSON line for each sheet and row.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MERGED = 1_000
"""Merged ranges of a sheet that are told, as [row, column, last row, last column] from 0."""


def text_of(value: Any) -> str:
    """Return a cell as the text that a person sees: whole numbers without a point, ISO dates."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return (value.date() if midnight else value).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (int, timedelta)) else ""


def limit(memory: int, seconds: int, written: int) -> None:
    """Bound this process for good; where the system can't, the parent's clock still runs."""
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, memory: int, seconds: int, written: int, columns: int, rows: int) -> None:
    """Write every sheet of the workbook at ``path``, or the reason why not."""
    import python_calamine  # noqa: PLC0415  loaded before the limit, which counts its code too

    limit(memory, seconds, written)
    out = sys.stdout.buffer

    def say(line: Any) -> None:
        out.write(json.dumps(line).encode("ascii") + b"\n")

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            try:
                sheet = workbook.get_sheet_by_name(name)
            except python_calamine.WorksheetNotFound:
                continue  # a chart sheet
            merged = [[*begin, *end] for begin, end in sheet.merged_cell_ranges or ()]
            say(
                {
                    "sheet": name,
                    "width": sheet.width,
                    "height": sheet.height,
                    "merged": merged[:MERGED],
                    "merged_count": len(merged),
                }
            )
            if sheet.width > columns or sheet.height > rows:
                continue
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [text_of(value) for value in row]
                if any(cells):
                    say([number, cells])
            del sheet
        say({"end": True})
    except python_calamine.PasswordError:
        say({"refused": "is locked with a password"})
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        say({"refused": f"can't be read as a workbook ({error})"})
    except MemoryError:
        say({"memory": True})
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
