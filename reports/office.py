"""All that is done without a person: reports that are due, then letters that wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from graph.contract import GraphStore
from reports.delivery import Postman
from reports.outbox import Sent, send_waiting
from reports.ports import Maker
from reports.running import Run, run_due

__all__ = ["Office", "Pass"]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass did."""

    runs: tuple[Run, ...]
    sent: Sent

    @property
    def has_failed(self) -> bool:
        """Say whether a person should look."""
        return bool(self.sent.failed) or any(run.failure for run in self.runs)


@dataclass(frozen=True, slots=True)
class Office:
    """One pass after another, as often as somebody asks; ``clock`` gives aware UTC."""

    store: GraphStore
    maker: Maker
    postman: Postman
    clock: Callable[[], datetime]
    base_url: str = ""

    def work(self) -> Pass:
        """Make what is due and send what waits."""
        runs = run_due(self.store, self.maker, self.clock)
        sent = send_waiting(
            self.store, self.maker, self.postman, self.clock, base_url=self.base_url
        )
        return Pass(tuple(runs), sent)
