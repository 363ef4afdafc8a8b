"""An empty store for one case: a new SQLite file, or a Neo4j that is ours to erase."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["NEO4J_VARIABLE", "STORES", "MissingStore"]

NEO4J_VARIABLE = "GOFAR_BENCH_NEO4J"
"""``bolt://user:password@host:port`` of a running server. **Its contents are erased.**"""

_TESTS = Path(__file__).resolve().parent.parent / "tests"


class MissingStore(Exception):
    """A store can't be had here; the message says why."""


@contextmanager
def _sqlite() -> Iterator[str]:
    with TemporaryDirectory(prefix="gofar-bench-") as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def _neo4j() -> Iterator[str]:
    if not (_TESTS / "neo4j_server.py").is_file():
        raise MissingStore("the helper of the tests that starts a server isn't here")
    sys.path.append(str(_TESTS))
    import neo4j_server  # noqa: PLC0415 - only where a Neo4j is asked for

    given = os.environ.get(NEO4J_VARIABLE)
    if given:
        neo4j_server.wipe(given)
        yield given
        return
    missing = neo4j_server.missing()
    if missing:
        raise MissingStore(missing)
    with TemporaryDirectory(prefix="gofar-bench-") as folder:
        server = neo4j_server.Neo4jServer(Path(folder) / "home")
        server.start()
        try:
            yield server.url
        finally:
            server.kill()


STORES: dict[str, Callable[[], AbstractContextManager[str]]] = {"sqlite": _sqlite, "neo4j": _neo4j}
"""For each store, how to get the URL of an empty one; raises MissingStore."""
