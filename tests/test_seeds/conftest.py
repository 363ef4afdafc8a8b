from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.contract import GraphStore
from graph.stores import open_store


@pytest.fixture
def store() -> Iterator[GraphStore]:
    with open_store("sqlite:///:memory:") as opened:
        yield opened
