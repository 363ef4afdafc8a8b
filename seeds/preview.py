"""What an import would do, found out without writing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph.contract import GraphStore
from graph.model import Fact, ImportRecord, ImportState, Organisation, Row
from seeds.duplicates import Duplicate, NameIndex
from seeds.identifiers import own_id
from seeds.merging import Change, Outcome
from seeds.problems import Problem
from seeds.reading.date_order import date_order_problems
from seeds.reading.reader import Reader
from seeds.sources import source_for, source_named
from seeds.staging import Findings, Progress, Staging, may_be_shown

__all__ = [
    "Duplicate",
    "ImportPreview",
    "Problem",
    "Sample",
    "import_id_of",
    "preview",
    "staging_of",
]

Observer = Callable[[list[Fact]], None]
_SAMPLES = 50
_MOST_DUPLICATES = 500


@dataclass(frozen=True, slots=True)
class Sample:
    """One record as it would be added or changed; ``before`` is None for a new one."""

    kind: str
    id: str
    before: Row | None
    after: Row

    @property
    def name(self) -> str:
        """Return what a person calls it."""
        return str(self.after.get("name") or self.id)

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the fields that would change."""
        before = self.before or {}
        return tuple(name for name, value in self.after.items() if before.get(name) != value)


@dataclass(slots=True, kw_only=True)
class ImportPreview:
    """What importing some files would do to a store. Counts are in records, by kind.

    ``confirmed`` facts are known and only get a later ``last_confirmed``. ``earlier`` is the state
    of an import of the same bytes, if there was one.
    """

    import_id: str
    source: str
    paths: tuple[Path, ...]
    files: tuple[str, ...]
    digest: str
    actor: str
    asserted_on: date
    options: dict[str, str]
    earlier: ImportState | None
    recognised_by: str = ""
    adds: Counter[str] = field(default_factory=Counter)
    updates: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    duplicate_count: int = 0
    findings: Findings = field(default_factory=Findings)

    @property
    def skipped(self) -> Counter[str]:
        """Return how much is left out on purpose, by reason."""
        return self.findings.skipped

    @property
    def problems(self) -> list[Problem]:
        """Return the faults found, at most the first thousand."""
        return self.findings.problems

    @property
    def warnings(self) -> list[Problem]:
        """Return what should be read although nothing is lost by it."""
        return self.findings.warnings

    @property
    def record_count(self) -> int:
        """Return how many records the files hold."""
        return sum(
            count.total() for count in (self.adds, self.updates, self.confirmed, self.unchanged)
        )

    @property
    def is_refused(self) -> bool:
        """Whether there is nothing in the files that could be imported."""
        return self.record_count == 0

    @property
    def refusal(self) -> str:
        """Return why nothing of the files can come in, '' if something can."""
        if not self.is_refused:
            return ""
        reasons = [f"{count} × {reason}" for reason, count in self.skipped.most_common(3)]
        if self.problems:
            reasons.append(
                f"{self.findings.problem_count:,} problems, the first in {self.problems[0]}"
            )
        return f"holds nothing that can be imported ({'; '.join(reasons) or 'no rows'})"

    @property
    def changes_anything(self) -> bool:
        """Whether applying it would change what is known."""
        return any((self.adds, self.updates, self.confirmed))

    def to_json(self) -> dict[str, object]:
        """Return the preview as plain values; ``errors`` are at most the first thousand."""
        return {
            "adds": self.adds.total(),
            "updates": self.updates.total(),
            "duplicates": self.duplicate_count,
            "skipped": self.skipped.total(),
            "errors": [problem.to_json() for problem in self.problems],
            "error_count": self.findings.problem_count,
            "warnings": [problem.to_json() for problem in self.warnings],
            "warning_count": self.findings.warning_count,
            "unchanged": self.unchanged.total(),
            "confirmed": self.confirmed.total(),
            "by_kind": _by_kind(adds=self.adds, updates=self.updates, unchanged=self.unchanged),
            "skipped_by_reason": dict(self.skipped),
            "possible_duplicates": [pair.to_json() for pair in self.duplicates],
            "import_id": self.import_id,
            "source": self.source,
            "files": list(self.files),
            "digest": self.digest,
            "earlier": self.earlier.value if self.earlier else None,
        }


