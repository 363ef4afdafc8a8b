"""Words of descriptions that no vocabulary knows: what they mean, and reading with that anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from rapidfuzz import fuzz, process

from graph.contract import GraphStore
from graph.errors import InputError, StaleVersion
from graph.model import (
    KINDS,
    Answer,
    Fact,
    ImportRecord,
    ImportState,
    Node,
    Organisation,
    Project,
    Provenance,
    Question,
    Record,
    Relationship,
    Verdict,
    Visibility,
)
from graph.vocabulary import Term
from graph.vocabulary.spelling import words_of
from seeds.decisions import Decisions
from seeds.identifiers import own_id
from seeds.terms import Inferred, TermKind, inferred_ties, vocabulary, with_ancestors
from seeds.upkeep.writing import UPKEEP, Done, Draft, write

__all__ = ["Progress", "ignore_words", "map_words", "reread", "term_named"]

Progress = Callable[[int, int | None, str], None]

_KINDS: tuple[Inferred, ...] = ("skill", "theme", "community")
_OF_PROJECTS: tuple[Inferred, ...] = ("theme", "community")
_READ_AT_ONCE = 2_000
_ATTEMPTS = 20
_STEM = 4
_LIKE = 70


def map_words(
    store: GraphStore, phrases: Iterable[str], term_id: str, actor: str, today: date
) -> Done:
    """Say that phrases mean a skill, theme or community, and read the descriptions with that.

    Whoever uses a phrase gets an inferred tie to the term, unless somebody has rejected it. Raises
    InputError for an unknown term or a phrase without letters.
    """
    wanted = tidy(phrases)
    term = term_named(term_id)
    answers = [_answer(phrase, Answer.CONFIRMED, actor, today, term.id) for phrase in wanted]
    quoted = ", ".join(f"“{phrase}”" for phrase in wanted)
    reading = _Reading(
        store,
        actor,
        today,
        what=f"Said that {quoted} {'means' if len(wanted) == 1 else 'mean'} {term.label}",
        answers=answers,
        words={phrase: term.id for phrase in wanted},
        only=term.id,
    )
    return reading.run()


def ignore_words(store: GraphStore, phrases: Iterable[str], actor: str, today: date) -> Done:
    """Say that phrases mean nothing that the vocabularies should know."""
    wanted = tidy(phrases)

    def plan(draft: Draft) -> None:
        draft.put(*(_answer(phrase, Answer.REJECTED, actor, today) for phrase in wanted))
        draft.changed = len(wanted)
        draft.what = f"Passed over {', '.join(f'“{phrase}”' for phrase in wanted)}"

    return write(store, actor, today, plan)


def reread(store: GraphStore, actor: str, today: date, *, progress: Progress | None = None) -> Done:
    """Read all descriptions again with today's vocabularies, rules and mapped words.

    What they say and nobody has rejected is added as inferred; nothing known changes.
    """
    reading = _Reading(store, actor, today, what="Read the descriptions again")
    return reading.run(progress)


def _nearest(text: str) -> str:
    """Return what was probably meant."""
    labels = [term.label for kind in _KINDS for term in vocabulary(kind)]
    near = process.extract(text, labels, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=2)
    names = " or ".join(f"“{label}”" for label in dict.fromkeys(label for label, _, _ in near))
    return f"Did you mean {names}?" if names else "Choose one of the list."


def term_named(text: str) -> Term:
    """Return the skill, theme or community with this id or name; raises InputError.

    Where a name stands for several, ``Sport (theme)`` says which.
    """
    name, _, kind = text.strip().removesuffix(")").rpartition(" (")
    is_marked = kind in _KINDS
    found: list[Term] = []
    for each in _KINDS:
        if is_marked and each != kind:
            continue
        term: Term | None = vocabulary(each).find(name if is_marked else text)
        if term is not None and term.id == text.strip():
            return term
        found += [] if term is None else [term]
    # A name counts before what is also said for another term.
    called = [term for term in found if term.label.casefold() == text.strip().casefold()]
    found = called or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"“{text}” is no skill, theme or community.", remedy=_nearest(text))
    raise InputError(
        f"“{text}” can mean {' or '.join(sorted(term.id for term in found))}.",
        remedy="Write the id of the one that you mean.",
    )


def tidy(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return phrases as they are remembered; raises InputError for one without letters."""
    found = tuple(dict.fromkeys(" ".join(phrase.casefold().split()) for phrase in phrases))
    for phrase in found:
        if not words_of(phrase):
            raise InputError(f"“{phrase}” has no letters or digits.", remedy="Write a word.")
    return found


def _answer(phrase: str, answer: Answer, actor: str, today: date, term_id: str = "") -> Verdict:
    return Verdict(
        question=Question.WORD,
        subject=phrase,
        other=term_id,
        answer=answer,
        decided_by=actor,
        decided_on=today,
    )


@dataclass(slots=True)
class _Teller:
    """What the reading of one text needs: see :class:`seeds.terms.ties.Teller`."""

    words: Mapping[str, str]
    actor: str
    today: date
    source: str = ""

    def provenance(
        self, file: str, *, visibility: Visibility, confidence: float = 1.0, basis: str = ""
    ) -> Provenance:
        return Provenance(
            source=file,
            asserted_by=self.actor,
            first_seen=self.today,
            last_confirmed=self.today,
            inferred=confidence < 1,
            confidence=confidence,
            basis=basis,
            visibility=visibility,
        )

    def nodes_of(self, kind: TermKind, term: Term) -> Iterator[Node]:
        yield from with_ancestors(kind, term)


