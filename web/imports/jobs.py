"""Imports under way: read, shown, applied or undone in the background, one at a time.

A job lives in this process only. What it writes is safe without it: an import that is cut off is
finished by importing the same file again, or undone.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from graph.errors import GofarError
from graph.model import ImportRecord, ImportState
from web.door import Door
from web.workspace import Progress

if TYPE_CHECKING:
    from seeds import ImportPreview, UndoResult

__all__ = ["Job", "Jobs", "Stage"]

_MOST_JOBS = 20
_QUICK_S = 1.5

log = structlog.get_logger(__name__)


class Stage(StrEnum):
    """How far a job is."""

    READING = "reading"
    PREVIEWED = "previewed"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"

    @property
    def is_busy(self) -> bool:
        """Whether something goes on in the background."""
        return self in {Stage.READING, Stage.APPLYING, Stage.UNDOING}


@dataclass(slots=True)
class Job:
    """One import from its files to its end; ``done`` of ``total`` records (0: not known).

    ``import_id`` is the import that is taken back, where that is the job.
    """

    id: str
    owner: str
    title: str
    stage: Stage
    folder: Path | None = None
    done: int = 0
    total: int = 0
    preview: ImportPreview | None = None
    record: ImportRecord | None = None
    import_id: str = ""
    undone: UndoResult | None = None
    error: GofarError | None = None
    future: Future[None] | None = field(default=None, repr=False)

    def report(self, done: int, total: int) -> None:
        """Take note of how far the background work is."""
        self.done, self.total = done, total or self.total

    def wait(self) -> None:
        """Wait a moment, so that quick work needs no progress page."""
        if self.future is not None:
            try:
                self.future.result(timeout=_QUICK_S)
            except TimeoutError:
                return

    def drop_files(self) -> None:
        """Delete the uploaded files: nothing needs them any more."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


class Jobs:
    """The jobs of one app; the oldest idle one is forgotten when there are too many."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        # One at a time: two imports at once would only wait for each other in the store.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")

    def find(self, job_id: str, owner: str) -> Job | None:
        """Return the job with this id, if it is this person's."""
        job = self._jobs.get(job_id)
        return job if job is not None and job.owner == owner else None

    def read(self, door: Door, title: str, folder: Path, paths: list[Path]) -> Job:
        """Begin to read files and find out what importing them would change."""
        job = self._add(Job(_new_id(), door.viewer.name, title, Stage.READING, folder))

        def work(progress: Progress) -> Stage:
            job.preview = door.preview(paths, progress=progress)
            return Stage.PREVIEWED

        return self._start(job, work)

    def apply(self, job: Job, door: Door) -> bool:
        """Begin to write what a job has previewed; False if it isn't waiting for that."""
        with self._lock:
            preview = job.preview
            if job.stage is not Stage.PREVIEWED or preview is None:
                return False
            job.stage = Stage.APPLYING
            job.report(0, preview.record_count)

        def work(progress: Progress) -> Stage:
            job.record = door.apply(preview, progress=progress)
            return Stage.APPLIED

        self._start(job, work)
        return True

    def undo(self, door: Door, record: ImportRecord) -> Job:
        """Begin to take an import back, or return the job of this person that does or did so.

        An undone import can be applied and undone again: a job that is through counts only where
        the import is still undone.
        """
        with self._lock:
            known = self._undoing(door, record.id)
            if known is not None:
                return known
            job = Job(_new_id(), door.viewer.name, record.file_name, Stage.UNDOING)
            job.import_id = record.id
            self._keep(job)

        def work(progress: Progress) -> Stage:
            del progress
            job.undone = door.undo(record.id)
            return Stage.UNDONE

        return self._start(job, work)

    def forget(self, job: Job) -> bool:
        """Drop a job and its files; False while it is busy."""
        with self._lock:
            if job.stage.is_busy:
                return False
            self._jobs.pop(job.id, None)
        job.drop_files()
        return True

    def _undoing(self, door: Door, import_id: str) -> Job | None:
        for job in reversed(self._jobs.values()):
            if job.owner == door.viewer.name and job.import_id == import_id:
                stage = job.stage
                # Asked after the stage: a job is through only once the store says so too.
                record = door.import_record(import_id) if stage is Stage.UNDONE else None
                is_undone = record is not None and record.state is ImportState.UNDONE
                return job if stage is Stage.UNDOING or is_undone else None
        return None

    def _add(self, job: Job) -> Job:
        with self._lock:
            self._keep(job)
        return job

    def _keep(self, job: Job) -> None:
        idle = [known for known in self._jobs.values() if not known.stage.is_busy]
        for known in idle[: max(0, len(self._jobs) - _MOST_JOBS + 1)]:
            del self._jobs[known.id]
            known.drop_files()
        self._jobs[job.id] = job

    def _start(self, job: Job, work: Callable[[Progress], Stage]) -> Job:
        def run() -> None:
            try:
                stage = work(job.report)
            except GofarError as error:
                job.error, stage = error, Stage.FAILED
            except Exception:
                # The last door before the reader: nobody else would ever hear of it.
                log.exception("import failed", job=job.id, file=job.title)
                job.error, stage = _unexpected(), Stage.FAILED
            if stage is not Stage.PREVIEWED:
                job.drop_files()
            job.stage = stage

        job.future = self._pool.submit(run)
        return job


def _new_id() -> str:
    return secrets.token_urlsafe(16)


def _unexpected() -> GofarError:
    return GofarError(
        "Something went wrong that nobody foresaw.",
        remedy="Nothing is lost: import the file again. If it happens again, tell whoever runs "
        "gofar for you.",
    )
