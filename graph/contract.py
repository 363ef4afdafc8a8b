"""The port: what every store must do. Two adapters keep it, SQLite and Neo4j.

A caller writes through a unit of work and reads either one snapshot of the whole network or a few
records by id::

    with store.transaction("ada@example.org") as tx:
        tx.upsert(organisation, need)
    tx.result.added
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar, Self, TypeVar

from graph.audit import AuditEntry
from graph.model import Record, Relationship, kind_named
from graph.snapshot import Snapshot

__all__ = ["CommitResult", "GraphStore", "Health", "Transaction"]

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=Relationship)


@dataclass(frozen=True, slots=True)
class CommitResult:
    """What a commit did, in records; ``version`` is that of the store afterwards."""

    version: int
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the store answers, what it is, and how much it holds (records by kind)."""

    store: str
    engine: str
    schema_version: int
    version: int
    counts: dict[str, int]


@dataclass(slots=True)
class Transaction:
    """A unit of work: collects changes, which the store commits together or not at all.

    The last word on a record wins. ``result`` is set once the ``with`` block has ended well.
    """

    actor: str
    import_id: str = ""
    expected_version: int | None = None
    upserts: dict[tuple[str, str], Record] = field(default_factory=dict)
    exact: set[tuple[str, str]] = field(default_factory=set)
    deletions: set[tuple[str, str]] = field(default_factory=set)
    result: CommitResult | None = None

    def upsert(self, *records: Record) -> None:
        """Add each record, or replace the one with its kind and id.

        A fact that is known keeps the earliest ``first_seen`` and the latest ``last_confirmed``.
        """
        for record in records:
            key = (record.kind, record.id)
            self.deletions.discard(key)
            self.exact.discard(key)
            self.upserts[key] = record

    def restore(self, *records: Record) -> None:
        """Put each record back just as it was, days included: for taking a change back."""
        self.upsert(*records)
        self.exact.update((record.kind, record.id) for record in records)

    def delete(self, kind: str, ids: Iterable[str]) -> None:
        """Delete by kind and id; a node takes its ties along. An unknown id is no error."""
        kind_named(kind)
        for record_id in ids:
            self.upserts.pop((kind, record_id), None)
            self.deletions.add((kind, record_id))


class GraphStore(ABC):
    """Everything durable: records, their audit log, and a version that grows with every change."""

    batch_size: ClassVar[int] = 20_000
    """Records that one transaction should hold at most; larger work is cut into several."""
    clock: Callable[[], datetime] = staticmethod(partial(datetime.now, UTC))
    """Gives the time that the audit log notes: aware, in UTC."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Return the store's address as it may be shown: never with a password."""

    @abstractmethod
    def migrate(self) -> int:
        """Bring the schema up to date, creating it if missing, and return its version.

        Raises :class:`graph.errors.SchemaMismatch` if the data is newer than this program.
        """

    @abstractmethod
    def version(self) -> int:
        """Return the number of committed changes of the network: cheap, for polling."""

    @abstractmethod
    def health(self) -> Health:
        """Ask the store whether it answers and what it holds.

        Raises :class:`graph.errors.StoreUnavailable` if it doesn't answer.
        """

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """Return the whole network at one version, in columns."""

    @abstractmethod
    def records(self, record_class: type[R], ids: Iterable[str] | None = None) -> Iterator[R]:
        """Yield the records of a kind in order of id: those with these ids, or all of them."""

    @abstractmethod
    def relationships(
        self,
        record_class: type[T],
        *,
        from_ids: Iterable[str] | None = None,
        to_ids: Iterable[str] | None = None,
    ) -> Iterator[T]:
        """Yield the ties of a kind in order of id that start and end at these nodes."""

    @abstractmethod
    def holders(self, kind: str, external_ids: Iterable[str]) -> dict[str, str]:
        """Return which node of a kind holds each external id: ``{external id: our id}``."""

    @abstractmethod
    def audit(
        self, *, after_version: int = 0, import_id: str | None = None
    ) -> Iterator[AuditEntry]:
        """Yield audit entries in order, later than a version and of one import if given."""

    @abstractmethod
    def commit(self, transaction: Transaction) -> CommitResult:
        """Carry out a unit of work atomically; :meth:`transaction` calls it.

        Raises :class:`graph.errors.StaleVersion` if the store has left ``expected_version``,
        :class:`graph.errors.DuplicateIdentifier` and :class:`graph.errors.InvalidRecord` for
        records that don't fit what is stored (a tie to a missing node, say).
        """

    @abstractmethod
    def close(self) -> None:
        """Give back files and connections."""

    @contextmanager
    def transaction(
        self, actor: str, *, import_id: str = "", expected_version: int | None = None
    ) -> Iterator[Transaction]:
        """Collect changes and commit them at the end of the ``with`` block; an error drops all."""
        unit = Transaction(actor, import_id, expected_version)
        yield unit
        unit.result = self.commit(unit)

    def record(self, record_class: type[R], record_id: str) -> R | None:
        """Return one record by id, or None."""
        return next(self.records(record_class, [record_id]), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
