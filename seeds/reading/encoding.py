"""Which encoding a text file has: a byte order mark, else UTF-8, else Windows-1252, else both."""

from __future__ import annotations

import codecs
from pathlib import Path

from graph.errors import UnreadableFile
from seeds.problems import Problem, Where

__all__ = ["MIXED", "encoding_of", "mixture"]

MIXED = "gofar-mixed"
"""UTF-8 in which some characters are Windows-1252: lines pasted together from two files."""

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 begins with the mark of UTF-16, so it has to be asked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_WINDOWS = "gofar-windows"


def encoding_of(path: Path) -> str:
    """Return the encoding that all of the file can be read with.

    A statistical guess does worse on short British files: Windows-1252 with £ and ’ was taken
    for Central European by two detectors. Raises UnreadableFile when nothing fits.
    """
    with path.open("rb") as handle:
        head = handle.read(4)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if _decodes(path, marked or "utf-8"):
        return marked or "utf-8"
    if marked in ("", "utf-8-sig"):
        # By chance no Windows text has a whole character of UTF-8 in it.
        other = MIXED if marked or _has_utf_8(path) else "cp1252"
        if _decodes(path, other):
            return other
    raise UnreadableFile(
        path.name,
        f"is not text in {marked or 'UTF-8 or Windows-1252'}",
        remedy="Save it again as CSV UTF-8, or as an Excel workbook (.xlsx).",
    )


def mixture(path: Path) -> Problem:
    """Return the warning for a file whose encoding is MIXED, with the first line that is odd."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
    line = 1
    with path.open("rb") as handle:
        while piece := handle.readline(_CHUNK):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                break
            line += piece.endswith(b"\n")
    return Where(path.name).fault(
        f"The text is in two encodings: most of it is UTF-8, but line {line} is Windows-1252. "
        "Both were read.",
        remedy="Check accents and £ signs in the preview.",
        is_warning=True,
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


def _has_utf_8(path: Path) -> bool:
    """Whether any character beyond ASCII is whole UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            text = decoder.decode(chunk)
            others = len(text) - len(text.encode("ascii", "ignore"))
            if others > text.count("\ufffd"):
                return True
    return False


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252; raises for the five bytes that are neither."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


class _MixedDecoder(codecs.IncrementalDecoder):
    """UTF-8, with or without a mark, in which a byte that doesn't fit is Windows-1252."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._inner = codecs.getincrementaldecoder("utf-8-sig")(_AS_WINDOWS)

    def decode(self, input: object, final: bool = False) -> str:  # noqa: A002  as in the base
        return self._inner.decode(input, final)  # type: ignore[arg-type]

    def reset(self) -> None:
        self._inner.reset()

    def getstate(self) -> tuple[bytes, int]:
        return self._inner.getstate()

    def setstate(self, state: tuple[bytes, int]) -> None:
        self._inner.setstate(state)


def _mixed_codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != MIXED:
        return None
    utf_8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(
        utf_8.encode, utf_8.decode, name=MIXED, incrementaldecoder=_MixedDecoder
    )


codecs.register_error(_AS_WINDOWS, _windows)
codecs.register(_mixed_codec)
