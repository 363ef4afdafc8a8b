"""What the commands share: the store option, the viewer at the prompt, progress and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from gofar.settings import read_settings
from graph.access import Role, Viewer, redact
from graph.contract import GraphStore
from graph.errors import InputError
from graph.stores import open_store
from matching import Network

__all__ = ["local_viewer", "open_network", "opened", "progress_bar", "store_option", "today"]

ProgressCallback = Callable[[int, int | None, str], None]

store_option = click.option(
    "--store",
    "store_url",
    metavar="URL",
    help="Where the network is kept: sqlite:///file.db or bolt://user:password@host:7687. "
    "Default: the setting GOFAR_STORE, else sqlite:///gofar.db.",
)


def today() -> date:
    """Return today in UTC: the one clock of the command line."""
    return datetime.now(UTC).date()


def local_viewer() -> Viewer:
    """Return the person at the prompt: whoever can start the program coordinates its network."""
    return Viewer(read_settings().actor, Role.COORDINATOR)


@contextmanager
def opened(store_url: str | None) -> Iterator[GraphStore]:
    """Open the chosen store for the length of a command."""
    settings = read_settings()
    with open_store(
        store_url or settings.store,
        user=settings.store_user,
        password=settings.store_password.get_secret_value(),
    ) as store:
        yield store


@contextmanager
def open_network(store_url: str | None) -> Iterator[Network]:
    """Open the store and compile the network as the person at the prompt may see it."""
    with opened(store_url) as store:
        name = store.name
        snapshot = redact(store.snapshot(), local_viewer().audience)
    if not len(snapshot.tables["organisation"]):
        raise InputError(
            f"{name}: this network is empty.",
            remedy="Check the address, or fill it: gofar import FILE, or gofar demo.",
        )
    yield Network.compile(snapshot, as_of=today())


@contextmanager
def progress_bar() -> Iterator[ProgressCallback]:
    """Show progress on the error stream, so that output can still be piped."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        tasks: dict[str, TaskID] = {}

        def report(done: int, total: int | None, what: str) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield report
