"""The pairs worked out last: kept for as long as nothing that they rest on has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from graph.model import ENTRY_KINDS

if TYPE_CHECKING:
    from graph.access import Audience
    from seeds.identity import Candidate

__all__ = ["PairMemory"]

_NO_FACTS = frozenset(kind.kind for kind in ENTRY_KINDS)


class PairMemory:
    """One list of pairs an audience, for a web worker that lives long.

    An answer such as "they are two" makes a new version of the network and changes no fact: in
    a large one it would take seconds to find the same pairs again.
    """

    def __init__(self) -> None:
        self._found: dict[Audience, tuple[int, list[Candidate]]] = {}

    def pairs(
        self,
        audience: Audience,
        version: int,
        changed_since: Callable[[int], Iterable[str]],
        find: Callable[[], list[Candidate]],
    ) -> list[Candidate]:
        """Return the pairs of a version; ``changed_since`` gives the kinds of what has changed."""
        known = self._found.get(audience)
        if known is None or known[0] > version or not _NO_FACTS.issuperset(changed_since(known[0])):
            found = find()
        else:
            found = known[1]
        self._found[audience] = (version, found)
        return found
