"""What the text of a call seems to ask for: suggestions that a person confirms or crosses out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from graph.vocabulary import countries, places
from seeds.terms.inference import LONGEST_TEXT, Inferred, infer, quietened
from seeds.terms.nodes import vocabulary
from seeds.terms.phrases import PhraseIndex, Sighting, plain_phrase, spans_of, tokens_of
from seeds.terms.rules import Clue, index_of
from seeds.terms.similarity import suggest

__all__ = ["CallReading", "Heard", "read_call"]

T = TypeVar("T")
HeardKind = Literal["skill", "theme", "community", "place"]

_UNSAID = 0.5  # a skill that is named, but of which nothing says that somebody should do it
_NAMED = 0.8
_SHORTEST_PLACE = 4
_MOST = {"skill": 15, "theme": 8, "community": 8, "place": 10}
_ALIKE = 12
_AMOUNT = r"£\s?(?P<amount>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>k|m|million|thousand)?\b"
_INCOME = re.compile(
    r"(?:income|turnover)\D{0,40}?"
    r"(?:at least|over|above|more than|minimum of|no less than)\D{0,10}?" + _AMOUNT,
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"(?:up to|grants? of|worth|budget of|total of|fund of|funding of|award of)\D{0,20}?" + _AMOUNT,
    re.IGNORECASE,
)
_MOST_MONEY = 1e12
_UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}


@dataclass(frozen=True, slots=True)
class Heard:
    """A term that a call may mean: how sure, in (0, 1), and the words of the call it rests on."""

    kind: HeardKind
    term_id: str
    label: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallReading:
    """Suggestions, by kind and the surest first; ``budget`` and the lead's least income in GBP."""

    heard: tuple[Heard, ...]
    budget: float | None
    lead_min_income: float | None

    def of(self, kind: HeardKind) -> tuple[Heard, ...]:
        """Return the suggestions of one kind."""
        return tuple(each for each in self.heard if each.kind == kind)


def read_call(text: str) -> CallReading:
    """Return what a call seems to ask for. Nothing of it is a fact until a person confirms it.

    Text beyond the first 20,000 characters isn't read.
    """
    text = text[:LONGEST_TEXT]
    found: dict[tuple[HeardKind, str], Heard] = {}
    for each in (*_inferred(text), *_named_skills(text), *_places(text)):
        known = found.get((each.kind, each.term_id))
        if known is None or known.confidence < each.confidence:
            found[each.kind, each.term_id] = each
    if not any(kind == "skill" for kind, _ in found):
        found = {(each.kind, each.term_id): each for each in _alike(text)} | found
    kept = [
        each
        for kind, most in _MOST.items()
        for each in sorted(
            (each for each in found.values() if each.kind == kind),
            key=lambda each: (-each.confidence, each.label),
        )[:most]
    ]
    return CallReading(tuple(kept), _largest(_BUDGET, text), _largest(_INCOME, text))


def _inferred(text: str) -> Iterator[Heard]:
    for guess in infer(text):
        yield _heard(guess.kind, guess.term_id, guess.confidence, guess.words)


def _alike(text: str) -> Iterator[Heard]:
    """Yield terms that read like the text, for one in which no skill is named."""
    for guess in suggest(text, _ALIKE):
        yield _heard(guess.kind, guess.term_id, guess.confidence / 2, guess.words)


def _named_skills(text: str) -> Iterator[Heard]:
    """Yield skills that are named at all: a call wants them and needn't say that it offers any."""
    written = quietened(text)
    spans = spans_of(written)
    seen = [
        sighting
        for sighting in index_of().find(tokens_of(written))
        if sighting.owner.speaks and sighting.owner.kind == "skill"
    ]
    for sighting in _longest(seen):
        start, end = spans[sighting.start][0], spans[sighting.end - 1][1]
        clue: Clue = sighting.owner
        words = (" ".join(text[start:end].split()),)
        yield _heard("skill", clue.term_id, clue.confidence * _UNSAID, words)


def _places(text: str) -> Iterator[Heard]:
    """Yield places whose names stand in the text with a capital letter."""
    spans = spans_of(text)
    seen = [
        sighting
        for sighting in _places_index().find(tokens_of(text))
        if text[spans[sighting.start][0]].isupper()
    ]
    for sighting in _longest(seen):
        words = text[spans[sighting.start][0] : spans[sighting.end - 1][1]]
        place = places() if sighting.owner in places() else countries()
        label = place.term(sighting.owner).label
        yield Heard("place", sighting.owner, label, _NAMED, (" ".join(words.split()),))


@functools.cache
def _places_index() -> PhraseIndex[str]:
    return PhraseIndex(
        (plain_phrase(name), place.id)
        for place in places()
        for name in (place.label, *place.synonyms)
        if len(name) >= _SHORTEST_PLACE and not any(letter.isdigit() for letter in name)
    )


def _longest(seen: Iterable[Sighting[T]]) -> list[Sighting[T]]:
    """Leave out what is part of something longer: "Newcastle" in "Newcastle upon Tyne"."""
    spread = list(seen)
    return [
        one
        for one in spread
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            for other in spread
        )
    ]


def _heard(kind: Inferred, term_id: str, confidence: float, words: tuple[str, ...]) -> Heard:
    label = vocabulary(kind).term(term_id).label
    return Heard(kind, term_id, label, round(confidence, 3), words)


def _largest(pattern: re.Pattern[str], text: str) -> float | None:
    """Return the largest amount that stands after such words, None if there is none."""
    amounts = [
        float(found["amount"].replace(",", "")) * _UNITS.get((found["unit"] or "").lower(), 1)
        for found in pattern.finditer(text)
    ]
    # More than there is of money is a row of digits, and may be too long for a number.
    return max((amount for amount in amounts if amount <= _MOST_MONEY), default=None)
