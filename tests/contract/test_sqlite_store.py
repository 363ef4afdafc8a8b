"""SQLite keeps the contract."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from graph.model import KINDS, Storage, row_specs
from graph.testing.hooks import RawFacts
from graph.testing.store_contract import StoreContract

DECODE = {Storage.TEXTS: json.loads, Storage.FLAG: bool}


class TestSQLiteStore(StoreContract):
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'gofar.db'}"

    def unreachable_url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}"

    def wipe(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "gofar.db")) as db, db:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if table == "network":
                    db.execute("UPDATE network SET version = 0")
                else:
                    db.execute(f"DELETE FROM {table}")

    def raw_facts(self, tmp_path: Path) -> RawFacts:
        found: RawFacts = {}
        with closing(sqlite3.connect(tmp_path / "gofar.db")) as db:
            db.row_factory = sqlite3.Row
            for kind, record_class in KINDS.items():
                decode = {spec.name: DECODE.get(spec.storage) for spec in row_specs(record_class)}
                for row in db.execute(f"SELECT * FROM {kind}").fetchall():
                    found[kind, row["id"]] = {
                        name: make(row[name]) if (make := decode[name]) else row[name]
                        for name in row.keys()  # noqa: SIM118 - a row iterates over its values
                    }
        return found

    def set_schema_version(self, tmp_path: Path, version: int) -> None:
        with closing(sqlite3.connect(tmp_path / "gofar.db")) as db:
            db.execute(f"PRAGMA user_version = {version:d}")
