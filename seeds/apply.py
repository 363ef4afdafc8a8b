"""Carrying out an import that was previewed: in batches, each whole, resumable after a crash."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from graph.audit import Action
from graph.contract import GraphStore
from graph.errors import Conflict, InputError, StaleVersion, UnsupportedFormat
from graph.model import Fact, ImportRecord, ImportState
from seeds.merging import Change, Outcome
from seeds.preview import ImportPreview, staging_of
from seeds.reading.reader import Reader
from seeds.staging import Findings, Progress, Staging, with_last

__all__ = ["apply"]

_ATTEMPTS = 20


def apply(
    previewed: ImportPreview, store: GraphStore, *, progress: Progress | None = None
) -> ImportRecord:
    """Write what was previewed, comparing with the store as it is now, and return its record.

    A small import is one transaction. A larger one is several, and its record says ``applying``
    until the last; killed in between, it is finished by doing it again, or undone. Raises
    InputError if the files have changed since the preview or hold nothing, and Conflict if
    somebody applies or undoes the same import meanwhile.
    """
    if previewed.is_refused:
        raise UnsupportedFormat(", ".join(previewed.files), previewed.refusal)
    stored = store.record(ImportRecord, previewed.import_id)
    if (stored.state if stored else None) is not previewed.earlier:
        raise _moved_on(previewed)
    if stored and stored.state is ImportState.APPLIED and not previewed.changes_anything:
        return stored
    findings = Findings()
    with Reader(previewed.paths, findings.report) as reader:
        if reader.digest() != previewed.digest:
            raise InputError(
                f"{', '.join(previewed.files)}: changed since the preview.",
                remedy="Look at a new preview first.",
            )
        staging = staging_of(previewed, reader, store, findings)
        return _Applying(previewed, store, staging).run(progress)


def _moved_on(previewed: ImportPreview) -> Conflict:
    return Conflict(
        f"{', '.join(previewed.files)}: somebody imported or undid this meanwhile.",
        remedy="Look at a new preview first.",
    )


class _Applying:
    """One import under way."""

    def __init__(self, previewed: ImportPreview, store: GraphStore, staging: Staging) -> None:
        self._store = store
        self._staging = staging
        self._previewed = previewed
        self._stored = store.record(ImportRecord, previewed.import_id)
        self._counts = _counts_so_far(store, self._stored)
        self._begun_at = store.version()

    def run(self, progress: Progress | None) -> ImportRecord:
        done = 0
        for batch, is_last in with_last(self._staging.batches()):
            self._write(batch, is_last)
            done += len(batch)
            if progress is not None:
                progress(done, self._previewed.record_count, "Importing")
        assert self._stored is not None
        return self._stored

    def _write(self, batch: list[Fact], is_last: bool) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            version = self._store.version()
            if self._store.record(ImportRecord, self._previewed.import_id) != self._stored:
                raise _moved_on(self._previewed)
            changes = [
                change
                for change in self._staging.compare(batch)
                if change.outcome is not Outcome.NOTHING
            ]
            record = self._record(changes, is_last)
            if not changes and (not is_last or record == self._stored):
                return
            try:
                self._commit(changes, record, version)
            except StaleVersion:
                # Somebody wrote between the comparison and the commit: compare again.
                if attempt == _ATTEMPTS:
                    raise
            else:
                self._stored = record
                self._counts.update(change.outcome for change in changes)
                return

    def _commit(self, changes: list[Change], record: ImportRecord, version: int) -> None:
        with self._store.transaction(
            self._previewed.actor, import_id=record.id, expected_version=version
        ) as tx:
            tx.upsert(record, *(change.after for change in changes))

    def _record(self, changes: list[Change], is_last: bool) -> ImportRecord:
        counts = self._counts + Counter(change.outcome for change in changes)
        state = ImportState.APPLIED if is_last else ImportState.APPLYING
        added, updated = counts[Outcome.ADD], counts[Outcome.UPDATE] + counts[Outcome.CONFIRM]
        skipped = self._previewed.skipped.total()
        if self._stored is not None:
            return replace(self._stored, state=state, added=added, updated=updated, skipped=skipped)
        return ImportRecord(
            id=self._previewed.import_id,
            source=self._previewed.source,
            file_name=_called(self._previewed)[:500],
            digest=self._previewed.digest,
            actor=self._previewed.actor,
            asserted_on=self._previewed.asserted_on,
            state=state,
            begun_at_version=self._begun_at,
            added=added,
            updated=updated,
            skipped=skipped,
        )


def _called(previewed: ImportPreview) -> str:
    """Return what people know an import by: its files, and what of them was wanted."""
    files = ", ".join(previewed.files)
    wanted = ", ".join(f"{name}: {value}" for name, value in sorted(previewed.options.items()))
    return f"{wanted[:200]}; from {files}" if wanted else files


def _counts_so_far(store: GraphStore, stored: ImportRecord | None) -> Counter[Outcome]:
    """Return what earlier, perhaps interrupted, runs of this import have done."""
    counts: Counter[Outcome] = Counter()
    if stored is None or stored.state is ImportState.UNDONE:
        return counts
    if stored.state is ImportState.APPLIED:
        return Counter({Outcome.ADD: stored.added, Outcome.UPDATE: stored.updated})
    for entry in store.audit(import_id=stored.id):
        if entry.kind == ImportRecord.kind:
            continue
        if entry.action is Action.ADD:
            counts[Outcome.ADD] += 1
        elif entry.action is Action.UPDATE:
            counts[Outcome.UPDATE] += 1
    return counts
