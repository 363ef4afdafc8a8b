"""Controlled words with synonyms and a hierarchy, read from the CSV files beside this module.

``find`` forgives case, spacing, hyphens, punctuation and plurals; ``require`` also says what
was probably meant.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from graph.errors import GofarError, UnknownTerm, quoted
from graph.vocabulary.spelling import keys_of, words_of

__all__ = [
    "Term",
    "Vocabulary",
    "capabilities",
    "communities",
    "read_rows",
    "synonyms_of",
    "themes",
]

# Far above the longest name we hold; keeps a pasted document from being searched for.
_LONGEST_TEXT = 200
# Shorter names ("HR", "IT") are contained in almost anything, so they make poor suggestions.
_SHORTEST_SUGGESTED = 4
_LIKENESS = 70
_SUGGESTIONS = 3
_FIRST_ROW = 2  # row 1 of a file is its header


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that organisations may offer, need, work on or be for.

    ``parent`` is the id of the broader term, or None at the top.
    """

    id: str
    label: str
    parent: str | None
    synonyms: tuple[str, ...]
    description: str


T_co = TypeVar("T_co", bound=Term, covariant=True)
R = TypeVar("R")


class Vocabulary(Generic[T_co]):
    """An unchanging set of terms in a hierarchy, in the order given.

    ``also`` gives further spellings that find a term without being names of it, by the term's
    id. Building one fails when an id, a label or a spelling could mean two terms, when a parent
    is missing, or when terms are their own ancestors.
    """

    def __init__(
        self, name: str, terms: Iterable[T_co], also: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self.name = name
        self._terms: dict[str, T_co] = {}
        self._children: dict[str, list[str]] = {}
        self._id_by_key: dict[str, str] = {}
        self._label_by_words: dict[str, str] = {}  # what is suggested for a word near these
        rows: dict[str, int] = {}
        for row, term in enumerate(terms, start=_FIRST_ROW):
            if term.id in rows:
                raise _row_error(name, row, f"row {rows[term.id]} has the id {quoted(term.id)}")
            rows[term.id] = row
            self._terms[term.id] = term
            self._file(term, (term.id, term.label, *term.synonyms), rows)
        for term_id, spellings in (also or {}).items():
            self._file(self.term(term_id), tuple(spellings), rows)
        for term in self:
            self._attach(term, rows[term.id])

    def _file(self, term: Term, spellings: tuple[str, ...], rows: dict[str, int]) -> None:
        row = rows[term.id]
        for spelling in spellings:
            keys = keys_of(spelling)
            if not keys:
                raise _row_error(self.name, row, f"{quoted(spelling)} has no letter or digit")
            for key in keys:
                holder = self._id_by_key.setdefault(key, term.id)
                if holder != term.id:
                    why = f"row {rows[holder]} ({holder}) has {quoted(spelling)} too"
                    raise _row_error(self.name, row, why)
            if spelling != term.id and len(spelling) >= _SHORTEST_SUGGESTED:
                self._label_by_words[" ".join(words_of(spelling))] = term.label

    def _attach(self, term: Term, row: int) -> None:
        if term.parent is not None:
            self._children.setdefault(term.parent, []).append(term.id)
        parent, passed = term.parent, {term.id}
        while parent is not None:
            if parent not in self._terms:
                raise _row_error(self.name, row, f"the parent {quoted(parent)} is missing")
            if parent in passed:
                raise _row_error(self.name, row, f"{quoted(term.id)} lies on or under a circle")
            passed.add(parent)
            parent = self._terms[parent].parent

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term_id: object) -> bool:
        return term_id in self._terms

    def __repr__(self) -> str:
        return f"<Vocabulary {self.name}: {len(self)} terms>"

    def term(self, term_id: str) -> T_co:
        """Return the term with exactly this id; UnknownTerm when there is none."""
        try:
            return self._terms[term_id]
        except KeyError:
            raise UnknownTerm(self.name, term_id, self._nearest(term_id)) from None

    def find(self, text: str) -> T_co | None:
        """Return the term with this id, label or synonym, however it is written.

        None when there is none: text from outside is often no term at all.
        """
        if len(text) > _LONGEST_TEXT:
            return None
        ids = (self._id_by_key.get(key) for key in keys_of(text))
        return next((self._terms[term_id] for term_id in ids if term_id is not None), None)

    def require(self, text: str) -> T_co:
        """Return what ``find`` returns, or raise UnknownTerm.

        The error names up to three labels that look or read alike.
        """
        found = self.find(text)
        if found is None:
            raise UnknownTerm(self.name, text, self._nearest(text))
        return found

    def _nearest(self, text: str) -> tuple[str, ...]:
        alike = process.extract(
            " ".join(words_of(text[:_LONGEST_TEXT])),
            list(self._label_by_words),
            scorer=fuzz.token_ratio,
            score_cutoff=_LIKENESS,
            limit=4 * _SUGGESTIONS,
        )
        labels = dict.fromkeys(self._label_by_words[name] for name, _, _ in alike)
        return tuple(labels)[:_SUGGESTIONS]

    def ancestors(self, term_id: str) -> tuple[T_co, ...]:
        """Return all broader terms, the nearest first; a top term has none."""
        above: list[T_co] = []
        parent = self.term(term_id).parent
        while parent is not None:
            above.append(self._terms[parent])
            parent = above[-1].parent
        return tuple(above)

    def children(self, term_id: str) -> tuple[T_co, ...]:
        """Return the terms directly beneath, in the vocabulary's order."""
        below = self._children.get(self.term(term_id).id, ())
        return tuple(self._terms[child] for child in below)

    def narrower(self, term_id: str) -> tuple[T_co, ...]:
        """Return all terms beneath, each followed by those beneath it; never the term itself."""
        below: list[T_co] = []
        waiting = list(reversed(self.children(term_id)))
        while waiting:
            below.append(waiting.pop())
            waiting.extend(reversed(self.children(below[-1].id)))
        return tuple(below)


def _row_error(vocabulary: str, row: int, what: str) -> GofarError:
    return GofarError(
        f"{vocabulary} vocabulary, row {row}: {what}.", remedy="Correct that row of its file."
    )


def read_rows(name: str, file: str, read: Callable[[dict[str, str]], R]) -> list[R]:
    """Return what ``read`` makes of each row of a packaged file; a row it can't read is named."""
    text = resources.files("graph.vocabulary").joinpath(file).read_text(encoding="utf-8")
    made: list[R] = []
    for row, cells in enumerate(csv.DictReader(text.splitlines()), start=_FIRST_ROW):
        try:
            made.append(read(cells))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _row_error(name, row, f"{type(error).__name__} {error}") from error
    return made


def synonyms_of(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what stands in the column of synonyms, taken apart."""
    return tuple(filter(None, cells["synonyms"].split("|")))


def _read_term(cells: dict[str, str]) -> Term:
    return Term(
        id=cells["id"],
        label=cells["label"],
        parent=cells["parent"] or None,
        synonyms=synonyms_of(cells),
        description=cells["description"],
    )


def _load(name: str, file: str) -> Vocabulary[Term]:
    return Vocabulary(name, read_rows(name, file, _read_term))


@functools.cache
def capabilities() -> Vocabulary[Term]:
    """What organisations can do or lend, and may lack."""
    return _load("capability", "capability.csv")


@functools.cache
def themes() -> Vocabulary[Term]:
    """What organisations work on, under the codes of UKCAT."""
    return _load("theme", "themes.csv")


@functools.cache
def communities() -> Vocabulary[Term]:
    """Whom organisations are for."""
    return _load("community", "communities.csv")
