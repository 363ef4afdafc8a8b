"""Carrying out a unit of work: the rules, the same for every store.

A store lends a :class:`Writer` inside its own write transaction; :func:`carry_out` reads what is
there, refuses what doesn't fit, and tells the writer which rows to write and which audit entries
to append. So two stores can't drift in what an upsert means.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from graph.audit import Action, AuditEntry
from graph.contract import CommitResult, Transaction
from graph.errors import DuplicateIdentifier, InvalidRecord, StaleVersion, a
from graph.model import KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Record, Relationship, Row

__all__ = ["Writer", "carry_out", "keep_first_seen"]

_NODE_KINDS = frozenset(kind.kind for kind in NODE_KINDS)
_ORDER = {kind: position for position, kind in enumerate(KINDS)}
_FACT_KINDS = _NODE_KINDS | {kind.kind for kind in RELATIONSHIP_KINDS}


class Writer(ABC):
    """What a store can do within one write transaction that nobody else can enter."""

    @abstractmethod
    def version(self) -> int:
        """Return the current version, holding off every other writer until the end."""

    @abstractmethod
    def rows(self, record_class: type[Record], ids: Collection[str]) -> dict[str, Row]:
        """Return the stored rows with these ids, by id."""

    @abstractmethod
    def node_kinds(self, ids: Collection[str]) -> dict[str, str]:
        """Return the kind of each of these ids that is a node."""

    @abstractmethod
    def ties_of(self, node_ids: Collection[str]) -> list[tuple[str, str]]:
        """Return (kind, id) of every tie that touches one of these nodes."""

    @abstractmethod
    def holders(self, kind: str, external_ids: Collection[str]) -> dict[str, str]:
        """Return which node of a kind holds each external id."""

    @abstractmethod
    def write(
        self, record_class: type[Record], added: Sequence[Row], updated: Sequence[Row]
    ) -> None:
        """Store new rows and replace known ones, external ids included."""

    @abstractmethod
    def remove(self, record_class: type[Record], ids: Collection[str]) -> None:
        """Remove rows by id, external ids included. No tie hangs on them any more."""

    @abstractmethod
    def append(self, entries: Sequence[AuditEntry]) -> None:
        """Append to the audit log."""

    @abstractmethod
    def set_version(self, version: int) -> None:
        """Set the version."""


def carry_out(writer: Writer, unit: Transaction, at: datetime) -> CommitResult:
    """Carry out ``unit`` through ``writer``; ``at`` is the time for the audit log (aware UTC).

    Raises StaleVersion, InvalidRecord or DuplicateIdentifier, upon which the store rolls back.
    """
    found = writer.version()
    if unit.expected_version is not None and unit.expected_version != found:
        raise StaleVersion(unit.expected_version, found)
    log = _Log(unit, found + 1, at)
    _delete(writer, unit, log)
    unchanged = 0
    for kind, records in _by_kind(unit.upserts.values()):
        unchanged += _upsert(writer, kind, records, unit.exact, log)
    if log.entries:
        writer.append(log.entries)
        writer.set_version(log.version)
    counts = log.counts
    return CommitResult(
        version=log.version if log.entries else found,
        added=counts[Action.ADD],
        updated=counts[Action.UPDATE],
        unchanged=unchanged,
        deleted=counts[Action.DELETE],
    )


class _Log:
    """Audit entries of one commit, in the making."""

    def __init__(self, unit: Transaction, version: int, at: datetime) -> None:
        self.version = version
        self.entries: list[AuditEntry] = []
        self.counts: dict[Action, int] = defaultdict(int)
        self._unit = unit
        self._at = at

    def note(self, action: Action, kind: str, before: Row | None, after: Row | None) -> None:
        row = cast(Row, after or before)
        self.counts[action] += 1
        self.entries.append(
            AuditEntry(
                version=self.version,
                position=len(self.entries),
                at=self._at,
                actor=self._unit.actor,
                import_id=self._unit.import_id,
                action=action,
                kind=kind,
                record_id=str(row["id"]),
                before=before,
                after=after,
            )
        )


def _by_kind(records: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    """Group by kind, nodes before ties, so that a tie finds its ends."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.kind].append(record)
    return sorted(groups.items(), key=lambda item: _ORDER[item[0]])


