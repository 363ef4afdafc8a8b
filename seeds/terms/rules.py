"""The rules by which terms are recognised in running prose, read from ``rules.csv``.

A row speaks of one term. ``include`` are expressions (see :mod:`seeds.terms.phrases`) that mean
the term; for a skill they count only beside a word of offering, such as "provides". ``alone`` are
those that say enough by themselves. ``exclude`` takes back what it overlaps. ``skip`` lists
spellings of the vocabulary that mean too much in prose: ``*`` all of the term's, ``**`` also those
of all narrower terms. ``confidence`` is that of a single expression. A row without a term names
expressions that mean nothing at all, such as "Church Road".
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Literal

from graph.errors import GofarError, quoted
from graph.vocabulary import Term, Vocabulary, capabilities, communities, places, themes
from seeds.terms.nodes import TermKind, vocabulary
from seeds.terms.phrases import GAP, PhraseIndex, expanded, plain_phrase

__all__ = ["Clue", "ClueRole", "Extra", "clues", "extra_index", "index_of", "read_rules"]

_CODE = re.compile(r"[A-Z]{2}\d{3}")  # UKCAT codes are synonyms, but nobody writes them in prose
_SHORTEST_SPELLING = 4
_VOCABULARY_CONFIDENCE = 0.75
_MAPPED_CONFIDENCE = 0.9
_UNSAID_CONFIDENCE = 0.5
_FIRST_ROW = 2

Extra = Mapping[str, tuple[TermKind, str]]
"""A coordinator's own phrases, with kind and id of what they mean."""

ClueRole = Literal["vocabulary", "rule", "exclude", "nothing", "silence", "doubt", "offer", "fund"]


@dataclass(frozen=True, slots=True)
class Clue:
    """What it means that a phrase stands in a text.

    ``role``: "vocabulary" and "rule" speak for a term, "exclude" takes back what it overlaps for
    one term, "nothing" for all. "silence" takes back what follows it, up to ``reach`` tokens;
    "doubt" halves what follows. "offer" is a word of offering, which a clue that ``needs_offer``
    must follow; "fund" says that money is given, so that the rest is about others.
    """

    role: ClueRole
    kind: TermKind = "theme"
    term_id: str = ""
    confidence: float = 1.0
    needs_offer: bool = False
    reach: int = 0
    has_gap: bool = False

    @property
    def speaks(self) -> bool:
        """Whether the phrase speaks for a term, and doesn't only say how to take others."""
        return self.role in ("vocabulary", "rule")


# "without distinction of sex, race or of political, religious or other opinions" is about nobody.
_SILENCE: tuple[tuple[str, int], ...] = (
    ("without distinction | without discrimination | regardless of | irrespective of", 30),
    ("whatever their | no matter (what|which|their) | without regard to", 15),
    ("not .. (political|religious|sectarian) | non (political|religious|sectarian)", 2),
    ("does not | do not | is not | are not | shall not | cannot | must not | neither", 6),
    ("(run*|provide|offer*|make*|making|do) no", 3),
    ("excluding | except | other than | apart from | rather than | no longer | instead of", 5),
    ("member of any (political|religious)", 3),
)
# Clauses that lawyers put into most objects: true, but not what the body is about.
_DOUBT: tuple[tuple[str, int], ...] = (
    ("by reason of", 20),
    ("have need .. because of | have need of such facilities", 25),
    ("such other | any other | other charitable purpose | for example", 12),
)
_OFFER = (
    "provide | provided | providing | provider | provision | offer* | deliver* | =run | =runs"
    " | running | supply | supplies | =give | =gives | giving | organis* | arrange | arranged"
    " | arranging | arrangement | available | operat* | facilitat* | conduct | service | hold*"
    " | maintain* | manag* | hosts | hosting | specialis*"
)
_FUND = (
    "grant | donat* | fund .. (charit*|organisation|project|other) | bursar* | scholarship"
    " | financial (support|assistance|help) | fund rais* | fundrais* | rais* (fund|money)"
    " | supporting charit* | support* other charit*"
)


@functools.cache
def clues() -> tuple[tuple[tuple[str, ...], Clue], ...]:
    """Return every phrase with what it means: vocabulary, rules and the words around them."""
    return tuple(_all())


def read_rules(text: str) -> list[tuple[tuple[str, ...], Clue]]:
    """Return the phrases of vocabularies and rules; GofarError names a row that is wrong."""
    rows = list(enumerate(csv.DictReader(text.splitlines()), start=_FIRST_ROW))
    skipped = _skipped(rows)
    found: list[tuple[tuple[str, ...], Clue]] = []
    for kind, words in _vocabularies().items():
        for term in words:
            found += _of_vocabulary(kind, term, skipped.get(term.id, frozenset()))
    for number, cells in rows:
        try:
            found += _of_rule(cells)
        except ValueError as error:
            raise _row_error(number, str(error)) from error
    return found


