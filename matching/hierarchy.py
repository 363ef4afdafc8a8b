"""Things above and below each other: places in counties, themes under broader ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.vocabulary import geography
from matching.network import Network

__all__ = ["above", "narrower", "parents_of"]


def above(thing: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the broader things of a thing, nearest first; a circle ends where it closes."""
    found: list[str] = []
    parent = parents.get(thing, "")
    while parent and parent not in found:
        found.append(parent)
        parent = parents.get(parent, "")
    return tuple(found)


def narrower(network: Network, kind: str, ids: Iterable[str]) -> frozenset[str]:
    """Return things with all that lie beneath them in the network or, of places, on the map."""
    children = network.remembered(f"hierarchy.children.{kind}", lambda: _children(network, kind))
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += children.get(current, ())
            waiting += geography.within(current) if kind == "place" else ()
    return frozenset(found)


def parents_of(network: Network, kind: str) -> Mapping[str, str]:
    """Return the next broader thing of each thing of a kind by id, "" where it has none."""
    column = network.snapshot.tables[kind]["parent_id"]
    return network.remembered(
        f"hierarchy.parents.{kind}",
        lambda: dict(zip(network.thing_ids(kind), column, strict=True)),
    )


def _children(network: Network, kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child, parent in parents_of(network, kind).items():
        if parent:
            found.setdefault(parent, []).append(child)
    return found
