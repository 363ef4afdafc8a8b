"""Which column holds what: by its title, else by a known synonym, else by a likely misspelling."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

__all__ = ["ColumnMap", "Guess", "map_columns", "plain_title"]

_LIKENESS = 85
_BRACKETED = re.compile(r"\([^)]*\)")
_NOISE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that was taken for a field because its title is nearly one of the field's."""

    title: str
    field: str
    likeness: int

    def __str__(self) -> str:
        return f"column {self.title!r} was taken for {self.field!r}"


@dataclass(slots=True)
class ColumnMap:
    """Where each field stands: ``positions`` by field, as a field may have several columns."""

    titles: tuple[str, ...]
    positions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def __contains__(self, name: object) -> bool:
        return name in self.positions

    def value(self, cells: Sequence[str], name: str) -> str:
        """Return the first non-empty cell of a field, '' if there is none."""
        for position in self.positions.get(name, ()):
            if cells[position]:
                return cells[position]
        return ""

    def values(self, cells: Sequence[str], name: str) -> list[str]:
        """Return all non-empty cells of a field."""
        return [cells[at] for at in self.positions.get(name, ()) if cells[at]]

    def title(self, name: str) -> str:
        """Return the title of a field's first column, for a problem to point to."""
        positions = self.positions.get(name, ())
        return self.titles[positions[0]] if positions else name


def plain_title(title: str) -> str:
    """Return a title without case, spacing, punctuation and bracketed remarks."""
    lowered = title.casefold()
    return _NOISE.sub("", _BRACKETED.sub("", lowered)) or _NOISE.sub("", lowered)


def map_columns(titles: Sequence[str], fields: Mapping[str, Sequence[str]]) -> ColumnMap:
    """Map titles to ``fields``, each given with its synonyms; unlike titles stay unused.

    Guessing by likeness is the last resort, only for fields that no title names outright.
    """
    found = ColumnMap(tuple(titles))
    known = {
        plain_title(word): name for name, synonyms in fields.items() for word in (name, *synonyms)
    }
    left: list[int] = []
    for position, title in enumerate(titles):
        name = known.get(plain_title(title)) if title else None
        if name is None:
            left.append(position)
        else:
            found.positions[name] = (*found.positions.get(name, ()), position)
    for position in left:
        _guess(found, position, known)
    return found


def _guess(found: ColumnMap, position: int, known: Mapping[str, str]) -> None:
    title = found.titles[position]
    open_words = [word for word, name in known.items() if name not in found.positions]
    plain = plain_title(title)
    # Short words are like too many others ("name", "same") to be guessed at.
    hit = (
        process.extractOne(plain, open_words, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        if len(plain) > 4
        else None
    )
    if hit is None:
        if title:
            found.unused.append(title)
        return
    name = known[hit[0]]
    found.positions[name] = (position,)
    found.guesses.append(Guess(title, name, round(hit[1])))
