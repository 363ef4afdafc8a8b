"""What the verbs of the board look up and refuse alike."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from graph.contract import GraphStore
from graph.errors import InputError, InvalidRecord, UnknownOrganisation
from graph.model import Node, Organisation, Project
from seeds.identifiers import own_id
from seeds.names import normalised

__all__ = ["named", "node_of", "organisation_of", "refuse_future", "reporter_of"]

N = TypeVar("N", bound=Node)


def node_of(store: GraphStore, kind: type[N], node_id: str) -> N:
    """Return a node; raises InputError where there is none with this id."""
    found = store.record(kind, node_id)
    if found is None:
        raise InputError(
            f"There is no {kind.kind} {node_id!r}.", remedy="Choose one that is listed."
        )
    return found


def organisation_of(store: GraphStore, organisation_id: str) -> Organisation:
    """Return an organisation; raises UnknownOrganisation."""
    found = store.record(Organisation, organisation_id)
    if found is None:
        raise UnknownOrganisation(organisation_id)
    return found


def reporter_of(store: GraphStore, reporter_id: str) -> Organisation | Project:
    """Return the organisation or project that reports a value; raises UnknownOrganisation."""
    project = store.record(Project, reporter_id)
    return organisation_of(store, reporter_id) if project is None else project


def named(store: GraphStore, kind: type[N], name: str, *, but: str = "") -> str:
    """Return the id for a new node called ``name``; raises InvalidRecord where one is called so.

    ``but`` is the id of the node that bears the name already, where it is given another.
    """
    wanted = normalised(name)
    for node in store.records(kind):
        if node.id != but and normalised(node.name) == wanted:
            raise InvalidRecord(
                kind.kind,
                "name",
                name,
                f"is the name of a {kind.kind} that is there already",
                remedy="Change that one, or choose another name.",
            )
    # With the version: what bore this name once may have another now, and keeps its id.
    return but or own_id(kind.kind, wanted or name, str(store.version()))


def refuse_future(kind: str, field: str, on: date | None, today: date) -> None:
    """Raise InvalidRecord for a day that is yet to come."""
    if on is not None and on > today:
        raise InvalidRecord(
            kind, field, on.isoformat(), "is yet to come", remedy="Name today or an earlier day."
        )
