"""What a source is: something that knows one kind of file and turns it into records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from graph.errors import InvalidRecord
from graph.model import Node, Provenance, Record, Visibility
from graph.vocabulary import Term
from seeds.problems import Problem, Skipped, Where, problem_of
from seeds.reading.reader import Head, Reader
from seeds.terms import TermKind, vocabulary, with_ancestors

__all__ = ["Context", "Item", "Recognition", "Source", "attempt"]

Item = Record | Problem | Skipped
Holders = Callable[[str, Iterable[str]], dict[str, str]]
Identifiers = Callable[[Iterable[str]], dict[str, tuple[str, ...]]]


def _none_known(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    del ids
    return {}


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sure a source is that files are its own, in [0, 1], and what it knew them by."""

    confidence: float
    reason: str = ""


@dataclass(slots=True)
class Context:
    """What a source needs to know besides the files.

    ``holders(kind, external_ids)`` and ``known(kind, ids)`` ask the store: who has these external
    ids, and which of these ids of ours exist. ``named()`` returns which organisations have a name,
    by the name as :func:`seeds.names.normalised` gives it. ``words`` gives the term that a phrase
    means, where people have said so. ``identifiers(ids)`` returns the external ids of
    organisations.
    """

    source: str
    actor: str
    asserted_on: date
    holders: Holders
    known: Callable[[str, Iterable[str]], set[str]]
    named: Callable[[], dict[str, list[str]]]
    options: dict[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    identifiers: Identifiers = _none_known
    where: Where | None = None
    """The row whose ties are being yielded, where a source says so."""
    _told: dict[tuple[str, Visibility], Provenance] = field(default_factory=dict)
    _found: dict[tuple[TermKind, str], Term | None] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)

    def provenance(
        self, file: str, *, visibility: Visibility, confidence: float = 1.0, basis: str = ""
    ) -> Provenance:
        """Return where a fact of ``file`` comes from; a confidence below 1 means inferred.

        ``basis`` is what an inferred fact rests on, cut where it is too long.
        """
        made = self._told.get((file, visibility))
        if made is None:
            made = self._told[file, visibility] = Provenance(
                source=f"{self.source}: {file}"[:500],
                asserted_by=self.actor,
                first_seen=self.asserted_on,
                last_confirmed=self.asserted_on,
                visibility=visibility,
            )
        if confidence == 1:
            return made
        # Not kept: each inferred fact rests on words of its own.
        return replace(made, inferred=True, confidence=confidence, basis=basis[:500])

    def find(self, kind: TermKind, text: str) -> Term | None:
        """Return the term of a vocabulary that ``text`` means, or None."""
        key = (kind, text)
        if key not in self._found:
            self._found[key] = vocabulary(kind).find(text)
        return self._found[key]

    def nodes_of(self, kind: TermKind, term: Term) -> Iterator[Node]:
        """Yield the nodes that a term needs and that this import hasn't yielded before."""
        if term.id in self._given:
            return
        for node in with_ancestors(kind, term):
            if node.id not in self._given:
                self._given.add(node.id)
                yield node


class Source(ABC):
    """One kind of file. A new source is one module here and one line in ``SOURCES``."""

    name: ClassVar[str]
    """The word for it at the prompt and the beginning of each fact's ``source``."""
    title: ClassVar[str]
    """What a person calls it."""
    authority: ClassVar[int] = 1
    """Whose word counts when sources contradict: a funder's list 1, an official register 2, a
    member's own word 3. What a person says in the app counts most."""
    restores: ClassVar[bool] = False
    """Whether its files may hold facts that say themselves where they come from."""

    is_register: ClassVar[bool] = False
    """Whether it is where numbers of bodies come from, so that they can't be mistyped in it."""

    @abstractmethod
    def recognises(self, heads: Sequence[Head]) -> Recognition:
        """Say how likely it is that these files, together, are this source's."""

    @abstractmethod
    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        """Yield what the files hold, in the same order each time.

        A tie comes after the nodes at its ends, unless those are in the store already. What
        comes first stands: a later record with the same kind and id is left out.
        """


def attempt(where: Where, build: Callable[[], Record]) -> Item:
    """Build a record; what the model refuses becomes the problem of its row."""
    try:
        return build()
    except InvalidRecord as error:
        return problem_of(where, error)
