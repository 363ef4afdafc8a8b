"""What a file is, by its first bytes: never by its name, which may lie."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from graph.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from seeds.reading import limits

__all__ = ["Format", "format_of"]

_HEAD = 4_096
_SAVE_AS = "Save it as an Excel workbook (.xlsx), CSV or JSON."
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "is a PDF document", "Ask for the data as a spreadsheet, CSV or JSON."),
    (b"\x89PNG", "is a picture (PNG)", _SAVE_AS),
    (b"\xff\xd8\xff", "is a picture (JPEG)", _SAVE_AS),
    (b"GIF8", "is a picture (GIF)", _SAVE_AS),
    (
        b"\xd0\xcf\x11\xe0",
        "is an old Excel file (.xls) or is locked with a password",
        "Open it and save it as an Excel workbook (.xlsx) without a password.",
    ),
    (b"\x1f\x8b", "is a compressed file (gzip)", "Unpack it first."),
    (b"7z\xbc\xaf", "is a compressed file (7z)", "Unpack it first."),
    (b"Rar!", "is a compressed file (RAR)", "Unpack it first."),
    (b"SQLite format 3", "is a SQLite database", _SAVE_AS),
    (b"{\\rtf", "is a text document (RTF)", _SAVE_AS),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "is a web page (HTML), not the data behind it"),
    (b"<html", "is a web page (HTML), not the data behind it"),
    (b"<", "is XML"),
)
# GEXF or GraphML, with or without a prefix for their namespace.
_GRAPH = re.compile(rb"<(?:[\w.-]+:)?(?:graphml|gexf)[\s>/]")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """What we can take apart."""

    TABLE = "table"
    WORKBOOK = "workbook"
    JSON = "json"
    GRAPH = "graph"


def format_of(path: Path) -> Format:
    """Return the format; raise UnreadableFile or UnsupportedFormat with what the file is."""
    head = _head(path)
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise UnsupportedFormat(path.name, what, remedy=remedy)
    if head.startswith(b"PK"):
        return _zipped(path)
    if not head.startswith(_TEXT_MARKS[1:]) and b"\0" in head:
        raise UnsupportedFormat(path.name, "is not text, nor a workbook", remedy=_SAVE_AS)
    return _text(path, head)


def _head(path: Path) -> bytes:
    try:
        _check_size(path, limits.FILE_BYTES, "Cut it into several files.")
        with path.open("rb") as handle:
            return handle.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(
            path.name,
            f"can't be opened ({error.strerror or error})",
            remedy="Check the path and who may read it.",
        ) from error


def _check_size(path: Path, most: int, remedy: str) -> None:
    size = path.stat().st_size
    if size > most:
        raise LimitExceeded(
            path.name, f"{most // 1_000_000:,} MB", f"{size // 1_000_000:,} MB", remedy=remedy
        )


def _text(path: Path, head: bytes) -> Format:
    bare = head
    for mark in _TEXT_MARKS:
        bare = bare.removeprefix(mark)
    bare = bare.replace(b"\0", b"").strip().lower()
    if not bare:
        raise UnreadableFile(path.name, "is empty", remedy="Check that it was saved.")
    if bare.startswith(b"<") and _GRAPH.search(bare):
        # Read whole, unlike tables and JSON.
        _check_size(path, limits.WORKBOOK_BYTES, "Take a part of the network out of it.")
        return Format.GRAPH
    for begin, what in _MARKUP:
        if bare.startswith(begin):
            raise UnsupportedFormat(path.name, what, remedy=_SAVE_AS)
    return Format.JSON if bare[:1] in (b"{", b"[") else Format.TABLE


def _zipped(path: Path) -> Format:
    _check_size(path, limits.WORKBOOK_BYTES, "Save the sheet as CSV, or cut it into several files.")
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFile(
            path.name,
            "begins like a workbook or ZIP archive but is broken or cut off",
            remedy="Save or download it again.",
        ) from error
    if "xl/workbook.xml" in names:
        return Format.WORKBOOK
    if "content.xml" in names:
        raise UnsupportedFormat(
            path.name, "is an OpenDocument file", remedy="Save it as an Excel workbook (.xlsx)."
        )
    raise UnsupportedFormat(
        path.name,
        "is a ZIP archive that is not an Excel workbook",
        remedy="Unpack it and import the files in it.",
    )
