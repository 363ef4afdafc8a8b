"""Rules for all tests: real stores come from fixtures, and shipped contracts explain failures."""

from __future__ import annotations

import pytest

pytest_plugins = ["conftest_neo4j"]

for group in ("auditing", "reading", "sharing", "state_machine", "store_contract", "writing"):
    pytest.register_assert_rewrite(f"graph.testing.{group}")
pytest.register_assert_rewrite("matching.testing.signal_contract")
