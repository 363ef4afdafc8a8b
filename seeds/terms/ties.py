"""From guesses about a text to ties of the network, which say that they are guesses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from graph.model import Node, Offer, Provenance, Relationship, Serves, Visibility, WorksOn
from graph.vocabulary import Term
from seeds.terms.inference import Inference, Inferred, infer
from seeds.terms.nodes import TermKind, vocabulary

__all__ = ["Teller", "basis_of", "inferred_ties", "mapped_words", "strongest", "ties_of"]

_CLASS: Mapping[Inferred, type[WorksOn] | type[Serves] | type[Offer]] = {
    "theme": WorksOn,
    "community": Serves,
    "skill": Offer,
}
_LONGEST_BASIS = 500
_MOST = 0.95
_LEAST = 0.1
# "Local people" and their like tell no organisation from another.
_FITS_ANYBODY = frozenset({"com-everyone"})


class Teller(Protocol):
    """What this needs of :class:`seeds.sources.base.Context`."""

    words: Mapping[str, str]

    def provenance(
        self, file: str, *, visibility: Visibility, confidence: float = 1.0, basis: str = ""
    ) -> Provenance: ...

    def nodes_of(self, kind: TermKind, term: Term) -> Iterator[Node]: ...


def inferred_ties(
    context: Teller,
    from_id: str,
    text: str,
    file: str,
    *,
    visibility: Visibility,
    factor: float = 1.0,
    kinds: Collection[Inferred] = ("theme", "community", "skill"),
) -> Iterator[Node | Relationship]:
    """Yield the terms that ``text`` speaks of, and the ties of ``from_id`` to them.

    Each tie is inferred, with the inference's confidence times ``factor`` and the words it rests
    on. A project takes themes and communities only: ask for those ``kinds``. Phrases that people
    have given a meaning (``context.words``) count, too.
    """
    made = infer(text, extra=mapped_words(context.words))
    yield from ties_of(
        context, from_id, made, file, visibility=visibility, factor=factor, kinds=kinds
    )


def mapped_words(words: Mapping[str, str]) -> dict[str, tuple[TermKind, str]]:
    """Return phrases with kind and id of their term; those whose term is gone are left out."""
    return {
        phrase: (kind, term_id)
        for phrase, term_id in words.items()
        for kind in _CLASS
        if term_id in vocabulary(kind)
    }


def ties_of(
    context: Teller,
    from_id: str,
    inferences: Iterable[Inference],
    file: str,
    *,
    visibility: Visibility,
    factor: float = 1.0,
    kinds: Collection[Inferred] = ("theme", "community", "skill"),
) -> Iterator[Node | Relationship]:
    """Yield what :func:`inferred_ties` yields, for inferences made already."""
    for made in inferences:
        confidence = round(min(_MOST, made.confidence * factor), 3)
        if made.kind not in kinds or confidence < _LEAST or made.term_id in _FITS_ANYBODY:
            continue
        yield from context.nodes_of(made.kind, vocabulary(made.kind).term(made.term_id))
        told = context.provenance(
            file, visibility=visibility, confidence=confidence, basis=basis_of(made)
        )
        # Somebody who does a thing can at least help with it; more, the text doesn't say.
        more: dict[str, Any] = {"level": 1} if made.kind == "skill" else {}
        yield _CLASS[made.kind](from_id=from_id, to_id=made.term_id, provenance=told, **more)


def strongest(inferences: Iterable[Inference]) -> tuple[Inference, ...]:
    """Return each term once, with the words of the surest inference; in the order of terms met."""
    best: dict[tuple[str, str], Inference] = {}
    for made in inferences:
        key = (made.kind, made.term_id)
        if key not in best or best[key].confidence < made.confidence:
            best[key] = made
    return tuple(best.values())


def basis_of(made: Inference) -> str:
    """Return what a guess rests on, for people to read: ``words: "food bank", "hot meals"``."""
    words = ""
    for word in made.words:
        longer = f"{words}, " if words else "words: "
        longer += f'"{word}"'
        if len(longer) > _LONGEST_BASIS:
            break
        words = longer
    return words
