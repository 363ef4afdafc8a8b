"""What the commands share: the store option, the viewer at the prompt, progress and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

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
from graph.access import Role, Viewer, redact_past
from graph.contract import GraphStore
from graph.errors import InputError
from graph.history import snapshot_on
from graph.layers import without_inferred
from graph.snapshot import Snapshot
from graph.stores import open_store
from graph.vetoes import barred_in_past, barred_pairs
from matching import Network
from matching.view import TODAY, View

__all__ = [
    "DAY",
    "draw_options",
    "local_viewer",
    "opened",
    "progress_bar",
    "read_network",
    "read_snapshot",
    "refuse_to_join",
    "store_option",
    "today",
    "view_of",
    "view_options",
]

ProgressCallback = Callable[[int, int | None, str], None]

store_option = click.option(
    "--store",
    "store_url",
    metavar="URL",
    help="Where the network is kept: sqlite:///file.db or bolt://user:password@host:7687. "
    "Default: the setting GOFAR_STORE, else sqlite:///gofar.db.",
)


DAY = click.DateTime(formats=["%Y-%m-%d"])
"""What a day is written as at the prompt: 2026-03-31."""

F = TypeVar("F", bound=Callable[..., Any])


def view_options(command: F) -> F:
    """Add the options that say which network to look at; :func:`view_of` reads them."""
    as_of = click.option(
        "--as-of",
        type=DAY,
        metavar="DAY",
        help="The network as it was at the end of a day, such as 2026-03-31.",
    )
    told_only = click.option(
        "--told-only", is_flag=True, help="Leave out what nobody told, but gofar worked out."
    )
    return as_of(told_only(command))


def draw_options(command: F) -> F:
    """Add what every choice among match lists asks: from how many, and the seed of its draws."""
    top = click.option(
        "--top",
        default=20,
        show_default=True,
        type=click.IntRange(1, 1000),
        help="How many of each organisation's best matches to choose from.",
    )
    seed = click.option(
        "--seed",
        default=1,
        show_default=True,
        type=click.IntRange(0, 2**31 - 1),
        help="Draws among equals; repeatable.",
    )
    return top(seed(command))


def view_of(as_of: datetime | None, told_only: bool) -> View:
    """Return the view that the options ask for; raises InputError for a day to come."""
    if as_of is not None and as_of.date() > today():
        raise InputError(
            f"--as-of: {as_of.date()} is yet to come.", remedy="Name a day that is over, or today."
        )
    return View(as_of.date() if as_of else None, with_inferred=not told_only)


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


def read_snapshot(store_url: str | None, view: View = TODAY) -> Snapshot:
    """Return the network as the person at the prompt may see it; raises InputError if empty."""
    return _read(store_url, view)[0]


def _read(store_url: str | None, view: View) -> tuple[Snapshot, frozenset[tuple[str, str]]]:
    """Return what the person at the prompt may see, and whom nobody may bring together."""
    with opened(store_url) as store:
        name = store.name
        whole = store.snapshot()
        past = whole if view.as_of is None else snapshot_on(store, view.as_of)
    barred = (
        barred_pairs(whole, today())
        if view.as_of is None
        else barred_in_past(past, view.as_of, whole, today())
    )
    seen = redact_past(past, whole, local_viewer().audience)
    seen = seen if view.with_inferred else without_inferred(seen)
    if len(seen.node_ids):
        return seen, barred
    if view.as_of is not None:
        raise InputError(
            f"{name}: nothing was known yet at the end of {view.as_of}.",
            remedy="Name a later day; gofar imports lists the days of the imports.",
        )
    raise InputError(
        f"{name}: this network is empty.",
        remedy="Check the address, or fill it: gofar import FILE, or gofar demo.",
    )


def read_network(store_url: str | None, view: View = TODAY) -> Network:
    """Return the network of :func:`read_snapshot`, compiled."""
    snapshot, barred = _read(store_url, view)
    return Network.compile(
        snapshot,
        as_of=view.as_of or today(),
        with_inferred=view.with_inferred,
        barred=barred,
    )


def refuse_to_join(network: Network, i: int, j: int) -> None:
    """Refuse one organisation twice, and two to be kept apart; raises InputError.

    For the person at the prompt, who may know of a veto; nobody else is told.
    """
    if i == j:
        raise InputError(
            f"{network.names[i]} can't be its own partner.", remedy="Name two organisations."
        )
    if network.barred[i, j]:
        raise InputError(
            f"{network.names[i]} and {network.names[j]} are not to be brought together.",
            remedy="See why: gofar introductions",
        )


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
