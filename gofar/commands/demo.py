"""gofar demo: the fictional network, loaded once."""

from __future__ import annotations

import click

from gofar.commands.serve import serve_app
from gofar.options import opened, store_option
from gofar.settings import read_settings
from seeds.demo import load_demo

__all__ = ["demo"]


@click.command()
@click.option("--serve", is_flag=True, help="Then start the app.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@store_option
def demo(serve: bool, port: int | None, store_url: str | None) -> None:
    """Load a fictional network of London organisations, unless it is there already."""
    with opened(store_url) as store:
        result = load_demo(store, read_settings().actor)
        name = store.name
    if result.added:
        click.echo(f"Loaded the fictional demo network into {name}: {result.added:,} records.")
    else:
        click.echo(f"The demo network is in {name} already; your changes are kept.")
    if serve:
        serve_app(store_url, port=port)
    else:
        click.echo("Next: gofar serve, or gofar match --all --out matches.csv")
