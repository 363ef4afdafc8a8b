"""The command line in an empty folder, on a store of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import collaboration, need, offer, organisation, skill
from gofar.cli import gofar
from graph.stores import open_store

Run = Callable[..., Result]


@pytest.fixture
def store_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty store, chosen by the setting; the working folder is empty too."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'network.db'}"
    monkeypatch.setenv("GOFAR_STORE", url)
    monkeypatch.setenv("GOFAR_ACTOR", "ada")
    return url


@pytest.fixture
def filled_store(store_url: str) -> str:
    """Two organisations that plainly should meet, one that works with the first already."""
    with open_store(store_url) as store, store.transaction("tester") as tx:
        tx.upsert(
            organisation("mill", name="Mill Lane Kitchen", external_ids=("GB-CHC-1",)),
            organisation("tide", name="Tide & Co"),
            organisation("old", name="Old Friends"),
            skill("bids"),
            skill("vans"),
            offer("mill", "vans"),
            need("mill", "bids"),
            offer("tide", "bids"),
            need("tide", "vans"),
            offer("old", "bids"),
            need("old", "vans"),
            collaboration("mill", "old"),
        )
    return store_url


@pytest.fixture
def run() -> Run:
    """Run a command line, errors of ours raised; returns click's result."""

    def invoke(*arguments: str, answer: str | None = None) -> Result:
        return CliRunner().invoke(gofar, list(arguments), input=answer)

    return invoke
