"""A store with a little network and a clock that both go by the same time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.stores import open_store
from reporting_world import Clock, grow


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 4, 1, 6, 30, tzinfo=UTC))


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'network.db'}"


@pytest.fixture
def store(store_url: str, clock: Clock) -> Iterator[GraphStore]:
    with open_store(store_url) as opened:
        opened.clock = clock
        grow(opened, "First", datetime(2025, 12, 1, tzinfo=UTC))
        grow(opened, "Second", datetime(2026, 2, 1, tzinfo=UTC))
        yield opened
