"""Rules for all tests: real stores come from fixtures, and shipped contracts explain failures."""

from __future__ import annotations

import pytest
from hypothesis import settings

pytest_plugins = ["conftest_neo4j"]

# How long an example takes says how busy the machine is: that is for a bench to tell.
settings.register_profile("gofar", deadline=None)
settings.load_profile("gofar")

for group in (
    "auditing",
    "reading",
    "remembering",
    "sharing",
    "state_machine",
    "store_contract",
    "writing",
):
    pytest.register_assert_rewrite(f"graph.testing.{group}")
pytest.register_assert_rewrite("matching.testing.signal_contract")
