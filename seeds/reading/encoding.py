"""Which encoding a text file has: a byte order mark, else UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs
from pathlib import Path

from graph.errors import UnreadableFile

__all__ = ["encoding_of"]

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 begins with the mark of UTF-16, so it has to be asked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """Return the encoding that all of the file can be read with.

    A statistical guess does worse on short British files: Windows-1252 with £ and ’ was taken
    for Central European by two detectors. Raises UnreadableFile when nothing fits.
    """
    with path.open("rb") as handle:
        head = handle.read(4)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    candidates = (marked,) if marked else ("utf-8", "cp1252")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise UnreadableFile(
        path.name,
        f"is not text in {marked or 'UTF-8 or Windows-1252'}",
        remedy="Save it again as CSV UTF-8, or as an Excel workbook (.xlsx).",
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
