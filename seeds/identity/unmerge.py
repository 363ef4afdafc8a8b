"""Taking a merge back; what has changed since stays with the kept organisation and is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.audit import Action, AuditEntry
from graph.contract import GraphStore, Transaction
from graph.errors import Conflict, InputError
from graph.model import (
    KINDS,
    NODE_KINDS,
    Merge,
    MergeState,
    Organisation,
    Record,
    Relationship,
    Row,
    Verdict,
)
from graph.retrying import until_current
from seeds.undo import UndoResult

__all__ = ["unmerge"]

_DAYS = frozenset({"first_seen", "last_confirmed"})


def unmerge(store: GraphStore, merge_id: str, *, actor: str) -> UndoResult:
    """Take a merge back: both organisations are as they were before.

    Raises InputError for an unknown merge or one taken back already, and Conflict where a later
    one has to go first.
    """

    def change() -> UndoResult:
        version = store.version()
        record = store.record(Merge, merge_id)
        if record is None:
            raise InputError(f"There is no merge {merge_id!r}.")
        if record.state is MergeState.UNDONE:
            raise InputError(f"The merge of {record.merged_name} is taken back already.")
        _refuse_if_buried(store, record)
        parting = _Parting(store, record)
        with store.transaction(actor, import_id=f"undo:{merge_id}", expected_version=version) as tx:
            parting.carry_out(tx)
        return parting.result

    return until_current(change)


def _refuse_if_buried(store: GraphStore, record: Merge) -> None:
    # What was made part of another since has taken the ties along that would have to go back.
    ends = {record.kept_id}
    for entry in store.audit(import_id=record.id):
        if entry.after is not None and issubclass(KINDS[entry.kind], Relationship):
            ends |= {str(entry.after["from_id"]), str(entry.after["to_id"])}
    for later in store.records(Merge):
        if later.state is MergeState.STANDING and later.merged_id in ends:
            raise Conflict(
                f"{later.merged_name} has been made part of another organisation since.",
                remedy=f"Take that merge back first: {later.id}.",
            )
    if store.record(Organisation, record.merged_id) is not None:
        raise Conflict(f"There is an organisation {record.merged_id!r} again.")
    if store.record(Organisation, record.kept_id) is None:
        raise Conflict(f"The organisation {record.kept_id!r} is no longer there.")


class _Parting:
    """One taking back, worked out from what the audit log says that the merge did."""

    def __init__(self, store: GraphStore, record: Merge) -> None:
        self._store = store
        self._record = record
        self.result = UndoResult(record.id)

    def carry_out(self, tx: Transaction) -> None:
        """Put back what the merge changed, and delete what it added."""
        entries = list(self._store.audit(import_id=self._record.id))
        restored: list[Record] = []
        for entry in entries:
            kind = KINDS[entry.kind]
            if kind is Organisation:
                restored.append(self._organisation(entry))
            elif issubclass(kind, Relationship):
                tie = self._tie(kind, entry, tx)
                if tie is not None:
                    restored.append(tie)
            elif kind is Verdict and entry.before is not None:
                restored.append(kind.from_row(entry.before))
        there = self._existing(restored)
        kept = [record for record in restored if self._has_ends(record, there)]
        tx.restore(*kept)
        tx.upsert(replace(self._record, state=MergeState.UNDONE))
        self.result.restored = len(kept)

    def _organisation(self, entry: AuditEntry) -> Organisation:
        assert entry.before is not None
        current = self._store.record(Organisation, entry.record_id)
        if entry.action is Action.DELETE or current is None:
            return self._without_taken_ids(Organisation.from_row(entry.before))
        row, changed = _rebased(entry.before, entry.after or {}, current.to_row())
        if changed:
            what = ", ".join(changed).replace("_", " ")
            self.result.keep(entry.kind, entry.record_id, f"it was changed since: {what}")
        return Organisation.from_row(row)

    def _without_taken_ids(self, taken: Organisation) -> Organisation:
        """Leave out the external ids that somebody else holds by now."""
        held = self._store.holders(taken.kind, taken.external_ids)
        lost = {text for text, holder in held.items() if holder != self._record.kept_id}
        for text in sorted(lost):
            self.result.keep(taken.kind, held[text], f"it has {text} now")
        left = tuple(text for text in taken.external_ids if text not in lost)
        return replace(taken, external_ids=left)

    def _tie(
        self, kind: type[Relationship], entry: AuditEntry, tx: Transaction
    ) -> Relationship | None:
        if entry.action is Action.DELETE:
            assert entry.before is not None
            return kind.from_row(entry.before)
        current = self._store.record(kind, entry.record_id)
        if current is None:
            return None
        if not _alike(current.to_row(), entry.after):
            self.result.keep(entry.kind, entry.record_id, "it was changed since")
            return None
        if entry.before is not None:
            return kind.from_row(entry.before)
        tx.delete(entry.kind, [entry.record_id])
        self.result.deleted += 1
        return None

    def _existing(self, restored: list[Record]) -> set[str]:
        ends = {
            end
            for record in restored
            if isinstance(record, Relationship)
            for end in (record.from_id, record.to_id)
        }
        there = {record.id for record in restored if isinstance(record, Organisation)}
        for kind in NODE_KINDS:
            there |= {record.id for record in self._store.records(kind, ends - there)}
        return there

    def _has_ends(self, record: Record, there: set[str]) -> bool:
        if not isinstance(record, Relationship) or {record.from_id, record.to_id} <= there:
            return True
        self.result.keep(record.kind, record.id, "what it tied is no longer there")
        return False


def _alike(current: Row, other: Row | None) -> bool:
    return other is not None and all(
        current[name] == other.get(name) for name in current if name not in _DAYS
    )


def _rebased(before: Row, after: Row, current: Row) -> tuple[Row, list[str]]:
    """Return ``current`` without what led from ``before`` to ``after``; and what stays changed."""
    row: Row = {}
    changed: list[str] = []
    for name, now in current.items():
        was, became = before.get(name), after.get(name)
        if isinstance(now, list):
            row[name] = _list_rebased(_texts(was), _texts(became), now)
        else:
            row[name] = was if now == became else now
        if row[name] != was and name not in _DAYS:
            changed.append(name)
    return row, changed


def _texts(value: Any) -> list[str]:
    return list(value or ())


def _list_rebased(was: list[str], became: list[str], now: list[str]) -> list[str]:
    if now == became:
        return was
    came = set(became) - set(was)
    kept = [item for item in now if item not in came]
    return [*kept, *(item for item in was if item not in became and item not in kept)]
