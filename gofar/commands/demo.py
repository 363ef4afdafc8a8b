"""gofar demo: the fictional network, loaded once."""

from __future__ import annotations

import click

from gofar.commands.serve import serve_app
from gofar.options import opened, store_option
from gofar.past import live_through
from gofar.reporting import maker
from gofar.settings import read_settings
from graph.contract import GraphStore
from graph.errors import InputError, quoted
from graph.model import Organisation
from seeds.demo import demo_records, load_demo

__all__ = ["demo"]


@click.command()
@click.option("--serve", is_flag=True, help="Then start the app.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--past", is_flag=True, help="With the year before, and its quarterly reports.")
@click.option("--beside", is_flag=True, help="Even beside organisations that are not fictional.")
@store_option
def demo(serve: bool, port: int | None, past: bool, beside: bool, store_url: str | None) -> None:
    """Load a fictional network of London organisations, unless it is there already.

    A store that holds other organisations is left alone: fiction and fact should not mix.
    """
    with opened(store_url) as store:
        if not beside:
            _refuse_others(store)
        if past:
            _live_through(store)
        result = load_demo(store, read_settings().actor)
        name = store.name
    if past:
        click.echo(f"The network has a year behind it now: gofar reports list, in {name}.")
    elif result.added:
        click.echo(f"Loaded the fictional demo network into {name}: {result.added:,} records.")
    else:
        click.echo(f"The demo network is in {name} already; your changes are kept.")
    if serve:
        serve_app(store_url, port=port)
    else:
        click.echo("Next: gofar serve, or gofar match --all --out matches.csv")


def _live_through(store: GraphStore) -> None:
    """Play the year; only in a store without a past of its own, for days can't go back."""
    if store.version():
        raise InputError(
            f"{store.name} has a past already, and that of the demo network would lie before it.",
            remedy="Use a new store (--store sqlite:///past.db), or leave out --past.",
        )
    click.echo("Living through a year of the network; this takes a minute ...")
    live_through(store, maker(), read_settings().actor)


def _refuse_others(store: GraphStore) -> None:
    fictional = {record.id for record in demo_records() if isinstance(record, Organisation)}
    others = [record for record in store.records(Organisation) if record.id not in fictional]
    if others and len(others) == store.health().counts[Organisation.kind]:
        raise InputError(
            f"{store.name} holds {len(others):,} organisations already, {quoted(others[0].name)} "
            "among them, and the demo network is fictional.",
            remedy="Use another store (--store sqlite:///demo.db), or add --beside.",
        )
