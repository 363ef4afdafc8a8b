"""The embedded store: one SQLite file, readable in any SQLite tool, safe for several processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from graph.audit import AuditEntry
from graph.commit import carry_out
from graph.contract import CommitResult, GraphStore, Health, Transaction
from graph.errors import (
    ConfigurationError,
    SchemaMismatch,
    StoreCorrupt,
    StoreError,
    StoreUnavailable,
)
from graph.model import KINDS, Record, Relationship
from graph.snapshot import Snapshot
from graph.snapshot_builder import collector_paused
from graph.stores.sqlite.schema import count_statement, select_statement
from graph.stores.sqlite.snapshot import read_snapshot
from graph.stores.sqlite.writer import SQLiteWriter, as_json, decoded

__all__ = ["SQLiteStore", "open_sqlite"]

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=Relationship)

_PREFIX = "sqlite:///"
_MEMORY = ":memory:"
_PAGE = 5_000
# "gofr": tells a gofar file from any other SQLite file before anything is written into it.
_APPLICATION_ID = 0x676F6672
_BUSY_MS = 60_000
_WRITING_KB = 64_000
_USUAL_KB = 2_000
_CHECKPOINT_PAGES = 16_000


def open_sqlite(url: str, *, user: str = "", password: str = "") -> SQLiteStore:
    """Open ``sqlite:///path``; a file has no user, so ``user`` and ``password`` are not used."""
    del user, password
    path = unquote(url.removeprefix(_PREFIX)) if url.startswith(_PREFIX) else ""
    if not path:
        raise ConfigurationError(
            "GOFAR_STORE", url, "names no file", remedy="Write sqlite:///gofar.db, for example."
        )
    return SQLiteStore(path)


