"""Fixtures of the pages: a store with the small hostile world, an app over it, and its client."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.contract import GraphStore
from graph.stores import open_store
from web import create_app
from web_app import small_world, workspace_over


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path / 'gofar.db'}") as store:
        yield store


@pytest.fixture
def store(empty_store: GraphStore) -> GraphStore:
    with empty_store.transaction("tester") as tx:
        tx.upsert(*small_world())
    return empty_store


@pytest.fixture
def app(store: GraphStore, tmp_path: Path) -> Flask:
    return create_app(workspace_over(store, tmp_path / "uploads"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty_client(empty_store: GraphStore, tmp_path: Path) -> FlaskClient:
    return create_app(workspace_over(empty_store, tmp_path / "uploads")).test_client()


@pytest.fixture
def token(client: FlaskClient) -> Callable[[], str]:
    """Return a token for a form, as the page with the form would give it."""

    def fetch() -> str:
        page = client.get("/imports").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        return found[1]

    return fetch
