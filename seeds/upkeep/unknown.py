"""Which words of the descriptions nothing covers, read once for many answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from graph.contract import GraphStore
from seeds.decisions import Decisions
from seeds.terms import Inferred, UnmappedWord, unmapped, vocabulary
from seeds.terms.ties import mapped_words

__all__ = ["term_labels", "unmapped_words"]

Texts = tuple[tuple[str, str], ...]

_KINDS: tuple[Inferred, ...] = ("skill", "theme", "community")
_MOST = 1_000
_KEPT = 2


def unmapped_words(
    store: GraphStore, texts: Iterable[tuple[str, str]], *, least: int = 3
) -> list[UnmappedWord]:
    """Return what (id, text) pairs say that no vocabulary, rule or person covers, by frequency.

    Only what stands in ``least`` texts. Reading many texts takes a while, so what was found is
    kept while the texts stay the same, and only what somebody has answered is taken out anew.
    """
    decisions, read = Decisions.of(store), tuple(texts)
    answered = decisions.words.keys() | decisions.ignored
    found = _FOUND.get(read, least, {}, frozenset())
    strange = answered - {word.words for word in found}
    if strange:
        # A phrase from elsewhere than this list may be part of one that is in it.
        words = {phrase: term for phrase, term in decisions.words.items() if phrase in strange}
        found = _FOUND.get(read, least, words, frozenset(decisions.ignored & strange))
    return [word for word in found if word.words not in answered]


def term_labels() -> list[str]:
    """Return every skill, theme and community by name, with its kind where two share one."""
    named: dict[str, list[str]] = {}
    for kind in _KINDS:
        for term in vocabulary(kind):
            named.setdefault(term.label, []).append(kind)
    labels = [
        label if len(kinds) == 1 else f"{label} ({kind})"
        for label, kinds in named.items()
        for kind in kinds
    ]
    return sorted(labels, key=str.casefold)


class _Found:
    """What the last few readings found."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[object, list[UnmappedWord]] = OrderedDict()

    def get(
        self, texts: Texts, least: int, words: dict[str, str], ignored: frozenset[str]
    ) -> list[UnmappedWord]:
        key = (hash(texts), len(texts), least, frozenset(words.items()), ignored)
        # One reading at a time: a second visitor waits for the first one's.
        with self._lock:
            if key not in self._known:
                self._known[key] = unmapped(
                    texts, extra=mapped_words(words), ignored=ignored, least=least, most=_MOST
                )
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return self._known[key]


_FOUND = _Found()
