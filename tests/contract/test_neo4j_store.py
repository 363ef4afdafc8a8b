"""Neo4j keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.model import KINDS
from graph.testing.hooks import RawFacts
from graph.testing.store_contract import StoreContract
from neo4j_server import split_url

KIND_BY_LABEL = {record_class.label: kind for kind, record_class in KINDS.items()}


@pytest.mark.neo4j
class TestNeo4jStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _server(self, neo4j_url: str) -> Iterator[None]:
        self._url = neo4j_url
        address, user, password = split_url(neo4j_url)
        with neo4j.GraphDatabase.driver(address, auth=(user, password)) as self._driver:
            yield

    def url(self, tmp_path: Path) -> str:
        return self._url

    def unreachable_url(self, tmp_path: Path) -> str:
        return "bolt://neo4j:password@127.0.0.1:1"

    def wipe(self, tmp_path: Path) -> None:
        self._query("MATCH (n) WHERE NOT n:GofarMeta CALL (n) { DETACH DELETE n } IN TRANSACTIONS")
        self._query("MATCH (m:GofarMeta) SET m.version = 0")

    def raw_facts(self, tmp_path: Path) -> RawFacts:
        nodes = self._query(
            "MATCH (n) WHERE n:GofarNode OR n:ImportRecord OR n:Verdict OR n:Merge"
            " OR n:LearnedModel OR n:ReportContent OR n:StoredReport"
            " OR n:ReportSchedule OR n:Message"
            " RETURN properties(n) AS row,"
            " [label IN labels(n) WHERE label <> 'GofarNode'] AS labels"
        )
        ties = self._query(
            "MATCH (a)-[r]->(b) RETURN r {.*, from_id: a.id, to_id: b.id} AS row,"
            " [type(r)] AS labels"
        )
        found: RawFacts = {}
        for record in (*nodes, *ties):
            (label,) = record["labels"]
            kind = KIND_BY_LABEL[label]
            found[kind, record["row"]["id"]] = self.whole_row(kind, record["row"])
        return found

    def set_schema_version(self, tmp_path: Path, version: int) -> None:
        self._query("MATCH (m:GofarMeta) SET m.schema = $version", version=version)

    def _query(self, text: str, **parameters: Any) -> list[neo4j.Record]:
        with self._driver.session() as session:
            return list(session.run(text, parameters))
