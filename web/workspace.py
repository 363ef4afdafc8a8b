"""What the pages need from outside, as ports; ``gofar.assembly`` fills them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph.access import Viewer
    from graph.contract import GraphStore
    from graph.model import ImportRecord
    from graph.snapshot import Snapshot
    from matching import LiveNetwork
    from seeds import ImportPreview, UndoResult
    from seeds.exports import Export, ExportResult

__all__ = ["Exporter", "Importer", "Progress", "Workspace"]

Progress = Callable[[int, int], None]
"""Told how much is done, of how much (0 if that isn't known yet)."""


class Importer(Protocol):
    """The verbs of an import: preview writes nothing, apply writes it all, undo takes it back."""

    def preview(
        self,
        paths: Sequence[Path],
        store: GraphStore,
        *,
        source: str | None = None,
        actor: str,
        today: date,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """Read files and say what they would change."""

    def apply(
        self, preview: ImportPreview, store: GraphStore, *, progress: Progress | None = None
    ) -> ImportRecord:
        """Write what a preview announced."""

    def undo(self, store: GraphStore, import_id: str, actor: str) -> UndoResult:
        """Take back what one import changed."""

    def write_template(self, path: Path) -> None:
        """Write the empty workbook that people fill in."""


class Exporter(Protocol):
    """The formats of an export, and the verb that writes one."""

    @property
    def formats(self) -> Sequence[Export]:
        """Return every format there is."""

    def export(self, network: Snapshot, name: str, out: Path) -> ExportResult:
        """Write a redacted network in the format called ``name``; raises InputError."""


@dataclass(frozen=True)
class Workspace:
    """One running gofar. ``viewer`` is whoever sits at this machine, until there are accounts.

    ``trusted_hosts`` are names under which the app is reached besides the local ones;
    ``upload_folder`` holds files between upload and import, and nothing else.
    """

    store: GraphStore
    live_network: LiveNetwork
    importer: Importer
    exporter: Exporter
    clock: Callable[[], datetime]
    """Returns the time, aware, in UTC."""
    viewer: Viewer
    upload_folder: Path
    secret_key: str = field(repr=False)
    trusted_hosts: tuple[str, ...] = ()
