"""What a report is about, as it is asked at the prompt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from graph.contract import GraphStore
from graph.errors import UnknownTerm
from graph.model import Community, Node, Place, Theme
from reports.scope import Scope

__all__ = ["asked_scope", "scope_options"]

F = TypeVar("F", bound=Callable[..., Any])


def scope_options(command: F) -> F:
    """Add the options that narrow a report; :func:`asked_scope` reads them."""
    for name in ("community", "theme", "place"):
        option = click.option(
            f"--{name}", default="", metavar="NAME", help=f"Only about this {name}: name or id."
        )
        command = option(command)
    return command


def asked_scope(store: GraphStore, *, place: str, theme: str, community: str) -> Scope:
    """Return what the options ask for; raises UnknownTerm for a name that is none."""
    return Scope(
        place_id=_id_of(store, Place, place),
        theme_id=_id_of(store, Theme, theme),
        community_id=_id_of(store, Community, community),
    )


def _id_of(store: GraphStore, kind: type[Node], said: str) -> str:
    wanted = said.strip().casefold()
    if not wanted:
        return ""
    nodes = list(store.records(kind))
    found = [node for node in nodes if said.strip() == node.id or node.name.casefold() == wanted]
    if len(found) == 1:
        return found[0].id
    near = tuple(node.name for node in nodes if wanted in node.name.casefold())
    raise UnknownTerm(kind.kind, said, tuple(node.id for node in found) or near[:3])
