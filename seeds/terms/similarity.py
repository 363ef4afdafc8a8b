"""Suggestions by likeness, for texts in which no word of the vocabularies was found."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from graph.vocabulary.spelling import singular, words_of
from seeds.terms.inference import LONGEST_TEXT, Inference, Inferred
from seeds.terms.nodes import vocabulary
from seeds.terms.phrases import tokens_of
from seeds.terms.stop_words import STOP_WORDS

__all__ = ["suggest"]

_LEAST_LIKE = 0.08
_MOST = 0.6  # likeness of words is a weak reason, however great
_MOST_WORDS = 5
_KINDS: tuple[Inferred, ...] = ("theme", "community", "skill")


def suggest(text: str, k: int = 5) -> tuple[Inference, ...]:
    """Return up to ``k`` terms whose labels, synonyms and descriptions read like ``text``.

    TF-IDF and cosine, the most alike first. Show these to a person; never write them as facts.
    """
    corpus = _corpus()
    text = text[:LONGEST_TEXT]
    row = corpus.vectoriser.transform([text])
    likeness = (corpus.rows @ row.T).toarray().ravel()
    best = sorted(
        (index for index in range(len(likeness)) if likeness[index] >= _LEAST_LIKE),
        key=lambda index: (-likeness[index], corpus.terms[index]),
    )[: max(k, 0)]
    return tuple(
        Inference(
            *corpus.terms[index],
            round(min(_MOST, float(likeness[index])), 3),
            _shared_words(corpus, index, row, text),
            "similarity",
        )
        for index in best
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """One row a term, in the order of ``terms``; columns are stems."""

    terms: tuple[tuple[Inferred, str], ...]
    vectoriser: Any
    rows: Any


def _stems(text: str) -> list[str]:
    return [
        singular(word)
        for token in tokens_of(text)
        for word in words_of(token)
        if word not in STOP_WORDS and len(word) > 2
    ]


@functools.cache
def _corpus() -> _Corpus:
    terms: list[tuple[Inferred, str]] = []
    texts: list[str] = []
    for kind in _KINDS:
        for term in vocabulary(kind):
            terms.append((kind, term.id))
            texts.append(". ".join((term.label, *term.synonyms, term.description)))
    vectoriser = TfidfVectorizer(analyzer=_stems, sublinear_tf=True)
    return _Corpus(tuple(terms), vectoriser, vectoriser.fit_transform(texts))


def _shared_words(corpus: _Corpus, index: int, row: Any, text: str) -> tuple[str, ...]:
    """Return the words of the text, as written, that weigh most in its likeness to a term."""
    shared = corpus.rows[index].multiply(row).tocoo()
    names = corpus.vectoriser.get_feature_names_out()
    weights = {
        str(names[at]): weight for at, weight in zip(shared.coords[1], shared.data, strict=True)
    }
    written: dict[str, str] = {}
    for token in tokens_of(text):
        for stem in _stems(token):
            written.setdefault(stem, token)
    heaviest = sorted(weights, key=lambda stem: (-weights[stem], stem))
    return tuple(written[stem] for stem in heaviest[:_MOST_WORDS])
