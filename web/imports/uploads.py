"""Putting uploaded files where an import can read them, under names that do no harm."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from werkzeug.datastructures import FileStorage

from graph.errors import InputError

__all__ = ["plain_name", "save"]

_MOST_FILES = 50
_LONGEST_NAME = 120
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def save(files: Sequence[FileStorage], folder: Path) -> tuple[Path, list[Path]]:
    """Write files into a new folder of their own; return it and their paths.

    Raises InputError where nothing was chosen, or too much.
    """
    chosen = [file for file in files if file.filename]
    if not chosen:
        raise InputError("No file was chosen.", remedy="Choose a file first.")
    if len(chosen) > _MOST_FILES:
        raise InputError(
            f"{len(chosen)} files were chosen, but {_MOST_FILES} can be imported at once.",
            remedy="Import some of them first.",
        )
    home = folder / secrets.token_hex(16)
    home.mkdir(parents=True, mode=0o700)
    paths: list[Path] = []
    for number, file in enumerate(chosen, start=1):
        name = plain_name(file.filename or "")
        path = home / name
        if path in paths:
            path = home / f"{number}-{name}"
        file.save(path)
        paths.append(path)
    return home, paths


def plain_name(given: str) -> str:
    """Return a file name without folders, control characters or a name that a system reserves."""
    last = re.split(r"[/\\]", given)[-1]
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", last)
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"} and letter not in '<>:"|?*'
    ).strip(". ")
    if not kept or _RESERVED.match(kept):
        kept = f"file-{kept}"
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:_LONGEST_NAME]}"
