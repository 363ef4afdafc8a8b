"""Which nodes a drawn network has, what they are to us, and where its edges end.

A node is known by its id or, where it has none, by its label. Only ids, names and official numbers
are kept, so that a file of any length can be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.model import NODE_KINDS
from seeds.identifiers import own_id
from seeds.interchange.facts import KIND, kind_of, plain_name
from seeds.interchange.spelling import Spelling
from seeds.names import normalised
from seeds.problems import Skipped
from seeds.reading.graph_parts import Element, Link, Part
from seeds.reading.values import plain_text
from seeds.sources.base import Context, Item
from seeds.sources.graph_nodes import identifiers_of, told_of
from seeds.sources.graph_ties import End
from seeds.sources.graph_words import PERSON, kind_of_type
from seeds.terms import TermKind

__all__ = ["NODES", "TERMS", "Seen", "Survey", "holders_of", "ours_of"]

_AT_ONCE = 2_000
NODES = {node_kind.kind: node_kind for node_kind in NODE_KINDS}
TERMS: dict[str, TermKind] = {
    "skill": "skill",
    "theme": "theme",
    "community": "community",
    "place": "place",
}
_PREFIX = {"organisation": "org", "project": "prj"}


@dataclass(slots=True)
class Seen:
    """A node as the file calls it, and what is known of it before its record is made.

    ``is_ours``: the row is from an export of ours.
    """

    kind: str
    id: str = ""
    name: str = ""
    type: str = ""
    is_ours: bool = False
    is_told: bool = True
    file_id: str = ""
    external_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Survey:
    """What the first reading of a file finds; ``by_number`` are its nodes by their place in it."""

    context: Context
    spelling: Callable[[str], Spelling]
    by_number: dict[int, Seen] = field(default_factory=dict)
    _nodes: dict[str, Seen] = field(default_factory=dict)
    _by_label: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _stored: dict[str, End] = field(default_factory=dict)
    _ends: dict[str, str] = field(default_factory=dict)
    _has_warned: bool = False

    def take(self, parts: Iterable[Part]) -> Iterator[Item]:
        """Learn all nodes and where edges end; yield what is wrong with them and left out."""
        for number, part in enumerate(parts):
            if isinstance(part, Element):
                yield from self._note(number, part)
            elif isinstance(part, Link):
                for end in (part.source, part.target):
                    self._ends.setdefault(end, self.spelling(part.where.file).read(end))
            else:
                yield part
        self._settle()

    def _note(self, number: int, element: Element) -> Iterator[Item]:
        ours = ours_of(element.attributes)
        key = element.id or element.label
        if not key.strip():
            yield element.where.fault("The node has neither an id nor a label.")
            return
        if ours:
            seen = Seen(kind_of(ours), self.spelling(element.where.file).read(key), is_ours=True)
            if seen.kind not in NODES:
                yield element.where.at(KIND).problem(
                    seen.kind, f"is not one of {', '.join(NODES)}", remedy="Correct the word."
                )
                return
        else:
            seen = yield from self._foreign(element)
        if key in self._nodes:
            if element.id:
                yield element.where.problem(
                    key, "is the id of a row above", remedy="Give each node an id of its own."
                )
                return
            first = self._nodes[key]
            if (first.kind, first.type) == (seen.kind, seen.type):
                yield element.where.problem(
                    key, "is the label of a row above, which is kept", is_warning=True
                )
                return
            key = f"{key}\x1f{seen.kind}\x1f{seen.type}"
            if key in self._nodes:
                return
        self._nodes[key] = self.by_number[number] = seen
        label = normalised(element.label)
        if label:
            self._by_label[label].append(key)

    def _foreign(self, element: Element) -> Generator[Item, None, Seen]:
        kind, kind_word = kind_of_type(element.type)
        name = plain_text(element.label or element.id)[:500]
        seen = Seen(kind, name=name, type=kind_word, file_id=element.id)
        if kind == PERSON:
            yield Skipped("a person: people are never imported", element.where)
        if kind == "organisation":
            readings = identifiers_of(told_of(element.where, element.attributes), element.id)
            for reading in readings:
                if reading.why:
                    yield element.where.problem(
                        reading.text, reading.why, remedy=reading.remedy, is_warning=True
                    )
            found = (reading.external_id[:300] for reading in readings if reading.external_id)
            seen.external_ids = tuple(dict.fromkeys(found))
        return seen

    def _settle(self) -> None:
        """Give each foreign node its id, and look up the ends that are in the store only."""
        foreign = [seen for seen in self._nodes.values() if not seen.is_ours]
        held = holders_of(
            self.context, "organisation", (x for seen in foreign for x in seen.external_ids)
        )
        is_known = {kind: self._known(kind, foreign) for kind in NODES}
        taken: dict[tuple[str, str], Seen] = {}
        for seen in foreign:
            if seen.kind == PERSON:
                continue
            seen.id = self._id_of(seen, held, is_known[seen.kind])
            first = taken.setdefault((seen.kind, seen.id), seen)
            if first is not seen and not seen.external_ids and seen.kind in _PREFIX:
                seen.id = own_id(_PREFIX[seen.kind], seen.id, seen.file_id, seen.type)
                first = taken.setdefault((seen.kind, seen.id), seen)
            seen.is_told = first is seen
        self._look_up_ends()

    def _known(self, kind: str, foreign: Iterable[Seen]) -> set[str]:
        """Return the ids of foreign nodes that are ids of ours.

        Programs number their nodes, and a number of theirs may be an id that came with another
        file. So an organisation has to have the name as well, and other ids must be no numbers.
        """
        wanted = {seen.file_id: seen.name for seen in foreign if seen.kind == kind and seen.file_id}
        found = self.context.known(kind, wanted)
        if not found or kind != "organisation":
            return {file_id for file_id in found if not file_id.isdecimal()}
        names = self.context.named()
        return {
            file_id for file_id in found if file_id in names.get(normalised(wanted[file_id]), [])
        }

    def _id_of(self, seen: Seen, held: dict[str, str], known: set[str]) -> str:
        if seen.file_id in known:
            return seen.file_id
        for external_id in seen.external_ids:
            if external_id in held:
                return held[external_id]
        for external_id in seen.external_ids:
            return own_id("org", external_id)
        term_kind = TERMS.get(seen.kind)
        term = self.context.find(term_kind, seen.name) if term_kind else None
        if term is not None:
            return term.id
        if term_kind is None:
            prefix = _PREFIX.get(seen.kind, seen.kind)
            return own_id(prefix, self.context.source, normalised(seen.name))
        return own_id(seen.kind, normalised(seen.name))

    def _look_up_ends(self) -> None:
        wanted = {
            raw: plain
            for raw, plain in self._ends.items()
            if raw not in self._nodes and normalised(raw) not in self._by_label
        }
        # Where the file has nodes of its own, their numbers mean these and nothing else.
        asked = {plain for plain in wanted.values() if not (self._nodes and plain.isdecimal())}
        for kind in NODES:
            known = self.context.known(kind, asked - {""}) if asked else set()
            for raw, plain in list(wanted.items()):
                if plain in known:
                    self._stored[raw] = End(kind, plain)
                    del wanted[raw]
        names = self.context.named() if wanted else {}
        for raw in wanted:
            ids = names.get(normalised(raw), [])
            if len(ids) == 1:
                self._stored[raw] = End("organisation", ids[0])

    def end(self, link: Link, side: str, raw: str) -> Generator[Item, None, End | None]:
        """Return the node at one end of an edge, or yield why there is none."""
        seen = self._nodes.get(raw)
        if seen is None:
            keys = self._by_label.get(normalised(raw), []) if raw.strip() else []
            if len(keys) > 1:
                yield link.where.at(side).problem(
                    raw,
                    f"is the label of {len(keys)} nodes, so the tie is left out",
                    remedy="Name the nodes by their ids.",
                )
                return None
            if keys:
                seen = self._nodes[keys[0]]
                if seen.file_id and not self._has_warned:
                    self._has_warned = True
                    yield link.where.at(side).fault(
                        "Ties name nodes by their labels although these have ids; they were "
                        "found by their labels.",
                        is_warning=True,
                    )
        if seen is None and raw in self._stored:
            return self._stored[raw]
        if seen is None:
            yield link.where.at(side).problem(
                raw,
                "is no node of the file or the network, so the tie is left out",
                remedy="Add the node, or correct what stands here.",
            )
            return None
        if not seen.kind:
            yield Skipped("it belongs to a node that was refused", link.where)
            return None
        return End(seen.kind, seen.id)


def holders_of(context: Context, kind: str, external_ids: Iterable[str]) -> dict[str, str]:
    """Return which stored node of a kind has each external id."""
    wanted = list(dict.fromkeys(external_ids))
    found: dict[str, str] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        found.update(context.holders(kind, wanted[begin : begin + _AT_ONCE]))
    return found


def ours_of(attributes: Any) -> dict[str, Any]:
    """Return the attributes by our names for them, {} if the row is none of ours."""
    found = {plain_name(title): value for title, value in attributes.items()}
    return found if kind_of(found) else {}
