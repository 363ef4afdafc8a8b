"""Files as a network without a store: what an import would make of them, for measuring only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.contract import GraphStore
from graph.errors import UnsupportedFormat
from graph.model import KINDS, Fact, row_specs
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder, collector_paused
from seeds.reading.reader import Reader
from seeds.sources import source_named
from seeds.staging import Findings, Progress, Staging

__all__ = ["read_unstored"]

_CHUNK = 50_000
Rows = dict[str, list[tuple[Any, ...]]]


def read_unstored(
    path: Path,
    nothing: GraphStore,
    *,
    source: str,
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> tuple[Snapshot, Findings]:
    """Return the network that importing ``path`` into an empty store would make, and its faults.

    ``nothing`` is that empty store: it is asked, and nothing is written to it. Raises InputError
    for files that can't be read or hold nothing that the source knows.
    """
    findings = Findings()
    rows: Rows = defaultdict(list)
    done = 0
    with collector_paused(), Reader([path], findings.report) as reader:
        staging = Staging(
            source_named(source),
            reader,
            nothing,
            findings,
            actor=actor,
            asserted_on=today,
            options={},
            only_add=False,
        )
        for batch in staging.batches():
            for change in staging.compare(batch):
                rows[change.after.kind].append(_row(change.after))
            done += len(batch)
            if progress is not None:
                progress(done, None, "Reading")
        if not rows:
            raise UnsupportedFormat(
                ", ".join(reader.files),
                "holds nothing that can be used",
                remedy="Look at what is wrong in it: gofar import --preview.",
            )
        return _built(rows), findings


def _row(fact: Fact) -> tuple[Any, ...]:
    return tuple(fact.to_row().values())


def _built(rows: Rows) -> Snapshot:
    builder = SnapshotBuilder(0)
    for node_kind, table in builder.nodes():
        for columns in _columns(rows, node_kind.kind):
            table.extend(columns)
    for tie_kind, table in builder.ties():
        for columns in _columns(rows, tie_kind.kind):
            table.extend(columns, builder.positions)
    return builder.finish()


def _columns(rows: Rows, kind: str) -> Iterator[Sequence[Sequence[Any]]]:
    names = [spec.name for spec in row_specs(KINDS[kind])]
    for start in range(0, len(rows[kind]), _CHUNK):
        columns = list(zip(*rows[kind][start : start + _CHUNK], strict=True))
        assert len(columns) == len(names)
        yield columns
