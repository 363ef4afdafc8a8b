"""gofar serve: the app in a browser, on this computer."""

from __future__ import annotations

import socket
import threading
from contextlib import nullcontext

import click
import waitress

from gofar.assembly import assemble
from gofar.options import store_option
from gofar.reporting import office_of
from gofar.settings import LOOPBACK, Settings, Worker, read_settings
from gofar.worker import working_beside
from graph.errors import ConfigurationError
from matching import prepare, suggest_partners
from web import create_app
from web.workspace import Workspace

__all__ = ["serve", "serve_app"]

# Measured: with waitress's default of 100 connections, 200 half-open ones block everybody.
_CONNECTIONS = 1000
_CHANNEL_TIMEOUT_S = 20
_THREADS = 16


@click.command()
@click.option("--host", help="Address to listen on. Default: 127.0.0.1, this computer only.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. Default: 8000.")
@store_option
def serve(host: str | None, port: int | None, store_url: str | None) -> None:
    """Start the app and print its address."""
    serve_app(store_url, host=host, port=port)


def serve_app(store_url: str | None, *, host: str | None = None, port: int | None = None) -> None:
    """Serve until interrupted; raises ConfigurationError for an address that isn't safe or free."""
    given = {"store": store_url, "host": host, "port": port}
    settings = read_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    refuse_open_address(settings)
    workspace = assemble(settings)
    app = create_app(workspace)
    listener = _listener(settings)
    # The first page needn't wait for the network to be compiled and the text tools to be loaded.
    threading.Thread(target=_warm_up, args=(workspace,), daemon=True).start()
    click.echo(f"gofar is running at http://{settings.host}:{settings.port}/  (Ctrl+C stops it)")
    is_working = settings.worker is Worker.APP
    with working_beside(office_of(workspace.store, settings)) if is_working else nullcontext():
        waitress.serve(
            app,
            sockets=[listener],
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_CHANNEL_TIMEOUT_S,
            ident=None,
        )


def _warm_up(workspace: Workspace) -> None:
    network = workspace.live_network.for_audience(workspace.viewer.audience)
    prepare(network)
    for organisation_id in network.organisation_ids[:1]:
        suggest_partners(network, organisation_id, k=1)


def refuse_open_address(settings: Settings) -> None:
    """Raise ConfigurationError for an address that other computers can reach."""
    if settings.host not in LOOPBACK and not settings.allow_any_host:
        raise ConfigurationError(
            "GOFAR_HOST",
            settings.host,
            "would let other computers in, and gofar has no sign-in yet",
            remedy="Use 127.0.0.1. In a container whose port is published on 127.0.0.1 only, "
            "set GOFAR_ALLOW_ANY_HOST=1.",
        )


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # A restart must not wait for the old connections to fade.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            "GOFAR_PORT",
            settings.port,
            f"can't be used on {settings.host}: {error.strerror}",
            remedy="Choose another with --port, or stop the program that holds it.",
        ) from error
    return listener