def _delete(writer: Writer, unit: Transaction, log: _Log) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, record_id in unit.deletions:
        wanted[kind].add(record_id)
    doomed_nodes = {
        record_id
        for kind in wanted.keys() & _NODE_KINDS
        for record_id in writer.rows(KINDS[kind], wanted[kind])
    }
    if doomed_nodes:
        for kind, record_id in writer.ties_of(doomed_nodes):
            wanted[kind].add(record_id)
    # Ties go first: a node that still has one must not be removed under it.
    for kind in sorted(wanted, key=lambda kind: (kind in _NODE_KINDS, _ORDER[kind])):
        rows = writer.rows(KINDS[kind], wanted[kind])
        for record_id in sorted(rows):
            log.note(Action.DELETE, kind, rows[record_id], None)
        writer.remove(KINDS[kind], rows.keys())


def _upsert(
    writer: Writer, kind: str, records: list[Record], exact: set[tuple[str, str]], log: _Log
) -> int:
    """Write what is new or different; return how many records were neither."""
    record_class = KINDS[kind]
    if kind in _NODE_KINDS:
        _refuse_taken_ids(writer, kind, records)
    elif issubclass(record_class, Relationship):
        _refuse_missing_ends(writer, cast("list[Relationship]", records))
    stored = writer.rows(record_class, [record.id for record in records])
    added: list[Row] = []
    updated: list[Row] = []
    for record in records:
        row = record.to_row()
        before = stored.get(record.id)
        if before is None:
            added.append(row)
            log.note(Action.ADD, kind, None, row)
            continue
        if kind in _FACT_KINDS and (kind, record.id) not in exact:
            keep_first_seen(before, row)
        if row != before:
            updated.append(row)
            log.note(Action.UPDATE, kind, before, row)
    writer.write(record_class, added, updated)
    return len(records) - len(added) - len(updated)


def keep_first_seen(before: Row, row: Row) -> None:
    """A fact is as old as its first sighting, and was last confirmed when it was last confirmed."""
    row["first_seen"] = min(str(before["first_seen"]), str(row["first_seen"]))
    row["last_confirmed"] = max(str(before["last_confirmed"]), str(row["last_confirmed"]))


def _refuse_taken_ids(writer: Writer, kind: str, records: Sequence[Record]) -> None:
    for record_id, held_kind in writer.node_kinds([record.id for record in records]).items():
        if held_kind != kind:
            raise InvalidRecord(
                kind,
                "id",
                record_id,
                f"is the id of {a(held_kind)} already",
                remedy="Give one of them another id.",
            )
    wanted: dict[str, str] = {}
    for record in records:
        for external_id in cast("tuple[str, ...]", getattr(record, "external_ids", ())):
            other = wanted.setdefault(external_id, record.id)
            if other != record.id:
                raise DuplicateIdentifier(external_id, other, record.id)
    being_written = {record.id: record for record in records}
    for external_id, held_by in writer.holders(kind, wanted.keys()).items():
        gives_up = held_by in being_written and external_id not in getattr(
            being_written[held_by], "external_ids", ()
        )
        if held_by != wanted[external_id] and not gives_up:
            raise DuplicateIdentifier(external_id, held_by, wanted[external_id])


def _refuse_missing_ends(writer: Writer, ties: Sequence[Relationship]) -> None:
    ends = {tie.from_id for tie in ties} | {tie.to_id for tie in ties}
    kinds: Mapping[str, str] = writer.node_kinds(ends)
    for tie in ties:
        for field, end, allowed in (
            ("from_id", tie.from_id, tie.from_kinds),
            ("to_id", tie.to_id, tie.to_kinds),
        ):
            found = kinds.get(end)
            if found is None:
                raise InvalidRecord(
                    tie.kind, field, end, "is not in the network", remedy="Add it first."
                )
            if found not in allowed:
                raise InvalidRecord(
                    tie.kind, field, end, f"is {a(found)}, not {' or '.join(map(a, allowed))}"
                )
