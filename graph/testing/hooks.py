"""What a store's test must say, so that the contract can be tried on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graph.contract import GraphStore
from graph.model import KINDS, Record, Row, row_specs
from graph.stores import open_store

__all__ = ["FEW", "RawFacts", "StoreHooks"]

RawFacts = dict[tuple[str, str], Row]
"""Rows by kind and id, as :meth:`graph.model.Record.to_row` gives them."""

FEW = settings(
    max_examples=8,
    deadline=None,  # how long a store takes is for a bench to say
    # A store is opened once for all examples; each example that needs an empty one wipes it.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.differing_executors,
    ],
)


class StoreHooks(ABC):
    """The hooks look *behind* the store, so that a wrong write and a wrong read can't cancel out.

    None of them may use a verb of the store, except :meth:`open`.
    """

    @abstractmethod
    def url(self, tmp_path: Path) -> str:
        """Return the URL of the store under test, the same whenever ``tmp_path`` is."""

    @abstractmethod
    def unreachable_url(self, tmp_path: Path) -> str:
        """Return the URL of a store of this kind that can't be reached."""

    @abstractmethod
    def wipe(self, tmp_path: Path) -> None:
        """Empty the store and set its version to 0, if it exists; the schema may stay."""

    @abstractmethod
    def raw_facts(self, tmp_path: Path) -> RawFacts:
        """Return everything that is stored, audit log apart."""

    @abstractmethod
    def set_schema_version(self, tmp_path: Path, version: int) -> None:
        """Write the version of the schema."""

    def open(self, tmp_path: Path) -> GraphStore:
        """Open the store under test; called twice, it opens the same store twice."""
        return open_store(self.url(tmp_path))

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[GraphStore]:
        """Yield the store, open and empty."""
        self.wipe(tmp_path)
        with self.open(tmp_path) as opened:
            yield opened

    @staticmethod
    def rows_of(*records: Record) -> RawFacts:
        """Return what :meth:`raw_facts` must find once these records, and no others, are stored."""
        return {(record.kind, record.id): record.to_row() for record in records}

    @staticmethod
    def whole_row(kind: str, found: Row) -> Row:
        """Return a row with None where a store has nothing."""
        return {spec.name: found.get(spec.name) for spec in row_specs(KINDS[kind])}
