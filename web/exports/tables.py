"""Tables as CSV that a spreadsheet can open without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from seeds.interchange.spelling import FORMULA_STARTS

__all__ = ["csv_text", "guarded"]


def guarded(cell: str) -> str:
    """Return ``cell`` with an apostrophe before it if a spreadsheet could take it for a formula."""
    is_formula = cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table as CSV, every cell guarded; the mark in front tells Excel that it is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + file.getvalue()
