"""Whether the process lives, and whether the store answers."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graph.contract import GraphStore
from graph.errors import StoreUnavailable


def test_a_live_process_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_ready_store_says_what_it_is(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["engine"].startswith("SQLite")


def test_a_store_that_does_not_answer_is_not_ready(
    client: FlaskClient, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreUnavailable("the file is locked")

    monkeypatch.setattr(store, "health", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "store unavailable"}
