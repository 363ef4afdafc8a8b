"""What a text says about skills, themes and communities, as guesses that name their words.

Labels and synonyms of the vocabularies count first, then the rules of ``rules.csv``. Nothing
here is a fact until a person says so; where this finds nothing, there is
:func:`seeds.terms.suggest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seeds.terms.phrases import STOPS, Sighting, spans_of, tokens_of
from seeds.terms.rules import Clue, Extra, extra_index, index_of

__all__ = ["LONGEST_TEXT", "Inference", "Inferred", "infer", "quietened"]

Inferred = Literal["skill", "theme", "community"]
Method = Literal["vocabulary", "rule", "similarity"]

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a register allows far fewer."""
_SUREST = 0.95
_MORE = 0.25  # what each further, different phrase takes off the doubt
_DOUBTFUL = 0.5
_OFFER_REACH = 14
_AFTER_REACH = 2
_MOST_WORDS = 5
_LONGEST_WORDS = 80
_KINDS: tuple[Inferred, ...] = ("skill", "theme", "community")
_SHOUTED = 0.7
_BEGINNING = 300
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Inference:
    """A guess: a term, how sure, in (0, 1), and the exact words of the text it rests on."""

    kind: Inferred
    term_id: str
    confidence: float
    words: tuple[str, ...]
    method: Method


def infer(text: str, *, extra: Extra | None = None) -> tuple[Inference, ...]:
    """Return the terms that a text speaks of: skills it offers, themes, communities it is for.

    ``extra`` are a coordinator's own phrases with the kind and id of the term that they mean. The
    order is by kind, then the surest first. Unknown ids raise UnknownTerm.
    """
    text = text[:LONGEST_TEXT]
    written = quietened(text)
    tokens = tokens_of(written)
    sightings = index_of().find(tokens)
    if extra:
        sightings += extra_index(frozenset(extra.items())).find(tokens)
    speaking = _speaking(sightings, tokens)
    if not speaking:
        return ()
    return _collected(speaking, text, spans_of(written))


def quietened(text: str) -> str:
    """Return a text in small letters if it is in capitals throughout, so that they mean nothing."""
    beginning = text[:_BEGINNING]
    capitals = sum(map(str.isupper, beginning))
    small = sum(map(str.islower, beginning))
    if capitals <= _SHOUTED * (capitals + small):
        return text
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


@dataclass(slots=True)
class _Around:
    """Where, in one text, stand the words that decide whether a term counts: token positions."""

    nothing: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    offers: set[int] = field(default_factory=set)
    funds: set[int] = field(default_factory=set)
    excluded: dict[str, set[int]] = field(default_factory=dict)


def _speaking(
    sightings: Sequence[Sighting[Clue]], tokens: Sequence[str]
) -> list[tuple[Sighting[Clue], float]]:
    """Return the sightings that count, each with its confidence."""
    terms = [seen for seen in sightings if seen.owner.speaks]
    if not terms:
        return []
    around = _around(sightings, tokens)
    found: list[tuple[Sighting[Clue], float]] = []
    for seen in _longest(terms):
        start, end, clue = seen
        if start in around.silent or {start, end - 1} <= around.nothing:
            continue
        excluded = around.excluded.get(clue.term_id)
        if excluded and not excluded.isdisjoint(range(start, end)):
            continue
        doubt = _DOUBTFUL if start in around.doubtful else 1.0
        if clue.kind == "skill":
            clause = range(_clause_start(start, tokens), start)
            is_for_others = not around.funds.isdisjoint(clause)
            if clue.needs_offer:
                reached = range(clause.start, end + _AFTER_REACH)
                if is_for_others or around.offers.isdisjoint(reached):
                    continue
            elif is_for_others:
                doubt = _DOUBTFUL
        found.append((seen, clue.confidence * doubt))
    return found


def _around(sightings: Iterable[Sighting[Clue]], tokens: Sequence[str]) -> _Around:
    around = _Around()
    for start, end, clue in sightings:
        match clue.role:
            case "nothing":
                around.nothing.update(range(start, end))
            case "exclude":
                around.excluded.setdefault(clue.term_id, set()).update(range(start, end))
            case "silence":
                around.silent.update(_reached(start, end + clue.reach, tokens))
            case "doubt":
                around.doubtful.update(_reached(start, end + clue.reach, tokens))
            case "offer":
                around.offers.add(start)
            case "fund":
                around.funds.add(start)
    return around


def _reached(start: int, end: int, tokens: Sequence[str]) -> Iterator[int]:
    """Yield the positions from ``start`` on; the end of the clause stops them."""
    for at in range(start, min(len(tokens), end)):
        if tokens[at] in STOPS:
            return
        yield at


def _longest(terms: Iterable[Sighting[Clue]]) -> Iterator[Sighting[Clue]]:
    """Leave out what is part of a longer phrase of its kind: "carers" in "young carers"."""
    by_kind: dict[str, list[Sighting[Clue]]] = {}
    for seen in terms:
        by_kind.setdefault(seen.owner.kind, []).append(seen)
    for same in by_kind.values():
        same.sort(key=lambda seen: (seen.start, -seen.end))
        covered = before = 0  # how far phrases reach; how far those do that aren't just here
        last = (-1, -1)
        for seen in same:
            if (seen.start, seen.end) != last:
                before, last = covered, (seen.start, seen.end)
            if not seen.owner.has_gap:
                covered = max(covered, seen.end)
            if before < seen.end:
                yield seen


def _clause_start(start: int, tokens: Sequence[str]) -> int:
    """Return where the clause before a position begins, as far back as a word of offering counts.

    A skill counts where the clause says that it is done for others. If money is given or sought
    for it, somebody else does it.
    """
    begin = start
    while begin > 0 and start - begin < _OFFER_REACH and tokens[begin - 1] not in STOPS:
        begin -= 1
    return begin


def _collected(
    speaking: Sequence[tuple[Sighting[Clue], float]], text: str, spans: Sequence[tuple[int, int]]
) -> tuple[Inference, ...]:
    """Put together what speaks for the same term."""
    by_term: dict[tuple[Inferred, str], dict[str, tuple[float, str, Method]]] = {}
    for seen, confidence in speaking:
        clue = seen.owner
        words = _SPACES.sub(" ", text[spans[seen.start][0] : spans[seen.end - 1][1]])
        key = words.casefold()
        said = by_term.setdefault((clue.kind, clue.term_id), {})  # type: ignore[arg-type]
        if key not in said or said[key][0] < confidence:
            said[key] = (confidence, words, clue.role)  # type: ignore[assignment]
    return tuple(
        sorted(
            (_inference(kind, term_id, said) for (kind, term_id), said in by_term.items()),
            key=lambda made: (_KINDS.index(made.kind), -made.confidence, made.term_id),
        )
    )


def _inference(
    kind: Inferred, term_id: str, said: Mapping[str, tuple[float, str, Method]]
) -> Inference:
    best = sorted(said.values(), key=lambda each: -each[0])
    doubt = (1 - best[0][0]) * (1 - _MORE) ** (len(best) - 1)
    words = tuple(words[:_LONGEST_WORDS] for _, words, _ in best[:_MOST_WORDS])
    return Inference(kind, term_id, round(min(_SUREST, 1 - doubt), 3), words, best[0][2])
