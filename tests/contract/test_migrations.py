"""Data that an earlier gofar wrote is brought up to date, and nothing of it is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import neo4j
import pytest

from graph.model import BackboneOf, Organisation, Theme, WorksOn
from graph.stores import open_store
from graph.testing.samples import a_verdict, one_of_each, write
from neo4j_server import split_url

FIRST = resources.files("graph.stores.sqlite") / "migrations" / "0001_initial.sql"
PLAIN = "'minutes', 'ada', '2026-01-01', '2026-01-01', 0, 1.0, 'members'"
OLD_ROWS = (
    "INSERT INTO node (id, kind) VALUES ('org-a', 'organisation'), ('theme-m', 'theme')",
    "INSERT INTO organisation (id, name, external_ids, other_names, description,"
    " organisation_type, website, postcode, source, asserted_by, first_seen, last_confirmed,"
    " inferred, confidence, visibility)"
    f" VALUES ('org-a', 'A', '[]', '[]', '', '', '', '', {PLAIN})",
    "INSERT INTO theme (id, name, external_ids, other_names, description, parent_id, source,"
    " asserted_by, first_seen, last_confirmed, inferred, confidence, visibility)"
    f" VALUES ('theme-m', 'Music', '[]', '[]', '', '', {PLAIN})",
)


def test_a_sqlite_file_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FIRST.read_text(encoding="utf-8"))
        for row in OLD_ROWS:
            db.execute(row)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {0x676F6672:d}")
        db.commit()

    with open_store(f"sqlite:///{path}") as store:
        (known,) = store.records(Organisation)
        assert (known.name, known.provenance.basis) == ("A", "")
        assert store.record(Theme, "theme-m") is not None
        write(store, a_verdict())
        assert len(store.snapshot().tables["organisation"]) == 1


@pytest.mark.neo4j
def test_a_neo4j_database_of_the_first_schema_is_brought_up_to_date(clean_neo4j: str) -> None:
    with open_store(clean_neo4j) as store:
        write(store, *one_of_each())
        content = store.snapshot().content_hash
    address, user, password = split_url(clean_neo4j)
    with (
        neo4j.GraphDatabase.driver(address, auth=(user, password)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n:GofarNode) REMOVE n.basis").consume()
        session.run("MATCH ()-[r]->() REMOVE r.basis").consume()
        session.run("MATCH (m:GofarMeta) SET m.schema = 1").consume()

    with open_store(clean_neo4j) as store:
        assert store.snapshot().content_hash == content
        assert {tie.provenance.basis for tie in store.records(WorksOn)} == {""}
        assert [tie.until for tie in store.records(BackboneOf)] == [None]
