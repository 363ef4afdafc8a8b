"""Running a source over its files and comparing what comes out with the store, batch by batch."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from graph.contract import GraphStore
from graph.errors import InvalidRecord, a
from graph.model import (
    KINDS,
    NODE_KINDS,
    BackboneOf,
    Fact,
    Node,
    Organisation,
    Record,
    Relationship,
    Visibility,
    fields_of,
)
from seeds.circles import Hierarchy, circle_text
from seeds.decisions import Decisions
from seeds.identity.recall import Recall
from seeds.merging import Authorities, Change, Outcome, merged
from seeds.names import normalised
from seeds.problems import Problem, Skipped, Where, problem_of
from seeds.reading.reader import Reader
from seeds.restoring import Restoring
from seeds.sources import SOURCES
from seeds.sources.base import Context, Source

__all__ = ["Findings", "Progress", "Staging", "with_last"]

Progress = Callable[[int, int | None, str], None]
_MOST_PROBLEMS = 1_000


@dataclass(slots=True)
class Findings:
    """What reading the files brought up besides records; lists are cut, counts are not."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    warning_count: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def report(self, problem: Problem) -> None:
        """Take note of a problem; of too many, the first are kept and all are counted."""
        if problem.is_warning:
            self.warning_count += 1
            kept = self.warnings
        else:
            self.problem_count += 1
            kept = self.problems
        if len(kept) < _MOST_PROBLEMS:
            kept.append(problem)