def _all() -> Iterator[tuple[tuple[str, ...], Clue]]:
    rules = resources.files("seeds.terms").joinpath("rules.csv")
    yield from read_rules(rules.read_text(encoding="utf-8"))
    for place in places():
        for name in (place.label, *place.synonyms):
            phrase = plain_phrase(name)
            if len(phrase) > 1:  # "New Forest" is no wood, "Telford" is nothing else anyway
                yield phrase, Clue("nothing")
    for expression, reach in _SILENCE:
        yield from _each(expression, Clue("silence", reach=reach))
    for expression, reach in _DOUBT:
        yield from _each(expression, Clue("doubt", reach=reach))
    yield from _each(_OFFER, Clue("offer"))
    yield from _each(_FUND, Clue("fund"))


def _vocabularies() -> dict[TermKind, Vocabulary[Term]]:
    return {"theme": themes(), "community": communities(), "skill": capabilities()}


def _home(term_id: str) -> TermKind:
    for kind, words in _vocabularies().items():
        if term_id in words:
            return kind
    raise ValueError(f"{quoted(term_id)} is no term of a vocabulary")


def _skipped(rows: list[tuple[int, dict[str, str]]]) -> dict[str, frozenset[str]]:
    """Return the spellings not to be looked for, by term; "*" stands for all."""
    found: dict[str, frozenset[str]] = {}
    for number, cells in rows:
        spellings = frozenset(filter(None, cells["skip"].split("|")))
        term_id = cells["term"]
        if not spellings or not term_id:
            continue
        try:
            words = _vocabularies()[_home(term_id)]
        except ValueError as error:
            raise _row_error(number, str(error)) from error
        if "**" in spellings:
            for term in (words.term(term_id), *words.narrower(term_id)):
                found[term.id] = found.get(term.id, frozenset()) | {"*"}
        else:
            term = words.term(term_id)
            strange = spellings - {"*", term.label, *term.synonyms}
            if strange:
                raise _row_error(number, f"skips {quoted(min(strange))}, no spelling of the term")
            found[term_id] = found.get(term_id, frozenset()) | spellings
    return found


def _of_vocabulary(
    kind: TermKind, term: Term, skipped: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], Clue]]:
    if "*" in skipped:
        return
    for spelling in (term.label, *term.synonyms):
        if spelling in skipped or _CODE.fullmatch(spelling) or len(spelling) < _SHORTEST_SPELLING:
            continue
        clue = Clue(
            "vocabulary", kind, term.id, _VOCABULARY_CONFIDENCE, needs_offer=kind == "skill"
        )
        yield plain_phrase(spelling), clue


def _of_rule(cells: dict[str, str]) -> Iterator[tuple[tuple[str, ...], Clue]]:
    term_id = cells["term"]
    if not term_id:
        yield from _each(cells["include"], Clue("nothing"))
        return
    kind = _home(term_id)
    confidence = float(cells["confidence"] or _UNSAID_CONFIDENCE)
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence} is not between 0 and 1")
    yield from _each(
        cells["include"],
        Clue("rule", kind, term_id, confidence, needs_offer=kind == "skill"),
    )
    yield from _each(cells["alone"], Clue("rule", kind, term_id, confidence))
    yield from _each(cells["exclude"], Clue("exclude", kind, term_id))


def _each(expression: str, clue: Clue) -> Iterator[tuple[tuple[str, ...], Clue]]:
    for phrase in expanded(expression) if expression.strip() else ():
        yield phrase, replace(clue, has_gap=GAP in phrase)


@functools.cache
def index_of() -> PhraseIndex[Clue]:
    """Return the index of all clues, built once a process."""
    return PhraseIndex(clues())


@functools.lru_cache(maxsize=8)
def extra_index(extra: frozenset[tuple[str, tuple[TermKind, str]]]) -> PhraseIndex[Clue]:
    """Return the index of phrases that people have given a meaning; UnknownTerm for a wrong id."""
    return PhraseIndex(
        (phrase, Clue("vocabulary", kind, vocabulary(kind).term(term_id).id, _MAPPED_CONFIDENCE))
        for words, (kind, term_id) in sorted(extra)
        if (phrase := plain_phrase(words))
    )


def _row_error(row: int, what: str) -> GofarError:
    return GofarError(f"rules.csv, row {row}: {what}.", remedy="Correct that row of the file.")
