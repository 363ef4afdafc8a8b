"""Baseline: like words and themes of past projects."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from scipy import sparse

from matching.evaluation.baselines.base import Baseline
from matching.network import Floats, Ints, Network

__all__ = ["SimilarTexts"]


class SimilarTexts(Baseline):
    """Whoever's past projects are told in the same rare words.

    Formula: cosine of TF-IDF vectors of titles, descriptions, programmes and themes of all
    projects of each. Source: Salton & Buckley 1988, Term-weighting approaches.
    """

    name: ClassVar[str] = "texts"
    label: ClassVar[str] = "TF-IDF of past projects"

    def scores(self, network: Network, rows: Ints) -> Floats:
        words = network.remembered("baselines.words", lambda: _words(network))
        by_word = network.remembered("baselines.by_word", lambda: sparse.csr_array(words.T.tocsr()))
        return np.asarray((words[rows] @ by_word).toarray())


def _words(network: Network) -> sparse.csr_array:
    # Loaded on first use: every other command would pay a second for it.
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # noqa: PLC0415

    nothing = sparse.csr_array((len(network), 0))
    try:
        counts: Any = CountVectorizer(stop_words="english", strip_accents="unicode").fit_transform(
            _texts(network)
        )
    except ValueError:  # nobody has said a word
        return nothing
    told = sparse.csr_array(network.projects @ sparse.csr_array(counts))
    if told.nnz == 0:
        return nothing
    return sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(told))


def _texts(network: Network) -> list[str]:
    """Return for each project all that is said of it."""
    snapshot = network.snapshot
    projects = snapshot.tables["project"]
    themes: list[list[str]] = [[] for _ in range(len(projects))]
    ties = snapshot.tables["works_on"]
    first = snapshot.offsets["project"]
    names = snapshot.tables["theme"]["name"]
    for start, end in zip(ties["from_id"].tolist(), ties["to_id"].tolist(), strict=True):
        if 0 <= start - first < len(projects):
            themes[start - first].append(names[end - snapshot.offsets["theme"]])
    told = zip(
        projects["name"],
        projects["description"],
        projects["programme"],
        map(" ".join, themes),
        strict=True,
    )
    return list(map(" ".join, told))
