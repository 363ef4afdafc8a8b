"""The contract that every store keeps, as tests: a store's own test says only how to open it.

::

    class TestSQLiteStore(StoreContract):
        def url(self, tmp_path): ...
        def raw_facts(self, tmp_path): ...   # plain SQL, never through the store's own verbs
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from graph.contract import GraphStore
from graph.testing.auditing import AuditContract
from graph.testing.hooks import FEW
from graph.testing.reading import ReadingContract
from graph.testing.remembering import RememberingContract
from graph.testing.sharing import SharingContract
from graph.testing.state_machine import StoreMachine
from graph.testing.writing import WritingContract

__all__ = ["StoreContract"]


class StoreContract(
    WritingContract, ReadingContract, AuditContract, RememberingContract, SharingContract
):
    """All groups together. Nobody opts out: replacing a test is refused when the class is made."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        replaced = sorted(
            name for name in vars(cls) if name.startswith("test_") and hasattr(StoreContract, name)
        )
        if replaced:
            raise TypeError(f"{cls.__name__} replaces tests of the contract: {', '.join(replaced)}")

    def test_it_behaves_like_a_dictionary(self, store: GraphStore, tmp_path: Path) -> None:
        assert store.version() == 0
        run_state_machine_as_test(
            # A factory will do where the annotation asks for a class.
            lambda: StoreMachine(lambda: self.open(tmp_path), lambda: self.wipe(tmp_path)),  # type: ignore[arg-type]
            settings=settings(FEW, stateful_step_count=12),
        )
