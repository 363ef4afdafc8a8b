"""Taking an import back: what it added goes, what it changed is as before, the rest stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from graph.audit import Action, AuditEntry
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import (
    KINDS,
    RELATIONSHIP_KINDS,
    ImportRecord,
    ImportState,
    Node,
    Record,
    Relationship,
    Row,
    fields_of,
)

__all__ = ["Kept", "UndoResult", "undo"]

_MOST_KEPT = 1_000
_UNDO = "undo:"
_FIELDS = {kind: {spec.name for spec in fields_of(KINDS[kind])} for kind in KINDS}
# That somebody confirmed a fact since is no change of what it says.
_DAYS = frozenset({"first_seen", "last_confirmed"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that stays although the import brought or changed it, and why."""

    kind: str
    id: str
    reason: str


@dataclass(slots=True)
class UndoResult:
    """What an undo did, in records; of what it kept, at most the first thousand are listed."""

    import_id: str
    restored: int = 0
    deleted: int = 0
    kept: list[Kept] = field(default_factory=list)
    kept_count: int = 0

    def keep(self, kind: str, record_id: str, reason: str) -> None:
        """Note a record that stays."""
        self.kept_count += 1
        if len(self.kept) < _MOST_KEPT:
            self.kept.append(Kept(kind, record_id, reason))


def undo(store: GraphStore, import_id: str, actor: str) -> UndoResult:
    """Take back what an import did, the newest first; what has changed since is kept and listed.

    Works on an interrupted import too, and can itself be repeated after a crash. Raises
    InputError for an unknown import or one that is undone already.
    """
    record = store.record(ImportRecord, import_id)
    if record is None:
        raise InputError(f"There is no import {import_id!r}.")
    if record.state is ImportState.UNDONE:
        raise InputError(f"The import of {record.file_name} is undone already.")
    result = UndoResult(import_id)
    versions = _versions(store, import_id)
    others = _Others(store, import_id, versions[-1] if versions else 0)
    for position, version in enumerate(versions, start=1):
        is_last = position == len(versions)
        state = ImportState.UNDONE if is_last else ImportState.APPLYING
        _Step(store, result, import_id, others).take_back(
            _entries(store, import_id, version),
            actor,
            ImportRecord.from_row({**record.to_row(), "state": state.value}),
        )
    return result


def _tag(import_id: str) -> str:
    """Return the import id that an undo's own changes bear: they must not be undone in turn."""
    return f"{_UNDO}{import_id}"


def _versions(store: GraphStore, import_id: str) -> list[int]:
    """Return the versions that the import made since it was last undone, the newest first."""
    undone_at = 0
    for entry in store.audit(import_id=_tag(import_id)):
        is_end = entry.kind == ImportRecord.kind and (entry.after or {}).get("state") == "undone"
        if is_end:
            undone_at = entry.version
    found = {entry.version for entry in store.audit(after_version=undone_at, import_id=import_id)}
    return sorted(found, reverse=True)


def _entries(store: GraphStore, import_id: str, version: int) -> list[AuditEntry]:
    later = store.audit(after_version=version - 1, import_id=import_id)
    return list(takewhile(lambda entry: entry.version == version, later))


class _Others:
    """What other imports, not undone, have said since ``version`` of records known then."""

    def __init__(self, store: GraphStore, import_id: str, version: int) -> None:
        self._store = store
        self._import_id = import_id
        self._read_to = version
        self._by_record: dict[tuple[str, str], set[str]] = {}

    def also_say(self, kind: str, record_id: str) -> bool:
        """Whether one of them has confirmed or changed this record, as of :meth:`catch_up`."""
        return bool(self._by_record.get((kind, record_id)))

    def catch_up(self) -> None:
        """Read what the log has gained."""
        for entry in self._store.audit(after_version=self._read_to):
            self._read_to = entry.version
            self._note(entry)

    def _note(self, entry: AuditEntry) -> None:
        is_undo = entry.import_id.startswith(_UNDO)
        if entry.kind == ImportRecord.kind:
            if is_undo and (entry.after or {}).get("state") == ImportState.UNDONE.value:
                for told_by in self._by_record.values():
                    told_by.discard(entry.record_id)
            return
        record = (entry.kind, entry.record_id)
        if entry.action is Action.DELETE:
            self._by_record.pop(record, None)
        elif is_undo:
            self._by_record.get(record, set()).discard(entry.import_id.removeprefix(_UNDO))
        elif entry.import_id and entry.import_id != self._import_id:
            self._by_record.setdefault(record, set()).add(entry.import_id)


