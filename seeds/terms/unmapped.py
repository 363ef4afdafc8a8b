"""Telling words that no vocabulary term, synonym or rule covers, for a coordinator to map."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.vocabulary import places
from graph.vocabulary.spelling import singular, words_of
from seeds.terms.inference import LONGEST_TEXT, quietened
from seeds.terms.phrases import PhraseIndex, tokens_of
from seeds.terms.rules import Clue, Extra, extra_index, index_of
from seeds.terms.stop_words import BOILERPLATE, STOP_WORDS

__all__ = ["UnmappedWord", "unmapped"]

_SHORTEST = 4
_EXAMPLES = 3
_LONGEST_PHRASE = 3
# A word that is mostly written with a capital in running text is a name.
_MOST_CAPITALS = 0.5
# A word that mostly stands in one phrase is listed as that phrase.
_SHARE_OF_WORD = 0.6
_COVERING = frozenset({"vocabulary", "rule", "exclude", "nothing", "silence"})


@dataclass(frozen=True, slots=True)
class UnmappedWord:
    """A word or phrase, the number of texts that have it, and ids of some of these."""

    words: str
    count: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    texts: int = 0
    capitals: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def unmapped(
    texts: Iterable[tuple[str, str]],
    *,
    extra: Extra | None = None,
    ignored: Collection[str] = (),
    least: int = 3,
    most: int = 200,
) -> list[UnmappedWord]:
    """Return what (id, text) pairs say that nothing covers, the most frequent first.

    Only what stands in at least ``least`` texts, and at most ``most`` entries. ``extra`` are
    phrases that people have mapped already, ``ignored`` those that they said mean nothing.
    """
    indexes = [index_of()]
    if extra:
        indexes.append(extra_index(frozenset(extra.items())))
    passed_over = {_stems(phrase) for phrase in ignored}
    seen: dict[tuple[str, ...], _Seen] = {}
    for text_id, text in texts:
        _note(seen, text_id, text, indexes)
    kept = {
        stems: each
        for stems, each in seen.items()
        if each.texts >= least
        and stems not in passed_over
        and each.capitals <= _MOST_CAPITALS * each.spellings.total()
    }
    within = _within(kept)
    words = [
        UnmappedWord(each.spellings.most_common(1)[0][0], each.texts, tuple(each.examples))
        for stems, each in kept.items()
        if within.get(stems, 0) < _SHARE_OF_WORD * each.texts
    ]
    return sorted(words, key=lambda word: (-word.count, word.words))[:most]


def _note(
    seen: dict[tuple[str, ...], _Seen],
    text_id: str,
    text: str,
    indexes: Sequence[PhraseIndex[Clue]],
) -> None:
    tokens = tokens_of(quietened(text[:LONGEST_TEXT]))
    met: dict[tuple[str, ...], str] = {}
    for run in _runs(tokens, indexes):
        for length in range(1, _LONGEST_PHRASE + 1):
            for at in range(len(run) - length + 1):
                part = run[at : at + length]
                met.setdefault(tuple(stem for stem, _ in part), " ".join(word for _, word in part))
    for stems, spelling in met.items():
        each = seen.setdefault(stems, _Seen())
        each.texts += 1
        each.capitals += any(word[:1].isupper() for word in spelling.split())
        each.spellings[spelling.casefold()] += 1
        if len(each.examples) < _EXAMPLES:
            each.examples.append(text_id)


def _runs(
    tokens: Sequence[str], indexes: Sequence[PhraseIndex[Clue]]
) -> Iterator[list[tuple[str, str]]]:
    """Yield stretches of telling words, each as (stem, as written)."""
    covered = {
        at
        for index in indexes
        for sighting in index.find(tokens)
        if sighting.owner.role in _COVERING
        for at in range(sighting.start, sighting.end)
    }
    run: list[tuple[str, str]] = []
    for at, token in enumerate(tokens):
        stem = "" if at in covered else _stem(token)
        if stem:
            run.append((stem, token))
        elif run:
            yield run
            run = []
    if run:
        yield run


@functools.lru_cache(maxsize=200_000)
def _stem(token: str) -> str:
    """Return what a telling word is counted under, '' for one that tells nothing."""
    word = "".join(words_of(token))
    stem = singular(word)
    is_telling = (
        len(word) >= _SHORTEST
        and word.isalpha()
        and not {word, stem} & (STOP_WORDS | BOILERPLATE)
        and word not in _place_words()
    )
    return stem if is_telling else ""


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(singular("".join(words_of(token))) for token in tokens_of(phrase))


@functools.cache
def _place_words() -> frozenset[str]:
    return frozenset(
        word
        for place in places()
        for name in (place.label, *place.synonyms)
        for word in words_of(name)
    )


def _within(kept: Mapping[tuple[str, ...], _Seen]) -> dict[tuple[str, ...], int]:
    """Return, for what stands within a phrase one word longer, in how many texts that stands."""
    within: dict[tuple[str, ...], int] = {}
    for stems, each in kept.items():
        for part in (stems[1:], stems[:-1]):
            within[part] = max(within.get(part, 0), each.texts)
    return within
