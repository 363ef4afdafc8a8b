"""Signal: similar words in what both do."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
from scipy import sparse

from matching.network import Network, in_common, row_of
from matching.signals.base import Formed
from matching.signals.forms import Product
from matching.suggestion import Direction, Evidence

__all__ = ["SimilarActivity"]

_SHOWN_WORDS = 3
_COMMON_SHARE = 0.1
_COMMON_COUNT = 10
# What constitutions say of almost any charity, in words that are rare all the same: the Charity
# Commission's model objects on social inclusion and relief, for example.
_LAWYERS = frozenset(
    {"advance", "advancement", "advancing", "assist", "assisting", "benefit", "beneficiaries"}
    | {"charitable", "charities", "charity", "district", "excluded", "exclusion", "furtherance"}
    | {"hardship", "inclusion", "inhabitants", "integrate", "necessity", "needs", "object"}
    | {"objects", "parts", "persons", "preventing", "principal", "promote", "promotion", "public"}
    | {"purpose", "purposes", "relief", "relieve", "relieving", "socially", "society", "trustees"}
)


class SimilarActivity(Formed):
    """Both describe their work, or the projects they take part in, in the same rare words.

    Formula: 0.6 · cosine of the TF-IDF vectors of description and own projects. Left out are words
    of more than 10 organisations and of more than a tenth of all, words of an organisation's own
    name, words of constitutions ("relief", "socially excluded"), and in a project's text those of
    its programme.
    Unit: log-odds. Source: TF-IDF weighting (Salton & Buckley 1988).
    """

    name: ClassVar[str] = "similar_activity"
    label: ClassVar[str] = "similar words about their work"
    direction: ClassVar[Direction] = Direction.SHARED
    prior_weight: ClassVar[float] = 0.6

    def make_form(self, network: Network) -> Product:
        words = _words(network).matrix
        return Product.of(words, words, self.prior_weight)

    def evidence(self, network: Network, i: int, j: int) -> tuple[Evidence, ...]:
        vocabulary, words = _words(network)
        mine, theirs = row_of(words, i), row_of(words, j)
        shared = in_common(mine, theirs)
        if len(shared) == 0:
            return ()
        at_mine, at_theirs = np.searchsorted(mine, shared), np.searchsorted(theirs, shared)
        weight = words.data[words.indptr[i] + at_mine] * words.data[words.indptr[j] + at_theirs]
        strongest = shared[np.argsort(-weight, kind="stable")[:_SHOWN_WORDS]].tolist()
        return (
            Evidence(
                points=float(self.prior_weight * weight.sum()),
                about=", ".join(vocabulary[word] for word in strongest),
                facts=(*_texts(network, i), *_texts(network, j)),
            ),
        )


def _texts(network: Network, i: int) -> tuple[str, ...]:
    """Return the facts that an organisation's words come from: itself, and its projects."""
    projects = row_of(network.projects, i).tolist()
    parts = (network.thing_facts("takes_part_in", i, "project", project) for project in projects)
    return (network.organisation_ids[i], *(fact for part in parts for fact in part))


class _Words(NamedTuple):
    """Organisations × words, TF-IDF, each row of length 1 (0 where nothing is said)."""

    vocabulary: list[str]
    matrix: sparse.csr_array


def _words(network: Network) -> _Words:
    return network.remembered("similar_activity.words", lambda: _count_words(network))


def _without(counts: Any, names: Any) -> sparse.csr_array:
    """Return word counts less the words of names: a grant scheme's or one's own say nothing."""
    counts = sparse.csr_array(counts)
    return sparse.csr_array(counts - counts * (sparse.csr_array(names) > 0))


def _count_words(network: Network) -> _Words:
    # Loaded on first use: every other command would pay a second for it.
    from sklearn.feature_extraction.text import (  # noqa: PLC0415
        ENGLISH_STOP_WORDS,
        CountVectorizer,
        TfidfTransformer,
    )

    tables = network.snapshot.tables
    projects = tables["project"]
    texts = [
        *tables["organisation"]["description"].tolist(),
        *map(" ".join, zip(projects["name"], projects["description"], strict=True)),
    ]
    stops = sorted(ENGLISH_STOP_WORDS | _LAWYERS)
    counter = CountVectorizer(stop_words=stops, strip_accents="unicode")
    try:
        counts: Any = sparse.csr_array(counter.fit_transform(texts))
    except ValueError:  # nobody has said a word
        return _Words([], sparse.csr_array((len(network), 0)))
    programmes = projects["programme"].tolist()
    told = _without(counts[len(network) :], counter.transform(programmes))
    said = sparse.csr_array(counts[: len(network)] + network.projects @ told)
    said = _without(said, counter.transform(network.names))
    held_by = np.bincount(said.indices, minlength=said.shape[1])
    is_rare = held_by <= max(_COMMON_COUNT, _COMMON_SHARE * len(network))
    kept = np.flatnonzero(is_rare & (held_by > 1))
    if len(kept) == 0:
        return _Words([], sparse.csr_array((len(network), 0)))
    weights = sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(said[:, kept]))
    weights.sort_indices()
    return _Words(counter.get_feature_names_out()[kept].tolist(), weights)
