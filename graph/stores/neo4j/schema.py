"""The schema of a Neo4j database, step by step; its version stands on the meta node."""

from __future__ import annotations

from importlib import resources

from neo4j import ManagedTransaction

from graph.stores.neo4j import cypher

__all__ = ["SCHEMA_VERSION", "STEPS", "holds_anything", "read_meta", "run", "set_schema"]


def _migrations() -> tuple[tuple[str, ...], ...]:
    folder = resources.files("graph.stores.neo4j") / "migrations"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".cypher")),
        key=lambda entry: entry.name,
    )
    return tuple(_statements(entry.read_text(encoding="utf-8")) for entry in files)


def _statements(script: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in script.split(";\n") if part.strip())


STEPS = _migrations()
"""The statements of each migration, each safe to run again."""
SCHEMA_VERSION = len(STEPS)


def read_meta(tx: ManagedTransaction) -> tuple[int, int] | None:
    """Return the versions of schema and network, or None where gofar has never been."""
    found = tx.run(cypher.META).single()
    return None if found is None else (int(found["schema"]), int(found["version"]))


def holds_anything(tx: ManagedTransaction) -> bool:
    """Say whether there is any node at all."""
    return bool(tx.run(cypher.HOLDS_ANYTHING).single(strict=True)["found"])


def run(tx: ManagedTransaction, statement: str) -> None:
    """Run one statement of :data:`STEPS`."""
    tx.run(statement).consume()


def set_schema(tx: ManagedTransaction, number: int) -> None:
    """Note that a step is done, making the meta node with the first."""
    tx.run(cypher.MAKE_META).consume()
    tx.run(cypher.SET_SCHEMA, schema=number).consume()
