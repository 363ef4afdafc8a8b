"""How the network gets out: every format there is, and the one verb that writes them.

::

    result = export(redact(store.snapshot(), viewer.audience), "graphml", Path("place.graphml"))
    result.left_out  # what the format can't hold, with counts
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.layers import without_confidential
from graph.model import RELATIONSHIP_KINDS
from graph.snapshot import Snapshot
from seeds.exports.base import Export
from seeds.exports.gephi import GephiTables
from seeds.exports.gexf import Gexf
from seeds.exports.graphml import GraphMl
from seeds.exports.kumu import KumuBlueprint, KumuTables, KumuWorkbook
from seeds.exports.open_referral import OpenReferral, OpenReferralTables

__all__ = ["EXPORTS", "Export", "ExportResult", "LeftOut", "export", "export_named"]

EXPORTS: tuple[Export, ...] = (
    KumuWorkbook(),
    KumuBlueprint(),
    KumuTables(),
    Gexf(),
    GraphMl(),
    GephiTables(),
    OpenReferral(),
    OpenReferralTables(),
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a format can't hold, and how often it occurs in the network."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.count:,} × {self.what}"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The files that were written, and all that they don't hold, the most frequent first."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


def export_named(name: str) -> Export:
    """Return the export called ``name``; raises InputError for another word."""
    for each in EXPORTS:
        if each.name == name:
            return each
    raise InputError(
        f"{name!r} is not a format to export to.",
        remedy=f"Use one of {', '.join(each.name for each in EXPORTS)}.",
    )


def export(
    snapshot: Snapshot, name: str, out: Path, *, with_confidential: bool = False
) -> ExportResult:
    """Write all of a snapshot in the format ``name``: into the file ``out``, or the folder ``out``.

    The snapshot has to be redacted for whoever will read the files. Files travel, so vetoes and
    introductions stay behind unless ``with_confidential``. The files appear when they are
    whole, in place of others with their names. Raises InputError where they can't be written.
    """
    chosen = export_named(name)
    kept_back = {} if with_confidential else _confidential(snapshot)
    snapshot = snapshot if with_confidential else without_confidential(snapshot)
    try:
        folder = out if chosen.files else out.parent
        if chosen.files:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".gofar-", dir=folder) as work:
            target = Path(work) if chosen.files else Path(work) / out.name
            left_out = chosen.write(snapshot, target)
            left_out.update(kept_back)
            names = chosen.files or (out.name,)
            files = tuple(Path(work, each).replace(folder / each) for each in names)
    except OSError as error:
        raise InputError(
            f"{out}: can't be written ({error.strerror or error}).",
            remedy="Name a place where you may write, with room enough.",
        ) from error
    return ExportResult(
        files, tuple(LeftOut(what, count) for what, count in left_out.most_common() if count)
    )


def _confidential(snapshot: Snapshot) -> dict[str, int]:
    """Return how many facts stay behind because they are confidential, by what they are."""
    counts = {
        tie_kind: len(snapshot.tables[tie_kind.kind])
        for tie_kind in RELATIONSHIP_KINDS
        if tie_kind.is_confidential
    }
    return {
        f"{tie_kind.kind.replace('_', ' ')}: confidential": count
        for tie_kind, count in counts.items()
        if count
    }
