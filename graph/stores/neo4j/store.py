"""The store for many at once: a Neo4j server, reached by its official driver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

import neo4j
from neo4j import ManagedTransaction

from graph.audit import AuditEntry
from graph.commit import carry_out
from graph.contract import CommitResult, GraphStore, Health, Transaction
from graph.errors import ConfigurationError, SchemaMismatch, StoreCorrupt
from graph.model import Record, Relationship
from graph.snapshot import Snapshot
from graph.snapshot_builder import collector_paused
from graph.stores.neo4j import cypher, schema
from graph.stores.neo4j.address import Address
from graph.stores.neo4j.errors import translating
from graph.stores.neo4j.snapshot import read_counts, read_snapshot
from graph.stores.neo4j.writer import Neo4jWriter, batches, sendable

__all__ = ["Neo4jStore", "open_neo4j"]

A = TypeVar("A")
R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=Relationship)

_PAGE = 5_000
_HASH_DIGITS = 6
_SECONDS_TO_CONNECT = 5
_SECONDS_TO_RETRY = 30
_SECONDS_A_QUERY = 60
_SECONDS_A_COMMIT = 600
_SECONDS_A_SNAPSHOT = 600
_FREE_READINGS = 2


def open_neo4j(url: str, *, user: str = "", password: str = "") -> Neo4jStore:
    """Open ``bolt://user:password@host:7687`` or another scheme of the driver.

    User and password in the URL are percent-encoded; arguments take precedence. No connection is
    made yet. Raises ConfigurationError if the driver can't read the address.
    """
    return Neo4jStore(Address.of(url, user=user, password=password))


class Neo4jStore(GraphStore):
    """A :class:`GraphStore` on a Neo4j server, 5.26 or newer. Threads share one driver."""

    # A server of 512 MB heap runs out at 20,000 uncommitted changes.
    batch_size: ClassVar[int] = 5_000

    def __init__(self, address: Address) -> None:
        self._address = address
        self._driver = _driver(address)
        # On a cluster, a store must read what it has just written elsewhere.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    @property
    def name(self) -> str:
        return self._address.name

    def migrate(self) -> int:
        with translating(self.name):
            # Managed transactions go on trying for a while; this says at once what is wrong.
            self._driver.verify_connectivity()
        meta = self._reading(schema.read_meta)
        if meta is None and self._reading(schema.holds_anything):
            raise SchemaMismatch(self.name, "", "")
        found = 0 if meta is None else meta[0]
        if found > schema.SCHEMA_VERSION:
            raise SchemaMismatch(self.name, str(found), str(schema.SCHEMA_VERSION))
        for number in range(found + 1, schema.SCHEMA_VERSION + 1):
            # The server takes one change of schema at a time, and no data along with it.
            for statement in schema.STEPS[number - 1]:
                self._writing(partial(schema.run, statement=statement))
            self._writing(partial(schema.set_schema, number=number))
        return schema.SCHEMA_VERSION

    def version(self) -> int:
        return self._meta()[1]

    def health(self) -> Health:
        with translating(self.name):
            self._driver.verify_connectivity()
        schema_version, version = self._meta()
        engine, counts = self._reading(_server)
        return Health(self.name, engine, schema_version, version, counts)

    def snapshot(self) -> Snapshot:
        with collector_paused():
            return self._snapshot()

    def _snapshot(self) -> Snapshot:
        for _ in range(_FREE_READINGS):
            version = self._settled_version()
            try:
                made = self._reading(
                    partial(read_snapshot, version=version), seconds=_SECONDS_A_SNAPSHOT
                )
            except StoreCorrupt:
                # Neo4j shows each query what is committed by then, so pages may not fit together.
                if self._settled_version() == version:
                    raise
                continue
            if self._settled_version() == version:
                return made
        # Writers never rest: hold them off for the length of one reading.
        return self._writing(_read_locked, seconds=_SECONDS_A_SNAPSHOT)

    def records(self, record_class: type[R], ids: Iterable[str] | None = None) -> Iterator[R]:
        if ids is not None:
            yield from self._by_id(record_class, sendable(list(ids)))
        elif issubclass(record_class, Relationship):
            count = self._reading(read_counts)[record_class.kind]
            statement = cypher.rows_between_statement(record_class)
            for low, high in _id_ranges(record_class, count):
                yield from _records(record_class, self._one(statement, low=low, high=high))
        else:
            yield from self._by_id(record_class, self._one(cypher.ids_statement(record_class)))

    def _by_id(self, record_class: type[R], ids: Iterable[str]) -> Iterator[R]:
        statement = cypher.rows_statement(record_class)
        for page in batches(sorted(ids), _PAGE):
            yield from _records(record_class, self._one(statement, ids=page))

    def relationships(
        self,
        record_class: type[T],
        *,
        from_ids: Iterable[str] | None = None,
        to_ids: Iterable[str] | None = None,
    ) -> Iterator[T]:
        starts = None if from_ids is None else sendable(list(from_ids))
        ends = None if to_ids is None else sendable(list(to_ids))
        known = starts if starts is not None else ends
        if known is None:
            yield from self.records(record_class)
            return
        statement = cypher.tie_rows_statement(
            record_class, is_from_given=starts is not None, is_to_given=ends is not None
        )
        rows = [
            row
            for page in batches(known, _PAGE)
            for row in self._one(statement, ids=page, to_ids=ends)
        ]
        yield from _records(record_class, rows)

    def holders(self, kind: str, external_ids: Iterable[str]) -> dict[str, str]:
        wanted = list(external_ids)
        return self._reading(lambda tx: Neo4jWriter(tx).holders(kind, wanted))

    def audit(
        self, *, after_version: int = 0, import_id: str | None = None
    ) -> Iterator[AuditEntry]:
        statement = cypher.AUDIT if import_id is None else cypher.AUDIT_OF_IMPORT
        with (
            translating(self.name),
            self._session() as session,
            session.begin_transaction(timeout=_SECONDS_A_COMMIT) as tx,
        ):
            for record in tx.run(statement, after=after_version, import_id=import_id):
                yield AuditEntry.from_values(record.values())

    def commit(self, transaction: Transaction) -> CommitResult:
        return self._writing(
            lambda tx: carry_out(Neo4jWriter(tx), transaction, self.clock()),
            seconds=_SECONDS_A_COMMIT,
        )

    def close(self) -> None:
        self._driver.close()

    def _session(self) -> neo4j.Session:
        return self._driver.session(
            database=self._address.database or None, bookmark_manager=self._bookmarks
        )

    def _reading(
        self, work: Callable[[ManagedTransaction], A], seconds: float = _SECONDS_A_QUERY
    ) -> A:
        with translating(self.name), self._session() as session:
            return session.execute_read(neo4j.unit_of_work(timeout=seconds)(work))

    def _writing(
        self, work: Callable[[ManagedTransaction], A], seconds: float = _SECONDS_A_QUERY
    ) -> A:
        with translating(self.name), self._session() as session:
            return session.execute_write(neo4j.unit_of_work(timeout=seconds)(work))

    def _one(self, statement: str, **parameters: Any) -> Any:
        """Return what a query finds, when that is a single value called ``found``."""
        return self._reading(lambda tx: tx.run(statement, parameters).single(strict=True)["found"])

    def _meta(self) -> tuple[int, int]:
        found = self._reading(schema.read_meta)
        if found is None:
            raise SchemaMismatch(self.name, "0", str(schema.SCHEMA_VERSION))
        return found

    def _settled_version(self) -> int:
        """Return the version once no commit is under way: one is seen in parts while it lands."""
        return self._writing(lambda tx: Neo4jWriter(tx).version(), seconds=_SECONDS_A_COMMIT)


def _driver(address: Address) -> neo4j.Driver:
    try:
        return neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password) if address.user else None,
            connection_timeout=_SECONDS_TO_CONNECT,
            connection_acquisition_timeout=_SECONDS_A_QUERY,
            max_transaction_retry_time=_SECONDS_TO_RETRY,
            # Hints for people who write queries; ours are written and measured.
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
    except (neo4j.exceptions.ConfigurationError, ValueError) as error:
        raise ConfigurationError(
            "GOFAR_STORE", address.uri, f"can't be used: {error}", remedy="Check the address."
        ) from error


def _server(tx: ManagedTransaction) -> tuple[str, dict[str, int]]:
    engine = tx.run(cypher.COMPONENTS).single(strict=True)
    return " ".join(engine.values()), read_counts(tx)


def _read_locked(tx: ManagedTransaction) -> Snapshot:
    return read_snapshot(tx, Neo4jWriter(tx).version())


def _id_ranges(tie_kind: type[Relationship], count: int) -> Iterator[tuple[str, str]]:
    """Cut the ids of ``count`` ties, evenly spread hashes, into ranges in ascending order."""
    pages = -(-count // _PAGE)
    cuts = [16**_HASH_DIGITS * page // pages for page in range(1, pages)]
    bounds = [f"{tie_kind.kind}-{cut:0{_HASH_DIGITS}x}" for cut in cuts]
    # 'g' follows the last hex digit.
    bounds = [f"{tie_kind.kind}-", *bounds, f"{tie_kind.kind}-g"]
    return pairwise(bounds) if pages else iter(())


def _records(record_class: type[R], rows: list[list[Any]]) -> Iterator[R]:
    """Yield in order of id. Sorted here: how the server orders text is its own affair."""
    names = cypher.column_names(record_class)
    for row in sorted(rows, key=itemgetter(names.index("id"))):
        yield record_class.from_row(dict(zip(names, row, strict=True)))
