r"""How text is spelt in a file that can't hold every character, so that it comes back exactly.

What a format would lose is written as in ``\u000d``, a backslash as ``\\``. A cell that a
spreadsheet could take for a formula gets an apostrophe in front. :meth:`Spelling.read` undoes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.spreadsheets import FORMULA_STARTS

__all__ = [
    "CSV",
    "JSON",
    "KUMU_CSV",
    "WORKBOOK",
    "XML",
    "Spelling",
    "guarded",
    "unguarded",
]

_BAR = "|"
_ESCAPED = re.compile(r"\\(\\|u[0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The rules of one family of formats.

    ``lost`` matches what has to be spelt out; ``keeps_edges`` says whether spaces at either end
    of a cell stay; ``is_guarded`` whether cells could be taken for formulas.
    """

    lost: str
    keeps_edges: bool = True
    is_guarded: bool = False

    def write(self, text: str) -> str:
        """Return text as it is written into the file."""
        return self._finished(self._spelt(text))

    def write_list(self, items: Iterable[str]) -> str:
        """Return several texts in one cell, with bars between them."""
        return self._finished(
            _BAR.join(self._spelt(item).replace(_BAR, _code(_BAR)) for item in items)
        )

    def read(self, text: str) -> str:
        """Return the text that :meth:`write` was given."""
        return self._plain(unguarded(text) if self.is_guarded else text)

    def read_list(self, text: str) -> tuple[str, ...]:
        """Return the texts that :meth:`write_list` was given."""
        text = unguarded(text) if self.is_guarded else text
        return tuple(self._plain(item) for item in text.split(_BAR)) if text else ()

    def _spelt(self, text: str) -> str:
        if not self.lost:
            return text
        return re.sub(self.lost, lambda match: _code(match[0]), text)

    def _plain(self, text: str) -> str:
        if not self.lost or "\\" not in text:
            return text
        return _ESCAPED.sub(_character, text)

    def _finished(self, text: str) -> str:
        if not self.keeps_edges:
            bare = text.strip()
            begin = len(text) - len(text.lstrip())
            edges = text[:begin], text[begin + len(bare) :]
            text = f"{_codes(edges[0])}{bare}{_codes(edges[1])}"
        return guarded(text) if self.is_guarded else text


def guarded(text: str) -> str:
    """Return text with an apostrophe in front if a spreadsheet could take it for a formula.

    One that is there already is doubled where :func:`unguarded` would take it away.
    """
    is_odd = text.startswith(FORMULA_STARTS) or unguarded(text) != text
    return f"'{text}" if is_odd else text


def unguarded(text: str) -> str:
    """Return the text that :func:`guarded` was given."""
    is_guard = text[:1] == "'" and text[1:].startswith(("'", *FORMULA_STARTS))
    return text[1:] if is_guard else text


def _code(character: str) -> str:
    return "\\\\" if character == "\\" else f"\\u{ord(character):04x}"


def _character(match: re.Match[str]) -> str:
    return "\\" if match[1] == "\\" else chr(int(match[1][1:], 16))


def _codes(text: str) -> str:
    return "".join(map(_code, text))


JSON = Spelling("")
# U+FFFE and U+FFFF are no characters of XML 1.0.
XML = Spelling(r"[\\\ufffe\uffff]")
# Kumu takes a bar anywhere for the end of a value.
KUMU_CSV = Spelling(r"[\\\r|]", keeps_edges=False, is_guarded=True)
CSV = Spelling(r"[\\\r]", keeps_edges=False, is_guarded=True)
# Workbooks are XML, and write characters of their own as _x000D_.
WORKBOOK = Spelling(r"[\\\r|\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)", keeps_edges=False)