class _Step:
    """Taking back one version, which was one transaction, in one transaction."""

    def __init__(
        self, store: GraphStore, result: UndoResult, import_id: str, others: _Others
    ) -> None:
        self._store = store
        self._result = result
        self._others = others
        self._import_id = import_id
        self._deletions: dict[str, set[str]] = defaultdict(set)
        self._restored: list[Record] = []

    def take_back(self, entries: list[AuditEntry], actor: str, record: ImportRecord) -> None:
        expected = self._store.version()
        by_kind: dict[str, list[AuditEntry]] = defaultdict(list)
        for entry in entries:
            if entry.kind != ImportRecord.kind:
                by_kind[entry.kind].append(entry)
        for kind, of_kind in by_kind.items():
            self._plan(kind, of_kind)
        self._spare_what_others_say()
        self._spare_used_nodes()
        self._leave_out_ties_to_nothing()
        with self._store.transaction(
            actor, import_id=_tag(self._import_id), expected_version=expected
        ) as tx:
            for kind, ids in self._deletions.items():
                tx.delete(kind, ids)
            tx.upsert(record)
            tx.restore(*self._restored)
        self._result.deleted += sum(map(len, self._deletions.values()))
        self._result.restored += len(self._restored)

    def _plan(self, kind: str, entries: list[AuditEntry]) -> None:
        record_class = KINDS[kind]
        ids = [entry.record_id for entry in entries]
        now = {record.id: record.to_row() for record in self._store.records(record_class, ids)}
        for entry in entries:
            current = now.get(entry.record_id)
            if current == entry.before:
                continue  # taken back before, by an undo that was interrupted
            if current != entry.after and _alike(current, entry.before):
                continue  # somebody else has confirmed since what was there before
            if not _alike(current, entry.after):
                self._result.keep(kind, entry.record_id, "it was changed since")
            elif entry.before is None:
                self._deletions[kind].add(entry.record_id)
            else:
                self._restored.append(record_class.from_row(entry.before))

    def _spare_what_others_say(self) -> None:
        if not any(self._deletions.values()):
            return
        self._others.catch_up()
        for kind, ids in self._deletions.items():
            for record_id in sorted(ids):
                if self._others.also_say(kind, record_id):
                    ids.discard(record_id)
                    self._result.keep(kind, record_id, "another import says it too")

    def _spare_used_nodes(self) -> None:
        """Keep nodes that somebody else's ties hang on: deleting a node takes its ties along."""
        nodes = {
            record_id: kind
            for kind, ids in self._deletions.items()
            if issubclass(KINDS[kind], Node)
            for record_id in ids
        }
        if not nodes:
            return
        for used in self._used(nodes.keys()):
            self._spare(nodes, used)
        for kind in {kind for kind in nodes.values() if "parent_id" in _FIELDS[kind]}:
            self._spare_broader_terms(nodes, kind)

    def _leave_out_ties_to_nothing(self) -> None:
        """Don't bring back a tie to what is no longer there."""
        ties = [record for record in self._restored if isinstance(record, Relationship)]
        if not ties:
            return
        there = {record.id for record in self._restored}
        wanted = {end for tie in ties for end in (tie.from_id, tie.to_id)}
        for kind in {kind for tie in ties for kind in (*tie.from_kinds, *tie.to_kinds)}:
            there.update(node.id for node in self._store.records(KINDS[kind], wanted))
        for tie in ties:
            if not {tie.from_id, tie.to_id} <= there:
                self._restored.remove(tie)
                self._result.keep(tie.kind, tie.id, "what it ties is no longer there")

    def _spare(self, nodes: dict[str, str], node_id: str) -> None:
        kind = nodes.pop(node_id, None)
        if kind is not None:
            self._deletions[kind].discard(node_id)
            self._result.keep(kind, node_id, "other facts hang on it")

    def _spare_broader_terms(self, nodes: dict[str, str], kind: str) -> None:
        """Keep what a term that stays is part of, up to the top."""
        parents = {
            term.id: str(getattr(term, "parent_id", ""))
            for term in self._store.records(KINDS[kind])
        }
        seen: set[str] = set()
        for staying in parents.keys() - nodes.keys():
            above = parents[staying]
            while above and above not in seen:
                seen.add(above)
                self._spare(nodes, above)
                above = parents.get(above, "")

    def _used(self, node_ids: Iterable[str]) -> Iterator[str]:
        ids = list(node_ids)
        for tie_class in RELATIONSHIP_KINDS:
            going = self._deletions.get(tie_class.kind, set())
            for tie in self._store.relationships(tie_class, from_ids=ids):
                if tie.id not in going:
                    yield tie.from_id
            for tie in self._store.relationships(tie_class, to_ids=ids):
                if tie.id not in going:
                    yield tie.to_id


def _alike(current: Row | None, other: Row | None) -> bool:
    if current is None or other is None:
        return current is other
    return all(current[name] == other.get(name) for name in current if name not in _DAYS)
