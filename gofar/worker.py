"""The work that nobody waits for, once a minute: in a thread beside the app, or on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from graph.errors import StoreError
from reports.office import Office

if TYPE_CHECKING:
    from huey.consumer import Consumer

__all__ = ["work_until_stopped", "working_beside"]

log = structlog.get_logger(__name__)


def work_until_stopped(office: Office) -> None:
    """Work until SIGTERM or SIGINT; what is being done is finished first."""
    _consumer(office, graceful_signal="TERM").run()


@contextmanager
def working_beside(office: Office) -> Iterator[None]:
    """Work in a thread for the length of the ``with`` block; signals stay with the caller."""
    consumer = _consumer(office)
    # The app has its own way to stop.
    consumer._set_signal_handlers = lambda: None
    consumer.start()
    try:
        yield
    finally:
        consumer.stop()


def _consumer(office: Office, **options: Any) -> Consumer:
    from huey import MemoryHuey, crontab  # noqa: PLC0415 - only those who work pay for it

    # What is due stands in the store, so nothing is lost with a queue in memory.
    queue = MemoryHuey("gofar", results=False)
    queue.periodic_task(crontab(minute="*"), name="work")(_careful(office))
    return queue.create_consumer(workers=1, worker_type="thread", **options)


def _careful(office: Office) -> Callable[[], None]:
    def work() -> None:
        try:
            office.work()
        except StoreError as error:
            # It may be back in a minute.
            log.error("no work done", error=type(error).__name__, why=str(error))

    return work
