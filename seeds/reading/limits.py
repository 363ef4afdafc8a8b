"""How much of a file we are ready to read, so that no upload can exhaust the machine."""

from __future__ import annotations

from graph.errors import LimitExceeded

__all__ = [
    "CELL_CHARACTERS",
    "CHILD_BYTES",
    "CHILD_SECONDS",
    "COLUMNS",
    "FILES",
    "FILE_BYTES",
    "ITEM_CHARACTERS",
    "LINE_CHARACTERS",
    "ROWS",
    "SHEET_ROWS",
    "UNPACKED_BYTES",
    "UNPACK_RATIO",
    "WORKBOOK_BYTES",
    "XML_DEPTH",
    "ZIP_ENTRIES",
    "check_columns",
]

# A register's table is hundreds of megabytes; text and JSON are read piece by piece.
FILE_BYTES = 1_500_000_000
WORKBOOK_BYTES = 200_000_000
FILES = 100
COLUMNS = 2_000
ROWS = 10_000_000
SHEET_ROWS = 1_000_000
CELL_CHARACTERS = 100_000
# One physical line of a table, and one item of a JSON list.
LINE_CHARACTERS = 8_000_000
ITEM_CHARACTERS = 8_000_000
XML_DEPTH = 100

ZIP_ENTRIES = 1_000
UNPACKED_BYTES = 200_000_000
UNPACK_RATIO = 100

# For the process that takes a workbook apart.
CHILD_BYTES = 300_000_000
CHILD_SECONDS = 60


def check_columns(file: str, found: int) -> None:
    """Raise LimitExceeded for a table wider than any real one."""
    if found > COLUMNS:
        raise LimitExceeded(
            file,
            f"{COLUMNS:,} columns",
            f"{found:,} columns",
            remedy="Keep only the columns that are to be imported.",
        )
