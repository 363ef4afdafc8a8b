"""Reading one long list in a JSON file item by item, so that memory holds one item at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO

from graph.errors import LimitExceeded, UnreadableFile
from seeds.reading import limits
from seeds.reading.encoding import encoding_of

__all__ = ["read_items"]

_CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\n\r]*")
_ROOT = ""


def read_items(path: Path, encoding: str = "") -> Iterator[tuple[str, Any]]:
    """Yield ``(key, item)`` for each item of each list that the top object holds under a key.

    A top-level list has the key ''. Other values come once, under their key. Raises
    UnreadableFile with line and column where the text stops being JSON. ``encoding`` is found out
    where it isn't given.
    """
    with path.open(encoding=encoding or encoding_of(path), newline="") as handle:
        cursor = _Cursor(handle, path.name)
        begin = cursor.peek()
        if begin == "[":
            yield from _list(cursor, _ROOT)
        elif begin == "{":
            yield from _object(cursor)
        else:
            cursor.fail("expected { or [")
        if cursor.peek():
            cursor.fail("there is more text after the end")


def _object(cursor: _Cursor) -> Iterator[tuple[str, Any]]:
    cursor.take("{")
    if cursor.peek() == "}":
        cursor.take("}")
        return
    while True:
        if cursor.peek() != '"':
            cursor.fail("expected a name between quotation marks")
        key = cursor.value()
        cursor.take(":")
        if cursor.peek() == "[":
            yield from _list(cursor, key)
        else:
            yield key, cursor.value()
        if cursor.peek() != ",":
            break
        cursor.take(",")
    cursor.take("}")


def _list(cursor: _Cursor, key: str) -> Iterator[tuple[str, Any]]:
    cursor.take("[")
    if cursor.peek() == "]":
        cursor.take("]")
        return
    while True:
        yield key, cursor.value()
        if cursor.peek() != ",":
            break
        cursor.take(",")
    cursor.take("]")


class _Cursor:
    """A place in the text, with a window of it in memory."""

    def __init__(self, handle: TextIO, name: str) -> None:
        self._handle = handle
        self._name = name
        self._window = ""
        self._at = 0
        # Where the window begins; lines within it are counted only when somebody asks.
        self._line = 1
        self._column = 1
        self._is_done = False
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)

    def peek(self) -> str:
        """Return the next character that is no space, '' at the end."""
        while True:
            match = _SPACE.match(self._window, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._more():
                return ""

    def take(self, character: str) -> None:
        """Go past this character; fail if it isn't next."""
        found = self.peek()
        if found != character:
            self.fail(f"expected {character}" + ("" if found else ", but the file ends"))
        self._at += 1

    def value(self) -> Any:
        """Read one whole value."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._window, self._at)
            except json.JSONDecodeError as error:
                beyond = error.pos - self._at
                # Wrong, or only cut off by the window: more text will tell.
                if self._may_be_cut(error) and self._more():
                    continue
                self._at = min(self._at + beyond, len(self._window))
                self.fail(error.msg)
            except RecursionError:
                self.fail("lists and objects are nested too deeply")
            except ValueError as error:
                self.fail(str(error).split(";", maxsplit=1)[0])
            # A number at the edge of the window may go on behind it.
            if end == len(self._window) and self._more():
                continue
            self._at = end
            return found

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        # "Unterminated string" points to the beginning of the string; a half escape or literal
        # stands within a few characters of the edge.
        return "Unterminated" in error.msg or error.pos >= len(self._window) - _LONGEST_TOKEN

    def _more(self) -> bool:
        """Add to the window, dropping what has been read; return False at the end."""
        if self._is_done:
            return False
        pending = len(self._window) - self._at
        if pending > limits.ITEM_CHARACTERS:
            raise LimitExceeded(
                f"{self._name}, line {self._place()[0]}",
                f"{limits.ITEM_CHARACTERS:,} characters an item",
                "one item has more",
            )
        # Doubling: an item of n characters is tried log n times, not n.
        chunk = self._handle.read(max(_CHUNK, pending))
        self._line, self._column = self._place()
        self._window = self._window[self._at :] + chunk
        self._at = 0
        self._is_done = not chunk
        return bool(chunk)

    def _place(self) -> tuple[int, int]:
        """Return the line and the column of the next character, both from 1."""
        newlines = self._window.count("\n", 0, self._at)
        if newlines:
            return self._line + newlines, self._at - self._window.rfind("\n", 0, self._at)
        return self._line, self._column + self._at

    def fail(self, why: str) -> NoReturn:
        """Raise UnreadableFile for this place."""
        line, column = self._place()
        raise UnreadableFile(
            self._name,
            f"isn't valid JSON at line {line}, column {column}: {why}",
            remedy="Check that the file is complete; download it again if it was cut off.",
        )


_LONGEST_TOKEN = 12


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")
