"""gofar status: which store this is, whether it answers, and what it holds."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from gofar import __version__
from gofar.options import opened, store_option

__all__ = ["status"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def status(as_json: bool, store_url: str | None) -> None:
    """Say which store this is, whether it answers, and what it holds."""
    with opened(store_url) as store:
        health = store.health()
    if as_json:
        click.echo(json.dumps({"gofar": __version__, **asdict(health)}, indent=2))
        return
    console = Console()
    console.print(f"gofar {__version__}, store {health.store} ({health.engine})", markup=False)
    console.print(f"schema {health.schema_version}, version {health.version}")
    table = Table(show_header=False)
    for kind, count in health.counts.items():
        if count:
            table.add_row(kind.replace("_", " "), f"{count:,}")
    console.print(table if table.row_count else "The network is empty. Try: gofar demo")
