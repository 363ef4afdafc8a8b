"""gofar signals: what makes up a score, in the words of the signals themselves."""

from __future__ import annotations

import inspect

import click

from gofar.options import store_option
from matching import SIGNALS

__all__ = ["signals"]


@click.command()
@store_option
def signals(store_url: str | None) -> None:
    """Explain the signals that make up a score: formula, unit and source of each."""
    del store_url  # the same for every store
    for signal in SIGNALS:
        click.echo(f"{signal.name} ({signal.label}; {signal.direction.value})")
        click.echo(f"  {(inspect.getdoc(signal) or '').replace(chr(10), chr(10) + '  ')}\n")