class Staging:
    """One pass over the files of an import.

    ``only_add`` is for bytes that are in already: what is missing comes back, nothing else moves.
    """

    def __init__(
        self,
        source: Source,
        reader: Reader,
        store: GraphStore,
        findings: Findings,
        *,
        actor: str,
        asserted_on: date,
        options: Mapping[str, str],
        only_add: bool,
    ) -> None:
        self._source = source
        self._reader = reader
        self._store = store
        self._only_add = only_add
        self._authorities = Authorities({known.name: known.authority for known in SOURCES})
        self.findings = findings
        self._decisions = Decisions.of(store)
        self._recall = Recall(store, self._decisions, self._authorities)
        self._context = Context(
            source.name,
            actor,
            asserted_on,
            store.holders,
            self._known,
            self._named,
            dict(options),
            words=self._decisions.words,
            identifiers=self._identifiers,
        )
        self._restoring = (
            Restoring(
                self._context.provenance(", ".join(reader.files), visibility=Visibility.MEMBERS),
                self._authorities,
            )
            if source.restores
            else None
        )
        # What each tie says is kept as a hash only: there may be millions.
        self._seen: dict[str | int, int] = {}
        self._seen_ties: set[int] = set()
        self._node_kinds: dict[str, str] = {}
        self._refused: set[str] = set()
        self._supported = Hierarchy()
        self._parents = Hierarchy()
        self._merged_nodes: dict[str, Fact] = {}
        self._known_as: dict[str, str] = {}

    def batches(self) -> Iterator[list[Fact]]:
        """Yield the records of the files, each kind and id once, as many as a transaction holds."""
        batch: list[Fact] = []
        for record in self._records():
            batch.append(record)
            if len(batch) >= self._store.batch_size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _records(self) -> Iterator[Fact]:
        for item in self._source.records(self._reader, self._context):
            if isinstance(item, Problem):
                self.findings.report(item)
            elif isinstance(item, Skipped):
                self.findings.skipped[item.reason] += 1
            elif isinstance(item, Fact):
                record = self._as_decided(item)
                if record is not None and self._is_new(record):
                    self._note_circle(record)
                    yield record
        for record in self._merged_nodes.values():
            # Last, so that the kept organisation's own row goes first where a file has both.
            if record.id not in self._seen:
                yield record

    def _as_decided(self, record: Fact) -> Fact | None:
        """Return what is to come in of a record after all that people have decided before."""
        record = self._recall.parted(record)
        if self._is_answered(record):
            return None
        if isinstance(record, Organisation) and self._is_known_active(record):
            record = dataclasses.replace(record, closed_on=None)
        aliases = self._decisions.aliases
        if isinstance(record, Node):
            if record.id not in aliases:
                return record
            kept_id = aliases[record.id]
            if kept_id not in self._merged_nodes:
                self._known_as[kept_id] = record.id
                self._merged_nodes[kept_id] = dataclasses.replace(record, id=kept_id)
            return None
        if not isinstance(record, Relationship) or aliases.keys().isdisjoint(
            (record.from_id, record.to_id)
        ):
            return record
        start, end = (aliases.get(node_id, node_id) for node_id in (record.from_id, record.to_id))
        if start == end:
            self.findings.skipped["it ties two organisations that were made one"] += 1
            return None
        redirected = dataclasses.replace(record, id="", from_id=start, to_id=end)
        return None if self._is_answered(redirected) else redirected

    def _is_known_active(self, record: Organisation) -> bool:
        """Whether somebody has said since the closure that it has not closed."""
        said_on = self._decisions.active.get(record.id)
        return said_on is not None and record.closed_on is not None and record.closed_on <= said_on

    def _is_answered(self, record: Fact) -> bool:
        """Whether somebody has said that this is not so, or no longer."""
        if record.provenance.inferred and record.id in self._decisions.rejected:
            self.findings.skipped["it was worked out, and somebody said that it is not so"] += 1
            return True
        if record.id in self._decisions.gone:
            self.findings.skipped["somebody said that it is no longer so"] += 1
            return True
        return False

    def _is_new(self, record: Fact) -> bool:
        # The ids of ties begin with their kind, but two kinds of nodes may claim one id.
        if isinstance(record, Node):
            kind = self._node_kinds.setdefault(record.id, record.kind)
            if kind != record.kind:
                self._refuse(record, kind)
                return False
        elif not _says_more(record.kind):
            # Millions of these may come, and all that there is to say of one is its id.
            count = len(self._seen_ties)
            self._seen_ties.add(_short(record))
            return len(self._seen_ties) > count
        said = hash(_values(record)) if isinstance(record, Relationship) else 0
        key = record.id if isinstance(record, Node) else _short(record)
        first = self._seen.get(key)
        if first is None:
            self._seen[key] = said
            return True
        if first != said:
            where = self._context.where or Where(self._file_of(record))
            self.findings.report(
                where.fault(
                    "It differs from what an earlier row says of the same tie "
                    f"({record.kind.replace('_', ' ')}); the earlier one is kept.",
                    remedy="Leave only one of them in.",
                    is_warning=True,
                )
            )
        return False

    def _note_circle(self, record: Fact) -> None:
        """Say so where something stands above itself; it comes in, as the network may hold it."""
        parent_id = getattr(record, "parent_id", "")
        if isinstance(record, BackboneOf):
            circle = self._supported.add(record.to_id, record.from_id)
            where, what = self._context.where, "supports"
        elif parent_id:
            circle = self._parents.add(record.id, parent_id)
            where, what = None, "is the parent of"
        else:
            return
        if circle:
            self.findings.report(
                (where or Where(self._file_of(record))).fault(
                    f"Here something {what} itself, round a circle: {circle_text(circle)}.",
                    remedy="Take one of these steps out of the file if it is wrong.",
                    is_warning=True,
                )
            )

    def compare(self, batch: list[Fact]) -> list[Change]:
        """Return what each record of a batch does to the store as it stands now."""
        by_kind: dict[str, list[Fact]] = defaultdict(list)
        for record in batch:
            by_kind[record.kind].append(record)
        changes: list[Change] = []
        # Nodes first: a tie to a refused node has to be refused with it.
        for kind in (kind for kind in KINDS if kind in by_kind):
            changes += self._compare_kind(by_kind[kind])
        return changes

    def _compare_kind(self, records: list[Fact]) -> list[Change]:
        record_class = type(records[0])
        ids = [record.id for record in records]
        stored = {record.id: record for record in self._store.records(record_class, ids)}
        added = [record for record in records if record.id not in stored]
        if issubclass(record_class, Node):
            added = self._without_taken_ids(added)
        else:
            added = self._without_refused_ends(added)
        changes = [Change(Outcome.ADD, record) for record in added]
        for record in records:
            if record.id in stored:
                changes.append(self._change(stored[record.id], record))
        return changes

    def _change(self, stored: Fact, record: Fact) -> Change:
        if self._only_add:
            return Change(Outcome.NOTHING, stored, stored)
        admitted = self._restoring.admitted(stored, record) if self._restoring else record
        if admitted is None:
            self.findings.skipped["it is known, and more people may see it than the file says"] += 1
            return Change(Outcome.NOTHING, stored, stored)
        try:
            is_merged = self._merged_nodes.get(record.id) is record
            known_as = self._known_as[record.id] if is_merged else ""
            is_alias = self._recall.gives_way(stored, record, known_as)
            return merged(stored, admitted, self._authorities, is_alias=is_alias)
        except InvalidRecord as error:
            where = Where(self._file_of(record))
            self.findings.report(problem_of(where, error))
            return Change(Outcome.NOTHING, stored, stored)

    def _without_taken_ids(self, added: list[Fact]) -> list[Fact]:
        wanted = {record.id: record for record in added}
        for other in NODE_KINDS:
            if wanted and other is not type(added[0]):
                for taken in self._store.records(other, wanted.keys()):
                    self._refuse(wanted.pop(taken.id), taken.kind)
        return [record for record in added if record.id in wanted]

    def _without_refused_ends(self, added: list[Fact]) -> list[Fact]:
        if not self._refused:
            return added
        kept: list[Fact] = []
        for record in added:
            assert isinstance(record, Relationship)
            if record.from_id in self._refused or record.to_id in self._refused:
                self.findings.skipped["it belongs to a record that was refused"] += 1
            else:
                kept.append(record)
        return kept

    def _refuse(self, record: Record, kind: str) -> None:
        if record.id not in self._refused:
            self._refused.add(record.id)
            self.findings.report(
                Where(self._file_of(record)).problem(
                    record.id,
                    f"can't be the id of {a(record.kind)}: {a(kind)} has it",
                    remedy="Give one of them another id.",
                )
            )

    def _file_of(self, record: Record) -> str:
        assert isinstance(record, Fact)
        told = self._restoring.here if self._restoring else record.provenance
        return told.source.partition(": ")[2] or told.source

    def _known(self, kind: str, ids: Iterable[str]) -> set[str]:
        wanted = list(ids)
        return (
            {record.id for record in self._store.records(KINDS[kind], wanted)} if wanted else set()
        )

    def _identifiers(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found = self._store.records(Organisation, ids)
        return {organisation.id: organisation.external_ids for organisation in found}

    def _named(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for organisation in filter(may_be_shown, self._store.records(Organisation)):
            for name in (organisation.name, *organisation.other_names):
                found[normalised(name)].append(organisation.id)
        return found


def may_be_shown(fact: Fact) -> bool:
    """Whether whoever imports may learn of a stored fact: a private one stays its owner's."""
    return fact.provenance.visibility is not Visibility.PRIVATE


@cache
def _says_more(kind: str) -> bool:
    """Whether two ties of a kind with the same id can differ in anything."""
    record_class = KINDS[kind]
    names = {spec.name for spec in fields_of(record_class)}
    return issubclass(record_class, Relationship) and not names <= _IMPLIED


_IMPLIED = frozenset({"id", "from_id", "to_id"})


def _short(tie: Fact) -> int:
    """Return the hash at the end of a tie's id, cut to the size of a small number."""
    return int(tie.id[-15:], 16)


def _values(record: Fact) -> tuple[object, ...]:
    return tuple(getattr(record, spec.name) for spec in fields_of(type(record)))


def with_last(batches: Iterable[list[Fact]]) -> Iterator[tuple[list[Fact], bool]]:
    """Yield each batch and whether it is the last; an import without records has one empty."""
    stream = iter(batches)
    held = next(stream, [])
    for batch in stream:
        yield held, False
        held = batch
    yield held, True