@dataclass(slots=True)
class _Reading:
    """One pass over the descriptions, some at a time: each part is read and written as one.

    ``answers`` are written before all else. With ``words``, only texts that may hold one of them
    are read, and with ``only``, only ties to that term are added.
    """

    store: GraphStore
    actor: str
    today: date
    what: str
    answers: Collection[Verdict] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    record: ImportRecord | None = None
    added: int = 0

    def run(self, progress: Progress | None = None) -> Done:
        kinds: tuple[type[Organisation] | type[Project], ...] = (Organisation, Project)
        ids = {kind: [each.id for each in self.store.records(kind)] for kind in kinds}
        total, done = sum(map(len, ids.values())), 0
        self._write(lambda: list(self._new_answers()))
        for kind in kinds:
            for start in range(0, len(ids[kind]), _READ_AT_ONCE):
                part = ids[kind][start : start + _READ_AT_ONCE]
                self._write(partial(self._found, kind, part))
                done += len(part)
                if progress is not None:
                    progress(done, total, "Reading")
        if self.record is None:
            return Done()
        self._finish()
        return Done(self.record.id, self.record.file_name, max(1, self.added))

    def _new_answers(self) -> Iterator[Record]:
        known = {verdict.id: verdict for verdict in self.store.records(Verdict)}
        for answer in self.answers:
            same = known.get(answer.id)
            if same is None or (same.answer, same.other) != (answer.answer, answer.other):
                yield answer

    def _found(
        self, kind: type[Organisation] | type[Project], ids: Collection[str]
    ) -> list[Record]:
        decisions = Decisions.of(self.store)
        teller = _Teller({**decisions.words, **self.words}, self.actor, self.today)
        found: dict[tuple[str, str], Fact] = {}
        for body in self.store.records(kind, ids):
            if body.description and self._may_hold(body.description):
                for fact in inferred_ties(
                    teller,
                    body.id,
                    body.description,
                    body.provenance.source,
                    visibility=body.provenance.visibility,
                    kinds=_KINDS if kind is Organisation else _OF_PROJECTS,
                ):
                    found.setdefault((fact.kind, fact.id), fact)
        return self._missing(found.values(), decisions)

    def _may_hold(self, text: str) -> bool:
        """Whether a text may hold one of the words: a quick look that errs on the safe side."""
        if not self.words:
            return True
        folded = "".join(words_of(text))
        return any(max(words_of(word), key=len)[:_STEM] in folded for word in self.words)

    def _missing(self, facts: Iterable[Fact], decisions: Decisions) -> list[Record]:
        """Return the ties that aren't there and were never rejected, with the terms they need."""
        ties: dict[str, list[Relationship]] = {}
        nodes: dict[str, Node] = {}
        for fact in facts:
            if isinstance(fact, Node):
                nodes[fact.id] = fact
            elif isinstance(fact, Relationship) and self._is_wanted(fact, decisions):
                ties.setdefault(fact.kind, []).append(fact)
        new: list[Relationship] = []
        for kind, of_kind in ties.items():
            known = {tie.id for tie in self.store.records(KINDS[kind], [tie.id for tie in of_kind])}
            new += [tie for tie in of_kind if tie.id not in known]
        return [*self._missing_terms(new, nodes), *new]

    def _is_wanted(self, tie: Relationship, decisions: Decisions) -> bool:
        is_meant = self.only in {"", tie.to_id}
        return is_meant and tie.id not in decisions.rejected and tie.id not in decisions.gone

    def _missing_terms(
        self, ties: Iterable[Relationship], nodes: Mapping[str, Node]
    ) -> Iterator[Node]:
        wanted: dict[str, Node] = {}
        for tie in ties:
            key = tie.to_id
            while key in nodes and key not in wanted:
                wanted[key] = nodes[key]
                key = str(getattr(nodes[key], "parent_id", ""))
        for kind in {node.kind for node in wanted.values()}:
            ids = [key for key, node in wanted.items() if node.kind == kind]
            for node in self.store.records(KINDS[kind], ids):
                del wanted[node.id]
        yield from wanted.values()

    def _write(self, find: Callable[[], list[Record]]) -> None:
        """Write what is found as one transaction; find it again if somebody wrote in between."""
        for attempt in range(1, _ATTEMPTS + 1):
            version = self.store.version()
            records = find()
            if not records:
                return
            ties = sum(isinstance(each, Relationship) for each in records)
            entry = replace(
                self.record or self._entry(version),
                added=self.added + ties,
            )
            try:
                with self.store.transaction(
                    self.actor, import_id=entry.id, expected_version=version
                ) as tx:
                    tx.upsert(entry, *records)
            except StaleVersion:
                if attempt == _ATTEMPTS:
                    raise
            else:
                self.record, self.added = entry, self.added + ties
                return

    def _entry(self, version: int) -> ImportRecord:
        return ImportRecord(
            id=own_id(UPKEEP, str(version)),
            source=UPKEEP,
            file_name=self.what[:500],
            digest="",
            actor=self.actor,
            asserted_on=self.today,
            state=ImportState.APPLYING,
            begun_at_version=version,
        )

    def _finish(self) -> None:
        assert self.record is not None
        facts = f"{self.added:,} {'fact' if self.added == 1 else 'facts'}"
        self.record = replace(
            self.record,
            state=ImportState.APPLIED,
            file_name=f"{self.what[:450]}: {facts} worked out",
            updated=len(self.answers),
        )
        with self.store.transaction(self.actor, import_id=self.record.id) as tx:
            tx.upsert(self.record)
