"""Fixtures with a real Neo4j: registered in tests/conftest.py by ``pytest_plugins``.

``neo4j_url``     one server for the whole session; what a test leaves is there for the next
``clean_neo4j``   the same URL with an emptied database
``neo4j_server``  the server itself, for tests that kill it; they must start it again

``GOFAR_TEST_NEO4J=bolt://user:password@host:port`` uses a running server instead. **Its
contents are erased.**
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import neo4j_server as server
from needs import require


@pytest.fixture(scope="session")
def _own_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Neo4jServer]:
    missing = server.missing()
    require("Neo4j for the tests", not missing, missing)
    own = server.Neo4jServer(tmp_path_factory.mktemp("neo4j") / "home", server.SHORT_LIVED)
    own.start()
    try:
        yield own
    finally:
        own.kill()


@pytest.fixture(scope="session")
def neo4j_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a real Neo4j, user and password included."""
    given = os.environ.get("GOFAR_TEST_NEO4J")
    if given:
        return given
    own: server.Neo4jServer = request.getfixturevalue("_own_neo4j")
    return own.url


@pytest.fixture
def clean_neo4j(neo4j_url: str) -> str:
    """Return the URL of a real Neo4j whose database is empty."""
    server.wipe(neo4j_url)
    return neo4j_url


@pytest.fixture
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[server.Neo4jServer]:
    """Yield the session's own server, running; a test may ``kill()`` and ``start()`` it."""
    if os.environ.get("GOFAR_TEST_NEO4J"):
        pytest.skip("GOFAR_TEST_NEO4J names a server that is not ours to kill")
    own: server.Neo4jServer = request.getfixturevalue("_own_neo4j")
    yield own
    if not own.is_running:
        own.start()