def _by_kind(**counts: Counter[str]) -> dict[str, dict[str, int]]:
    kinds = sorted({kind for counter in counts.values() for kind in counter})
    return {kind: {name: counter[kind] for name, counter in counts.items()} for kind in kinds}


def import_id_of(source: str, digest: str, options: Mapping[str, str] | None = None) -> str:
    """Return the id of the import of these bytes by this source: the same every time.

    The same bytes with other options are another import.
    """
    chosen = (f"{name}={value}" for name, value in sorted((options or {}).items()))
    return own_id("import", source, digest, *chosen)


def preview(
    paths: str | Path | Sequence[str | Path],
    store: GraphStore,
    *,
    source: str | None = None,
    actor: str,
    today: date,
    progress: Progress | None = None,
    options: Mapping[str, str] | None = None,
    observe: Observer | None = None,
) -> ImportPreview:
    """Read files or folders and say what importing them would change; write nothing.

    ``source`` names the kind of file where guessing isn't wanted. ``observe`` is shown every fact
    as it would be. Raises InputError only when reading can't go on; faults of rows are in the
    preview's ``problems``.
    """
    listed = [paths] if isinstance(paths, (str, Path)) else list(paths)
    findings = Findings()
    with Reader([Path(path) for path in listed], findings.report) as reader:
        heads = reader.heads()
        chosen = source_named(source) if source else source_for(heads)
        digest = reader.digest()
        import_id = import_id_of(chosen.name, digest, options)
        earlier = store.record(ImportRecord, import_id)
        found = ImportPreview(
            import_id=import_id,
            source=chosen.name,
            paths=reader.paths,
            files=reader.files,
            digest=digest,
            actor=actor,
            asserted_on=earlier.asserted_on if earlier else today,
            options=dict(options or {}),
            earlier=earlier.state if earlier else None,
            recognised_by=chosen.recognises(heads).reason,
            findings=findings,
        )
        for sheet in (sheet for file in reader.files for sheet in reader.sheets(file)):
            for problem in date_order_problems(sheet):
                findings.report(problem)
        _fill(found, staging_of(found, reader, store, findings), store, progress, observe)
    return found


def staging_of(
    found: ImportPreview, reader: Reader, store: GraphStore, findings: Findings
) -> Staging:
    """Return a fresh pass over the files of a preview."""
    return Staging(
        source_named(found.source),
        reader,
        store,
        findings,
        actor=found.actor,
        asserted_on=found.asserted_on,
        options=found.options,
        only_add=found.earlier is ImportState.APPLIED,
    )


def _fill(
    found: ImportPreview,
    staging: Staging,
    store: GraphStore,
    progress: Progress | None,
    observe: Observer | None,
) -> None:
    names: NameIndex | None = None
    done = 0
    for batch in staging.batches():
        changes = staging.compare(batch)
        for change in changes:
            _count(found, change)
        if observe is not None:
            observe([change.after for change in changes])
        new = [
            change.after
            for change in changes
            if change.outcome is Outcome.ADD and isinstance(change.after, Organisation)
        ]
        if new:
            # Only now: an import without new organisations needn't read the known ones.
            names = names or NameIndex(
                filter(may_be_shown, store.records(Organisation)),
                is_register=source_named(found.source).is_register,
            )
            alike = names.like(new)
            found.duplicate_count += len(alike)
            found.duplicates += alike[: _MOST_DUPLICATES - len(found.duplicates)]
        done += len(batch)
        if progress is not None:
            progress(done, None, "Reading")


def _count(found: ImportPreview, change: Change) -> None:
    counter = {
        Outcome.ADD: found.adds,
        Outcome.UPDATE: found.updates,
        Outcome.CONFIRM: found.confirmed,
        Outcome.NOTHING: found.unchanged,
    }[change.outcome]
    counter[change.after.kind] += 1
    known = change.before
    # What a private record would become holds what it is now, so neither is shown.
    is_shown = known is None or may_be_shown(known)
    is_change = change.outcome in {Outcome.ADD, Outcome.UPDATE}
    if is_change and is_shown and counter.total() <= _SAMPLES:
        before = None if known is None else known.to_row()
        found.samples.append(
            Sample(change.after.kind, change.after.id, before, change.after.to_row())
        )
