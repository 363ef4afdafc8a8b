"""The guard before a ZIP archive is unpacked: bombs and entities are turned away unread."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from graph.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from seeds.reading import limits

__all__ = ["check_archive"]

_SMALL = 1_000_000
_PROLOGUE = 4_096
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def check_archive(path: Path) -> None:
    """Raise LimitExceeded or UnsupportedFormat unless the archive is safe to unpack.

    The sizes are those that the archive claims; a liar meets the memory limit of the process
    that unpacks it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(path.name, entries, path.stat().st_size)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_prologue(path.name, archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnreadableFile(
            path.name, f"is broken ({error})", remedy="Save or download it again."
        ) from error


def _check_sizes(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > limits.ZIP_ENTRIES:
        raise LimitExceeded(
            name,
            f"{limits.ZIP_ENTRIES:,} parts",
            f"{len(entries):,} parts inside the workbook",
            remedy="Copy the sheets to be imported into a new workbook.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.UNPACKED_BYTES:
        raise LimitExceeded(
            name,
            f"{limits.UNPACKED_BYTES // 1_000_000} MB",
            f"{unpacked // 1_000_000} MB once unpacked",
            remedy="Save the sheet as CSV, or cut it into several files.",
        )
    # The ratio of a file of a few kilobytes says nothing.
    if unpacked > _SMALL and unpacked > limits.UNPACK_RATIO * packed:
        raise LimitExceeded(
            name,
            f"{limits.UNPACK_RATIO} times",
            f"grows {unpacked // max(1, packed)} times when unpacked",
            remedy="Save the sheet as CSV.",
        )


def _check_prologue(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as handle:
        prologue = handle.read(_PROLOGUE)
    # UTF-16 XML hides its letters from a plain search.
    if _DECLARATION.search(prologue.replace(b"\0", b"")):
        raise UnsupportedFormat(
            name,
            f"declares a document type in {entry.filename}, which no spreadsheet program writes",
            remedy="Don't open it; ask the sender for a new copy.",
        )
