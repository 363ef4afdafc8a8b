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


def export(snapshot: Snapshot, name: str, out: Path) -> ExportResult:
    """Write all of a snapshot in the format ``name``: into the file ``out``, or the folder ``out``.

    The snapshot has to be redacted for whoever will read the files. They appear when they are
    whole, in place of others with their names. Raises InputError where they can't be written.
    """
    chosen = export_named(name)
    try:
        folder = out if chosen.files else out.parent
        if chosen.files:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".gofar-", dir=folder) as work:
            target = Path(work) if chosen.files else Path(work) / out.name
            left_out = chosen.write(snapshot, target)
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
