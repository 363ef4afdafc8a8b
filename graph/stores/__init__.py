"""Opening a store by its URL. A new store is one folder here and one line in ``SCHEMES``."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from graph.contract import GraphStore
from graph.errors import ConfigurationError

__all__ = ["SCHEMES", "open_store"]

# Loaded on first use: the embedded store must not pay for the network driver.
SCHEMES: dict[str, str] = {
    "sqlite": "graph.stores.sqlite.store:open_sqlite",
    "bolt": "graph.stores.neo4j.store:open_neo4j",
    "bolt+s": "graph.stores.neo4j.store:open_neo4j",
    "bolt+ssc": "graph.stores.neo4j.store:open_neo4j",
    "neo4j": "graph.stores.neo4j.store:open_neo4j",
    "neo4j+s": "graph.stores.neo4j.store:open_neo4j",
    "neo4j+ssc": "graph.stores.neo4j.store:open_neo4j",
}


def open_store(url: str, *, user: str = "", password: str = "") -> GraphStore:
    """Open the store at ``url`` and bring its schema up to date.

    ``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``sqlite:///:memory:``,
    ``bolt://user:password@host:7687`` and the other schemes of the Neo4j driver. ``user`` and
    ``password`` take precedence over those in the URL. Raises ConfigurationError for another
    scheme, StoreUnavailable and SchemaMismatch.
    """
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES:
        raise ConfigurationError(
            "GOFAR_STORE",
            f"{scheme}://…" if "://" in url else "…",
            "is not a kind of store",
            remedy=f"Begin with one of {', '.join(f'{known}://' for known in SCHEMES)}.",
        )
    module, _, name = SCHEMES[scheme].partition(":")
    opener = cast("Callable[..., GraphStore]", getattr(importlib.import_module(module), name))
    store = opener(url, user=user, password=password)
    try:
        store.migrate()
    except BaseException:
        store.close()
        raise
    return store
