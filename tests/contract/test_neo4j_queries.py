"""Queries of the Neo4j store find by index what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from graph.model import KINDS, RELATIONSHIP_KINDS, Record
from graph.stores import open_store
from graph.stores.neo4j import cypher
from neo4j_server import split_url, wipe

NOTHING: dict[str, Any] = {name: [] for name in ("ids", "to_ids", "rows", "keys")} | {
    "after": 0,
    "import_id": "",
    "low": "",
    "high": "",
}

by_id = pytest.mark.parametrize(
    "statement",
    [
        cypher.META,
        cypher.LOCK,
        cypher.NODE_LABELS,
        cypher.TIES_OF,
        cypher.HOLDERS,
        cypher.FORGET_EXTERNAL_IDS,
        cypher.AUDIT,
        cypher.AUDIT_OF_IMPORT,
        *(
            make(kind)
            for kind in KINDS.values()
            for make in (
                cypher.create_statement,
                cypher.replace_statement,
                cypher.delete_statement,
                cypher.rows_statement,
            )
        ),
        *(cypher.rows_between_statement(tie) for tie in RELATIONSHIP_KINDS),
        *(
            cypher.tie_rows_statement(tie, is_from_given=start, is_to_given=end)
            for tie in RELATIONSHIP_KINDS
            for start, end in ((True, False), (False, True), (True, True))
        ),
    ],
)


@pytest.fixture(scope="module")
def session(neo4j_url: str) -> Iterator[neo4j.Session]:
    # Where a store holds a few nodes only, the planner may rightly walk them all.
    wipe(neo4j_url)
    open_store(neo4j_url).close()
    address, user, password = split_url(neo4j_url)
    with (
        neo4j.GraphDatabase.driver(
            address, auth=(user, password), notifications_min_severity="OFF"
        ) as driver,
        driver.session() as session,
    ):
        yield session


def operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from operators(child)


@pytest.mark.neo4j
@by_id
def test_no_query_by_id_scans_the_store(session: neo4j.Session, statement: str) -> None:
    plan = session.run(f"EXPLAIN {statement}", NOTHING).consume().plan
    assert plan is not None
    assert not [name for name in operators(plan) if "Scan" in name or name == "Sort"]


@pytest.mark.neo4j
def test_counts_come_from_the_count_store(session: neo4j.Session) -> None:
    plan = session.run(f"EXPLAIN {cypher.counts_statement()}").consume().plan
    assert plan is not None
    assert not [name for name in operators(plan) if "Scan" in name]


@pytest.mark.neo4j
def test_every_kind_has_a_constraint_on_its_id(session: neo4j.Session) -> None:
    found = session.run("SHOW CONSTRAINTS YIELD labelsOrTypes RETURN labelsOrTypes[0] AS label")
    labels = {record["label"] for record in found}
    nodes = {cypher.COMMON_LABEL, "GofarMeta", "ExternalId"}
    own = {kind.label for kind in KINDS.values() if not hasattr(kind, "plural")}
    assert nodes | own == labels


@pytest.mark.parametrize("label", ["A`) DETACH DELETE (n", "A B", "", "É"])
def test_only_words_become_text_of_a_query(label: str) -> None:
    class Odd(Record):
        pass

    Odd.label = label
    with pytest.raises(AssertionError):
        cypher.rows_statement(Odd)


def test_values_are_parameters() -> None:
    """Quotes stand only around our own words: kinds in counts, and the meta node's id."""
    texts = [getattr(cypher, name) for name in cypher.__all__]
    quoted = {part for text in texts if isinstance(text, str) for part in text.split("'")[1::2]}
    assert quoted == {"gofar", "GofarNode"}