class SQLiteStore(GraphStore):
    """A :class:`GraphStore` in one file. Each thread has a connection; WAL lets readers read on."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._is_memory = path == _MEMORY

    @property
    def name(self) -> str:
        return f"{_PREFIX}{self.path}"

    def migrate(self) -> int:
        steps = _migrations()
        with self._connection() as db:
            found = self._schema_version(db)
            if found == len(steps):
                return found
            if found > len(steps):
                raise SchemaMismatch(self.name, str(found), str(len(steps)))
            with _writing(db):
                # Another process may have migrated while this one waited for the lock.
                for number in range(self._schema_version(db) + 1, len(steps) + 1):
                    for statement in steps[number - 1]:
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {number:d}")
                    db.execute(f"PRAGMA application_id = {_APPLICATION_ID:d}")
        return len(steps)

    def _schema_version(self, db: sqlite3.Connection) -> int:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (owner,) = db.execute("PRAGMA application_id").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and owner != _APPLICATION_ID:
            raise SchemaMismatch(self.name, "", "")
        return int(version)

    def version(self) -> int:
        with self._connection() as db:
            return int(db.execute("SELECT version FROM network").fetchone()[0])

    def health(self) -> Health:
        with self._connection() as db:
            return Health(
                store=self.name,
                engine=f"SQLite {sqlite3.sqlite_version}",
                schema_version=self._schema_version(db),
                version=self.version(),
                counts={kind: db.execute(count_statement(kind)).fetchone()[0] for kind in KINDS},
            )

    def snapshot(self) -> Snapshot:
        with self._connection() as db, _reading(db), collector_paused():
            return read_snapshot(db)

    def records(self, record_class: type[R], ids: Iterable[str] | None = None) -> Iterator[R]:
        if ids is None:
            yield from self._selected(record_class, select_statement(record_class.kind), ())
        else:
            statement = select_statement(record_class.kind, "id")
            yield from self._selected(record_class, statement, (as_json(set(ids)),))

    def relationships(
        self,
        record_class: type[T],
        *,
        from_ids: Iterable[str] | None = None,
        to_ids: Iterable[str] | None = None,
    ) -> Iterator[T]:
        ends = {
            name: as_json(set(ids))
            for name, ids in (("from_id", from_ids), ("to_id", to_ids))
            if ids is not None
        }
        statement = select_statement(record_class.kind, *ends)
        yield from self._selected(record_class, statement, tuple(ends.values()))

    def _selected(
        self, record_class: type[R], statement: str, parameters: tuple[str, ...]
    ) -> Iterator[R]:
        with self._connection() as db:
            cursor = db.execute(statement, parameters)
            while page := cursor.fetchmany(_PAGE):
                for values in page:
                    yield record_class.from_row(decoded(record_class, values))

    def holders(self, kind: str, external_ids: Iterable[str]) -> dict[str, str]:
        with self._connection() as db:
            return SQLiteWriter(db).holders(kind, list(external_ids))

    def audit(
        self, *, after_version: int = 0, import_id: str | None = None
    ) -> Iterator[AuditEntry]:
        with self._connection() as db:
            cursor = db.execute(
                "SELECT version, position, at, actor, import_id, action, kind, record_id,"
                " before, after FROM audit"
                " WHERE version > ?1 AND (?2 IS NULL OR import_id = ?2)"
                " ORDER BY version, position",
                (after_version, import_id),
            )
            while page := cursor.fetchmany(_PAGE):
                for values in page:
                    yield AuditEntry.from_values(values)

    def commit(self, transaction: Transaction) -> CommitResult:
        with self._connection() as db, _writing(db):
            return carry_out(SQLiteWriter(db), transaction, self.clock())

    def close(self) -> None:
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._is_memory:
                yield self._connect(self._local)
                return
            # An in-memory database belongs to one connection, so threads take turns.
            with self._lock:
                yield self._connect(self)
        except sqlite3.Error as error:
            raise _translated(self.name, error) from error
        except OSError as error:
            raise StoreUnavailable(
                f"{self.name}: {error.strerror}.",
                remedy="Name a file in a folder that you may write to.",
            ) from error

    def _connect(self, keeper: object) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(keeper, "_db", None)
        if known is not None and (not self._is_memory or known in self._open):
            return known
        if not self._is_memory:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        made = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        made.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
        made.execute("PRAGMA journal_mode = WAL")
        # The usual 1,000 pages are less than one batch of an import touches, so that each commit
        # would carry all indexes over to the database file.
        made.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES:d}")
        # FULL: a committed change survives a power cut, not only a crash.
        made.execute("PRAGMA synchronous = FULL")
        made.execute("PRAGMA foreign_keys = ON")
        keeper._db = made  # type: ignore[attr-defined]
        with self._lock:
            self._open.append(made)
        return made


@contextmanager
def _writing(db: sqlite3.Connection) -> Iterator[None]:
    # Ids are hashes, so new rows fall all over the indexes: with the usual 2 MB in memory nearly
    # every one of them reads a page. Set back afterwards, as every thread has a connection.
    db.execute(f"PRAGMA cache_size = {-_WRITING_KB:d}")
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    else:
        db.execute("COMMIT")
    finally:
        db.execute(f"PRAGMA cache_size = {-_USUAL_KB:d}")


@contextmanager
def _reading(db: sqlite3.Connection) -> Iterator[None]:
    """Hold one state of the database for several SELECTs."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def _migrations() -> list[list[str]]:
    folder = resources.files("graph.stores.sqlite") / "migrations"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return [_statements(entry.read_text(encoding="utf-8")) for entry in files]


def _statements(script: str) -> list[str]:
    # executescript() would commit on its own; so one statement at a time, within our transaction.
    return [part.strip() for part in script.split(";\n") if part.strip()]


def _translated(name: str, error: sqlite3.Error) -> StoreError:
    text = str(error)
    if isinstance(error, sqlite3.OperationalError) and (
        "locked" in text or "unable to open" in text or "busy" in text
    ):
        return StoreUnavailable(
            f"{name}: {text}.", remedy="Check that the folder exists and nobody holds the file."
        )
    if "not a database" in text or "malformed" in text:
        return StoreCorrupt(
            f"{name}: {text}.", remedy="Restore a backup, or point GOFAR_STORE to another file."
        )
    return StoreError(f"{name}: {text}.", remedy="Check the disk, then try again.")
