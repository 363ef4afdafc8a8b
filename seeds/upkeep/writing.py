"""Writing an answer: read, decide, write, and do it again if somebody wrote in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from graph.contract import GraphStore
from graph.model import ImportRecord, ImportState, Provenance, Record, Verdict, Visibility
from graph.retrying import until_current
from seeds.identifiers import own_id

__all__ = ["UPKEEP", "Done", "Draft", "told_anew", "told_by", "write"]

UPKEEP = "upkeep"
"""The ``source`` of the import records that make answers undoable; no import has it."""

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Done:
    """What an answer did. ``import_id`` undoes it: '' where nothing had to be changed.

    ``what`` says it in words, ``changed`` counts what was answered, and ``missing`` are ids given
    of things that aren't there, or that can't be answered so.
    """

    import_id: str = ""
    what: str = ""
    changed: int = 0
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What is to be written: records, and ids to delete by kind; ``changed`` counts answers."""

    what: str = ""
    changed: int = 0
    missing: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    deletions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def put(self, *records: Record) -> None:
        """Add or replace records."""
        self.records += records

    def delete(self, record: Record) -> None:
        """Delete one record."""
        self.deletions[record.kind].append(record.id)


def write(store: GraphStore, actor: str, today: date, plan: Callable[[Draft], None]) -> Done:
    """Let ``plan`` read the store and fill a draft, and write that as one transaction.

    Where somebody else writes in between, it is planned again. Nothing to write, nothing written.
    """

    def change() -> Done:
        version = store.version()
        draft = Draft()
        plan(draft)
        records = _new_or_different(store, draft.records)
        missing = tuple(draft.missing)
        if not records and not draft.deletions:
            return Done(missing=missing)
        import_id = own_id(UPKEEP, str(version))
        entry = ImportRecord(
            id=import_id,
            source=UPKEEP,
            file_name=draft.what[:_LONGEST],
            digest="",
            actor=actor,
            asserted_on=today,
            state=ImportState.APPLIED,
            begun_at_version=version,
            updated=draft.changed,
            skipped=len(missing),
        )
        with store.transaction(actor, import_id=import_id, expected_version=version) as tx:
            for kind, ids in draft.deletions.items():
                tx.delete(kind, ids)
            tx.upsert(entry, *records)
        return Done(import_id, draft.what, draft.changed, missing)

    return until_current(change)


def told_by(actor: str, verb: str, before: Provenance, today: date) -> Provenance:
    """Return the provenance of a fact that a person stands for from now on.

    No import has such a source, so that no import outranks it; where it came from stays readable.
    """
    return replace(
        before,
        source=f"{verb} by {actor}; first from {before.source}"[:_LONGEST],
        asserted_by=actor,
        last_confirmed=max(today, before.last_confirmed),
        inferred=False,
        confidence=1.0,
        basis="",
    )


def told_anew(actor: str, today: date, visibility: Visibility) -> Provenance:
    """Return the provenance of a fact that nobody knew before a person told it."""
    return Provenance(
        source=f"told by {actor}"[:_LONGEST],
        asserted_by=actor,
        first_seen=today,
        last_confirmed=today,
        visibility=visibility,
    )


def _new_or_different(store: GraphStore, records: Iterable[Record]) -> list[Record]:
    by_class: dict[type[Record], dict[str, Record]] = defaultdict(dict)
    for record in records:
        by_class[type(record)][record.id] = record
    found: list[Record] = []
    for record_class, wanted in by_class.items():
        stored = {record.id: record for record in store.records(record_class, wanted)}
        found += [record for record in wanted.values() if not _is_same(record, stored)]
    return found


def _is_same(record: Record, stored: dict[str, Record]) -> bool:
    known = stored.get(record.id)
    if isinstance(record, Verdict) and isinstance(known, Verdict):
        # Who gave the same answer again, and when, is no news.
        return (record.answer, record.other) == (known.answer, known.other)
    return record == known
