"""Saying what an organisation works on, is for or offers, where no word of its text says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.contract import GraphStore
from graph.errors import InputError, UnknownOrganisation
from graph.model import Offer, Organisation, Serves, WorksOn
from seeds.terms import suggest, vocabulary, with_ancestors
from seeds.terms.inference import Inferred
from seeds.upkeep.answering import confirmed
from seeds.upkeep.writing import Done, Draft, told_anew, write

__all__ = ["Proposal", "proposals", "tell"]

_CLASS: dict[Inferred, type[WorksOn] | type[Serves] | type[Offer]] = {
    "theme": WorksOn,
    "community": Serves,
    "skill": Offer,
}
_MOST = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that reads like a text, and the words of the text that make it so."""

    kind: str
    term_id: str
    label: str
    words: tuple[str, ...]


def proposals(text: str) -> list[Proposal]:
    """Return up to five terms whose descriptions read like ``text``: to be shown, never written."""
    return [
        Proposal(
            made.kind, made.term_id, vocabulary(made.kind).term(made.term_id).label, made.words
        )
        for made in suggest(text, _MOST)
    ]


def tell(store: GraphStore, organisation_id: str, term_id: str, actor: str, today: date) -> Done:
    """Say that an organisation works on a theme, serves a community or offers a skill.

    Raises InputError for an unknown term, and UnknownOrganisation.
    """
    kind = next((each for each in _CLASS if term_id in vocabulary(each)), None)
    if kind is None:
        raise InputError(
            f"There is no skill, theme or community {term_id!r}.", remedy="Choose one of the list."
        )
    term = vocabulary(kind).term(term_id)
    tie_class = _CLASS[kind]

    def plan(draft: Draft) -> None:
        organisation = store.record(Organisation, organisation_id)
        if organisation is None:
            raise UnknownOrganisation(organisation_id)
        nodes = {node.id: node for node in with_ancestors(kind, term)}
        for known in store.records(type(nodes[term_id]), list(nodes)):
            del nodes[known.id]
        told = told_anew(actor, today, organisation.provenance.visibility)
        tie = tie_class(from_id=organisation_id, to_id=term_id, provenance=told)
        stored = store.record(tie_class, tie.id)
        if stored is None:
            draft.put(*nodes.values(), tie)
        elif stored.provenance.inferred:
            draft.put(*confirmed(stored, actor, today))
        else:
            return
        draft.changed = 1
        draft.what = f"Said of {organisation.name}: {term.label}"

    return write(store, actor, today, plan)
