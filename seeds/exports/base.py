"""What an export is: one format that the whole network can be written in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from graph.model import NODE_KINDS, RELATIONSHIP_KINDS, Node, Relationship
from graph.snapshot import Snapshot

__all__ = ["Export", "nodes_of", "ties_of", "words_of"]


class Export(ABC):
    """One format. A new one is one module here and one line in ``EXPORTS``."""

    name: ClassVar[str]
    """The word for it at the prompt and in addresses."""
    title: ClassVar[str]
    """What a person calls it."""
    note: ClassVar[str]
    """What it is good for, and what it can't hold: a sentence or two."""
    files: ClassVar[tuple[str, ...]] = ()
    """The names of its files where it has several; they are written into one folder."""
    suffix: ClassVar[str] = ""
    """How the name of its file ends, where it is one file."""

    @abstractmethod
    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        """Write the network into the file ``out``, or with several files into the folder ``out``.

        The snapshot holds what the reader may see and nothing else. Returns how much is left out,
        by what it is.
        """


def nodes_of(snapshot: Snapshot) -> Iterator[Node]:
    """Yield all nodes, kind after kind."""
    for node_kind in NODE_KINDS:
        yield from snapshot.records(node_kind)


def ties_of(snapshot: Snapshot) -> Iterator[Relationship]:
    """Yield all ties, kind after kind."""
    for tie_kind in RELATIONSHIP_KINDS:
        yield from snapshot.records(tie_kind)


def words_of(tie: Relationship) -> str:
    """Return what a tie is called beside a line: how two work together, a role, or its kind."""
    for name in ("how", "role"):
        words = str(getattr(tie, name, "")).strip()
        if words:
            return words
    return tie.kind.replace("_", " ")
