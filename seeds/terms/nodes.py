"""Terms of the vocabularies as nodes of the network, the same whoever adds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from graph.model import Community, Node, Place, Provenance, Skill, Theme, Visibility
from graph.vocabulary import Place as PlaceTerm
from graph.vocabulary import Term, Vocabulary, capabilities, communities, places, themes

__all__ = ["VOCABULARY_SOURCE", "TermKind", "vocabulary", "vocabulary_node", "with_ancestors"]

VOCABULARY_SOURCE = "gofar vocabulary"
# Fixed, so that the same term is the same fact whichever import brings it first.
_PUBLISHED_ON = date(2026, 11, 1)
_PROVENANCE = Provenance(
    source=VOCABULARY_SOURCE,
    asserted_by="gofar",
    first_seen=_PUBLISHED_ON,
    last_confirmed=_PUBLISHED_ON,
    visibility=Visibility.PUBLIC,
)

TermKind = Literal["skill", "theme", "community", "place"]
_CLASS: dict[TermKind, type[Skill] | type[Theme] | type[Community]] = {
    "skill": Skill,
    "theme": Theme,
    "community": Community,
}


def vocabulary(kind: TermKind) -> Vocabulary[Any]:
    """Return the vocabulary whose terms become nodes of ``kind``."""
    return {"skill": capabilities, "theme": themes, "community": communities, "place": places}[
        kind
    ]()


def vocabulary_node(term: Term) -> Node:
    """Return the node that stands for a term: a Skill, Theme, Community or Place by its home."""
    if isinstance(term, PlaceTerm):
        return Place(
            id=term.id,
            name=term.label,
            other_names=term.synonyms,
            place_type=term.kind,
            parent_id=term.parent or "",
            latitude=term.latitude,
            longitude=term.longitude,
            provenance=_PROVENANCE,
        )
    return _CLASS[_home(term)](
        id=term.id,
        name=term.label,
        other_names=term.synonyms,
        description=term.description,
        parent_id=term.parent or "",
        provenance=_PROVENANCE,
    )


def with_ancestors(kind: TermKind, term: Term) -> Iterator[Node]:
    """Yield the nodes of a term and of all broader terms, the broadest first."""
    # What has nothing above it may stand in another vocabulary, as countries do.
    above = vocabulary(kind).ancestors(term.id) if term.parent else ()
    for broader in reversed(above):
        yield vocabulary_node(broader)
    yield vocabulary_node(term)


def _home(term: Term) -> TermKind:
    kinds: tuple[TermKind, ...] = ("skill", "theme", "community")
    return next(kind for kind in kinds if term.id in vocabulary(kind))
