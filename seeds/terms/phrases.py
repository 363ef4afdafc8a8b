"""Expressions for words and phrases, and one index that finds thousands of them in a single pass.

An expression is a small regular expression over words: ``food (bank|parcel) | soup kitchen``.
Plurals, case, accents and hyphens are forgiven.

==========  ==============================================================
``a b``     these words, one after the other
``a | b``   either; in round brackets inside a phrase
``(a)?``    may be missing
``hous*``   any word that begins so
``=arts``   this form of the word only, not its singular
``^SEND``   written exactly so, in a text that isn't in capitals throughout
``..``      up to three words of any kind, within the same clause
==========  ==============================================================

There is no repetition, so the time for a text grows with its length and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from graph.vocabulary.spelling import singular, words_of

__all__ = [
    "GAP",
    "STOPS",
    "PhraseIndex",
    "Sighting",
    "expanded",
    "plain_phrase",
    "spans_of",
    "tokens_of",
]

STOPS = frozenset(".;:!?\n•")
"""Tokens that end a clause."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.;:!?,&\n•]")
_PART = re.compile(r"\(|\)\??|\||[^\s()|]+")
GAP = ".."
"""The symbol for up to three words of any kind."""
_LONGEST_GAP = 3
_LONGEST_TOKEN = 40
_REMEMBERED_TOKENS = 200_000
_SHORTEST_JOINED = 7
_MOST_EXPANSIONS = 5_000

Owner = TypeVar("Owner")
Phrase = tuple[str, ...]


def tokens_of(text: str) -> list[str]:
    """Split a text into words and punctuation marks, as they are written."""
    return _TOKEN.findall(text)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Return where the tokens of a text stand, in the order of :func:`tokens_of`."""
    return [found.span() for found in _TOKEN.finditer(text)]


def plain_phrase(text: str) -> Phrase:
    """Return an ordinary phrase, such as a synonym, as the index takes it."""
    return tuple(_folded(token) for token in tokens_of(text))


def expanded(expression: str) -> tuple[Phrase, ...]:
    """Return all phrases that an expression stands for; ValueError says what is wrong with it."""
    parts = _PART.findall(expression)
    phrases, rest = _either(parts)
    if rest:
        raise ValueError(f"{expression!r} closes a bracket that it doesn't open")
    if any(not phrase or phrase[0] == GAP or phrase[-1] == GAP for phrase in phrases):
        raise ValueError(f"{expression!r} has an empty phrase, or a gap at an end")
    return tuple(dict.fromkeys(phrases))


def _either(parts: list[str]) -> tuple[list[Phrase], list[str]]:
    every: list[Phrase] = []
    sequence: list[Phrase] = [()]
    while parts and not parts[0].startswith(")"):
        part, parts = parts[0], parts[1:]
        if part == "|":
            every += sequence
            sequence = [()]
            continue
        if part == "(":
            choices, parts = _either(parts)
            if not parts:
                raise ValueError("a bracket is not closed")
            if parts[0] == ")?":
                choices = [(), *choices]
            parts = parts[1:]
        else:
            choices = [_symbols(part)]
        sequence = [(*before, *after) for before in sequence for after in choices]
        if len(sequence) > _MOST_EXPANSIONS:
            raise ValueError(f"an expression stands for more than {_MOST_EXPANSIONS} phrases")
    return every + sequence, parts


def _symbols(part: str) -> Phrase:
    """Return the symbols of one word of an expression; a hyphen parts words as a space does."""
    if part in {GAP, ","}:
        return (part,)
    if part.startswith("^"):
        return (part,)
    if part.startswith("="):
        return ("=" + "".join(words_of(part)),)
    if part.endswith("*"):
        return ("".join(words_of(part)) + "*",)
    return plain_phrase(part)


def _folded(token: str) -> str:
    return "".join(map(singular, words_of(token))) or token


class Sighting(NamedTuple, Generic[Owner]):
    """A phrase of ``owner`` found at the tokens from ``start`` up to but not including ``end``."""

    start: int
    end: int
    owner: Owner


@dataclass(slots=True)
class _Node(Generic[Owner]):
    """Where one gets by some symbols."""

    after: dict[str, _Node[Owner]] = field(default_factory=dict)
    owners: list[Owner] = field(default_factory=list)


class PhraseIndex(Generic[Owner]):
    """All phrases at once; built before use, and unchanging then."""

    def __init__(self, phrases: Iterable[tuple[Phrase, Owner]]) -> None:
        self._root: _Node[Owner] = _Node()
        self._prefixes: dict[str, list[str]] = {}
        self._known: set[str] = set()
        self._memory: dict[str, tuple[str, ...]] = {}
        for phrase, owner in phrases:
            self._add(phrase, owner)
            joined = "".join(phrase)
            if len(phrase) == 2 and joined.isalpha() and len(joined) >= _SHORTEST_JOINED:
                self._add((joined,), owner)  # people write foodbank and playgroup, too

    def _add(self, phrase: Phrase, owner: Owner) -> None:
        node = self._root
        for symbol in phrase:
            node = node.after.setdefault(symbol, _Node())
            if symbol.endswith("*"):
                beginnings = self._prefixes.setdefault(symbol[:2], [])
                if symbol not in beginnings:
                    beginnings.append(symbol)
            else:
                self._known.add(symbol)
        if owner not in node.owners:
            node.owners.append(owner)

    def _meanings(self, token: str) -> tuple[str, ...]:
        """Return the symbols of the index that a token may be read as; mostly none."""
        found = self._memory.get(token)
        if found is None:
            if len(token) > _LONGEST_TOKEN:
                return ()
            exact = "".join(words_of(token)) or token
            folded = _folded(token)
            candidates = (folded, "=" + exact, "^" + token)
            beginnings = self._prefixes.get(exact[:2], ())
            found = (
                *(symbol for symbol in candidates if symbol in self._known),
                *(symbol for symbol in beginnings if exact.startswith(symbol[:-1])),
            )
            if len(self._memory) >= _REMEMBERED_TOKENS:
                self._memory.clear()
            self._memory[token] = found
        return found

    def find(self, tokens: Sequence[str]) -> list[Sighting[Owner]]:
        """Return every place where a phrase stands, in the order of their first words."""
        found: list[Sighting[Owner]] = []
        memory, starts, meanings = self._memory, self._root.after, self._meanings
        read = [
            symbols if (symbols := memory.get(token)) is not None else meanings(token)
            for token in tokens
        ]
        for at, symbols in enumerate(read):
            for symbol in symbols:
                node = starts.get(symbol)
                if node is not None:
                    _follow(node, at, at + 1, tokens, read, found)
        return found


def _follow(
    node: _Node[Owner],
    start: int,
    at: int,
    tokens: Sequence[str],
    read: Sequence[tuple[str, ...]],
    found: list[Sighting[Owner]],
) -> None:
    """Note what ends at a node, and go on from it as far as the words go along."""
    for owner in node.owners:
        found.append(Sighting(start, at, owner))
    ways = node.after
    if not ways or at >= len(tokens):
        return
    for symbol in read[at]:
        after = ways.get(symbol)
        if after is not None:
            _follow(after, start, at + 1, tokens, read, found)
    beyond = ways.get(GAP)
    if beyond is None:
        return
    for upto in range(at, min(at + _LONGEST_GAP + 1, len(tokens))):
        for symbol in read[upto]:
            after = beyond.after.get(symbol)
            if after is not None:
                _follow(after, start, upto + 1, tokens, read, found)
        if tokens[upto] in STOPS:
            return
