"""What a reader has to say about a file: faults, things left out, and where they are.

A fault in a file is data, not an exception: the rest of the file still comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.errors import InvalidRecord, a, quoted

__all__ = ["Problem", "Skipped", "Where", "problem_of"]


@dataclass(frozen=True, slots=True)
class Where:
    """A spot in a file. ``row`` counts as a spreadsheet does, from 1; in JSON it is the item."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet!r}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(repr(self.column))
        return ", ".join(parts)

    def at(self, column: str) -> Where:
        """Return the spot in the same row under ``column``."""
        return replace(self, column=column)

    def problem(
        self, value: object, why: str, *, remedy: str = "", is_warning: bool = False
    ) -> Problem:
        """Return the problem that ``value``, which stands here, has: ``why`` goes on from it."""
        text = "" if value is None else str(value)[:_LONGEST_VALUE]
        return self._problem(text, f"{quoted(value)} {why}.", remedy, is_warning)

    def fault(self, message: str, *, remedy: str = "", is_warning: bool = False) -> Problem:
        """Return a problem of this spot that no single value is to blame for."""
        return self._problem("", message, remedy, is_warning)

    def _problem(self, value: str, message: str, remedy: str, is_warning: bool) -> Problem:
        return Problem(
            file=_encodable(self.file),
            sheet=_encodable(self.sheet),
            row=self.row,
            column=_encodable(self.column),
            value=_encodable(value),
            message=_encodable(message),
            remedy=_encodable(remedy),
            is_warning=is_warning,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault in a file and what to do about it. A warning cost nothing but should be read."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    remedy: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        where = Where(self.file, self.sheet, self.row, self.column)
        return f"{where}: {self.message} {self.remedy}".strip()

    def to_json(self) -> dict[str, object]:
        """Return the fault as plain values; the remedy ends the message."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": f"{self.message} {self.remedy}".strip(),
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something left out on purpose. ``reason`` is shared by all that are left out for it."""

    reason: str
    where: Where


def problem_of(where: Where, error: InvalidRecord) -> Problem:
    """Return a broken rule of the model as a problem of the row that broke it."""
    return where.problem(
        error.value,
        f"can't be the {error.field.replace('_', ' ')} of {a(error.kind)}: it {error.why}",
        remedy=error.remedy,
    )


def _encodable(text: str) -> str:
    """Return ``text`` with ? for half a character, as JSON can hold, that no page can show."""
    return text.encode("utf-8", "replace").decode()


_LONGEST_VALUE = 200
