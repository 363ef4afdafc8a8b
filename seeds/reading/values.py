"""From the text of a cell to a date or a number, in the forms that British spreadsheets use."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

__all__ = [
    "DATE_FORMS",
    "as_date",
    "as_flag",
    "as_number",
    "encodable",
    "plain_text",
    "prose",
    "text_of_json",
]

DATE_FORMS = "Write dates as 2026-03-31 or 31/03/2026."
"""What to tell somebody whose date could not be read."""

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T].*)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 0 of Excel; it counts a 29 February 1900 that never was, so real days begin in March 1900.
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
_MONTH_NAMED = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%Y/%m/%d", "%b %Y")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d{1,3})?")
_LONGEST = 60


def as_date(text: str) -> date | None:
    """Return the day, or None if it can't be told: dd/mm/yyyy, ISO, an Excel serial number."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        return date.fromisoformat(text[:10]) if text[:4].isdigit() and "-" in text else _other(text)
    except ValueError:
        return None


def _other(text: str) -> date | None:
    match = _DAY_FIRST.fullmatch(text)
    if match:
        day, month, year = (int(part) for part in match.groups())
        return date(year + 2000 if year < 100 else year, month, day)
    if _SERIAL.fullmatch(text):
        serial = int(float(text))
        is_likely = _FIRST_SERIAL <= serial <= _LAST_SERIAL
        return _EXCEL_EPOCH + timedelta(days=serial) if is_likely else None
    for form in _MONTH_NAMED:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def as_number(text: str) -> float | None:
    """Return the number in ``1,234.50``, ``£1,234`` or ``1234 GBP``, or None."""
    bare = text.strip().replace("\u00a0", " ").removesuffix("GBP").strip()
    bare = bare.replace("£", "", 1).replace(" ", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"  # how accountants write a loss
    if not bare or len(bare) > _LONGEST or not _NUMBER.fullmatch(bare):
        return None
    try:
        return float(bare.replace(",", ""))
    except ValueError:
        return None


_YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0", ""})


def as_flag(text: str) -> bool | None:
    """Return what yes or no says, or None for another word."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


_EXCEL_RETURN = "_x000D_"  # how workbooks write a carriage return, left in by some converters
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def prose(text: str) -> str:
    """Return text without control characters, which exports and browsers choke on.

    Those between 128 and 159 are Windows-1252 that somebody read as Latin-1: they are mended.
    Lines end in one way, as the same text from a workbook and from JSON must be the same.
    """
    if _EXCEL_RETURN in text:
        text = text.replace(_EXCEL_RETURN, "\r")
    if text.isprintable():
        return text
    return _CONTROL.sub(_mended, text.replace("\r\n", "\n").replace("\r", "\n"))


def _mended(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252") if match[0] >= "\x80" else " "
    except UnicodeError:
        return " "


def encodable(text: str) -> str:
    """Return text with ? for half a character, as JSON can hold, that no store can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def plain_text(text: str) -> str:
    """Return text as one tidy line: inner line breaks and runs of spaces become one space."""
    return " ".join(prose(text).split())


def text_of_json(value: object) -> str:
    """Return a JSON scalar as the text that a spreadsheet would show for it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
