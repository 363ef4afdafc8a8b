"""Choosing and wiring the parts of a running app, and nothing else."""

from __future__ import annotations

import atexit
import os
import secrets
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import seeds
import seeds.exports
from gofar.options import local_viewer, today
from gofar.reporting import mail_goes_to, maker
from gofar.settings import Settings
from graph.contract import GraphStore
from graph.errors import ConfigurationError
from graph.history import has_moved, snapshot_on
from graph.model import ImportRecord
from graph.snapshot import Snapshot
from graph.stores import open_store
from matching import LiveNetwork
from seeds import board, identity, upkeep
from seeds.sources.template_workbook import write_template
from web.workspace import Exporter, Importer, Progress, Workspace

__all__ = ["assemble"]

_LEAST_KEY_LENGTH = 32


def assemble(settings: Settings) -> Workspace:
    """Return the workspace that ``settings`` describe, its store open and up to date."""
    store = open_store(
        settings.store,
        user=settings.store_user,
        password=settings.store_password.get_secret_value(),
    )
    return Workspace(
        store=store,
        live_network=LiveNetwork(
            store.version,
            store.snapshot,
            today,
            partial(snapshot_on, store),
            partial(has_moved, store),
        ),
        importer=_Importer(),
        exporter=_Exporter(),
        upkeep=upkeep,
        identity=identity,
        maker=maker(),
        mail_goes_to=mail_goes_to(settings),
        board=board,
        clock=lambda: datetime.now(UTC),
        viewer=local_viewer(),
        upload_folder=_upload_folder(),
        secret_key=_secret_key(settings.secret_key_file),
        trusted_hosts=tuple(
            name.strip() for name in settings.trusted_hosts.split(",") if name.strip()
        ),
    )


class _Importer(Importer):
    """The verbs of :mod:`seeds` behind the port that the pages use."""

    def preview(
        self,
        paths: Sequence[Path],
        store: GraphStore,
        *,
        source: str | None = None,
        actor: str,
        today: date,
        progress: Progress | None = None,
    ) -> seeds.ImportPreview:
        return seeds.preview(
            list(paths),
            store,
            source=source,
            actor=actor,
            today=today,
            progress=_counting(progress),
        )

    def apply(
        self,
        preview: seeds.ImportPreview,
        store: GraphStore,
        *,
        progress: Progress | None = None,
    ) -> ImportRecord:
        return seeds.apply(preview, store, progress=_counting(progress))

    def undo(self, store: GraphStore, import_id: str, actor: str) -> seeds.UndoResult:
        return seeds.undo(store, import_id, actor)

    def write_template(self, path: Path) -> None:
        write_template(path)


class _Exporter(Exporter):
    """The formats of :mod:`seeds.exports` behind the port that the pages use."""

    @property
    def formats(self) -> Sequence[seeds.exports.Export]:
        return seeds.exports.EXPORTS

    def export(self, network: Snapshot, name: str, out: Path) -> seeds.exports.ExportResult:
        return seeds.exports.export(network, name, out)


def _upload_folder() -> Path:
    """Return a folder that only this user can read, and that goes when the program ends."""
    folder = tempfile.TemporaryDirectory(prefix="gofar-uploads-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _counting(progress: Progress | None) -> Callable[[int, int | None, str], None] | None:
    if progress is None:
        return None
    return lambda done, total, what: progress(done, total or 0)


def _secret_key(path: Path) -> str:
    """Return the key in ``path``, made at the first start and readable by this user only."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(_LEAST_KEY_LENGTH))
    except FileExistsError:
        pass
    except OSError as error:
        raise ConfigurationError(
            "GOFAR_SECRET_KEY_FILE",
            str(path),
            f"can't be written: {error.strerror}",
            remedy="Name a file in a folder that you may write to.",
        ) from error
    key = path.read_text(encoding="ascii", errors="replace").strip()
    if len(key) < _LEAST_KEY_LENGTH:
        raise ConfigurationError(
            "GOFAR_SECRET_KEY_FILE",
            str(path),
            "holds a key that is too short",
            remedy="Delete the file: a new one is made at the next start.",
        )
    return key
