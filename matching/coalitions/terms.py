"""From what a person types to the id of a skill, theme, community or place."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from graph.errors import UnknownTerm
from graph.vocabulary import (
    Vocabulary,
    capabilities,
    communities,
    countries,
    places,
    themes,
)
from matching.network import Network

__all__ = ["known_term", "name_of_term", "term_named"]

_NEAREST = 3
_LIKE = 60


def term_named(network: Network, kind: str, text: str) -> str:
    """Return the id of the term with this id or name, in the network or else in the vocabulary.

    Raises UnknownTerm with the nearest names.
    """
    wanted = text.strip()
    if network.snapshot.row_of(kind, wanted) is not None:
        return wanted
    names = network.remembered(f"coalitions.named.{kind}", lambda: _names(network, kind))
    found = names.get(wanted.casefold()) or _in_vocabulary(kind, wanted)
    if found is None:
        near = process.extract(
            wanted.casefold(), names.keys(), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LIKE
        )
        raise UnknownTerm(kind, text, tuple(network.name_of(names[name]) for name, _, _ in near))
    return found


def known_term(network: Network, kind: str, term_id: str) -> bool:
    """Whether a term is in the network or in the vocabulary, where nobody has it yet."""
    if network.snapshot.row_of(kind, term_id) is not None:
        return True
    return any(term_id in vocabulary for vocabulary in _vocabularies(kind))


def name_of_term(network: Network, kind: str, term_id: str) -> str:
    """Return the name of a term, also of one that nobody in the network has."""
    for vocabulary in _vocabularies(kind):
        if network.snapshot.row_of(kind, term_id) is None and term_id in vocabulary:
            return str(vocabulary.term(term_id).label)
    return network.name_of(term_id)


def _vocabularies(kind: str) -> tuple[Vocabulary[Any], ...]:
    match kind:
        case "skill":
            return (capabilities(),)
        case "theme":
            return (themes(),)
        case "community":
            return (communities(),)
        case _:
            return places(), countries()


def _in_vocabulary(kind: str, text: str) -> str | None:
    for vocabulary in _vocabularies(kind):
        found = vocabulary.find(text)
        if found is not None:
            return str(found.id)
    return None


def _names(network: Network, kind: str) -> dict[str, str]:
    table = network.snapshot.tables[kind]
    found: dict[str, str] = {}
    for row, term_id in enumerate(network.thing_ids(kind)):
        others = table["other_names"][row] if "other_names" in table.columns else ()
        for name in (str(table["name"][row]), *others):
            found.setdefault(name.casefold(), term_id)
    return found
