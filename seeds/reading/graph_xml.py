"""Reading GEXF and GraphML, element by element and under guard.

The parser is expat, fed piece by piece: no tree is built, nothing is ever fetched, and a file that
declares a document type or an entity is refused before any of it is expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from graph.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from seeds.problems import Skipped, Where
from seeds.reading import limits
from seeds.reading.graph_parts import Element, Link, Part

__all__ = ["read_graph"]

_CHUNK = 1 << 16
_LABELS = frozenset({"nodelabel", "edgelabel"})  # how yEd writes what stands beside a node


def read_graph(path: Path) -> Iterator[Part]:
    """Yield the nodes and edges of a GEXF or GraphML file in its order; rows are its lines.

    Raises UnreadableFile, UnsupportedFormat or LimitExceeded where reading can't go on.
    """
    parser = _Parser(path.name)
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield from parser.feed(chunk)
        yield from parser.feed(b"", is_last=True)


@dataclass(slots=True)
class _Open:
    """A node or edge that has begun and not yet ended."""

    where: Where
    given: Mapping[str, str]
    is_edge: bool
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    for_edges: bool
    for_nodes: bool
    default: list[str]


class _Parser:
    """Follows one file. Words are compared in lower case, as programs differ in writing them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._depth = 0
        self._found: list[Part] = []
        self._open: list[_Open] = []
        self._columns: dict[str, _Column] = {}
        self._class = ""
        self._column = ""
        self._text: list[str] | None = None
        self._text_size = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, is_last: bool = False) -> Iterator[Part]:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise UnreadableFile(
                self._file,
                f"isn't valid XML at line {error.lineno}, column {error.offset + 1}: "
                f"{expat.ErrorString(error.code)}",
                remedy="Check that the file is complete; export it again if it was cut off.",
            ) from error
        except (LookupError, ValueError) as error:
            raise UnreadableFile(
                self._file,
                f"is in an encoding that can't be read ({error})",
                remedy="Save it again in UTF-8.",
            ) from error
        yield from self._found
        self._found.clear()

    def _refuse(self, *declared: object) -> None:
        raise UnsupportedFormat(
            self._file,
            "declares a document type or an entity, which no graph program writes",
            remedy="Don't open it; ask the sender for a new copy.",
        )

    def _where(self) -> Where:
        return Where(self._file, row=self._parser.CurrentLineNumber)

    # --- what begins, ends and stands between ------------------------------------------------

    def _start(self, full: str, given: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise LimitExceeded(
                f"{self._file}, line {self._parser.CurrentLineNumber}",
                f"{limits.XML_DEPTH} elements within each other",
                "there are more",
                remedy="Ask the sender for a new copy; no graph program nests so deeply.",
            )
        name = full.rpartition(" ")[2].lower()
        begin = _STARTS.get(name)
        if begin is not None:
            begin(self, {key.rpartition(" ")[2].lower(): text for key, text in given.items()})
        elif name in _LABELS:
            self._listen()

    def _end(self, full: str) -> None:
        self._depth -= 1
        name = full.rpartition(" ")[2].lower()
        if name in {"node", "edge"} and self._open:
            self._finish(self._open.pop())
        elif name in {"data", "default"} or name in _LABELS:
            self._heard(name)
        elif name == "key":
            self._column = ""

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text_size += len(text)
            if self._text_size > limits.CELL_CHARACTERS:
                raise LimitExceeded(
                    f"{self._file}, line {self._parser.CurrentLineNumber}",
                    f"{limits.CELL_CHARACTERS:,} characters in a value",
                    "one has more",
                )
            self._text.append(text)

    def _listen(self) -> None:
        self._text, self._text_size = [], 0

    def _heard(self, name: str) -> None:
        text, self._text = "".join(self._text or ()), None
        if name in _LABELS:
            if self._open:
                self._open[-1].label = self._open[-1].label or text.strip()
        elif name == "default":
            if self._column in self._columns:
                self._columns[self._column].default.append(text)
        elif text and self._open and self._column in self._columns:
            self._open[-1].values.setdefault(self._columns[self._column].title, text)

    # --- what each element means -------------------------------------------------------------

    def _node(self, given: dict[str, str]) -> None:
        self._open.append(_Open(self._where(), given, is_edge=False))

    def _edge(self, given: dict[str, str]) -> None:
        self._open.append(_Open(self._where(), given, is_edge=True))

    def _hyperedge(self, given: dict[str, str]) -> None:
        self._found.append(Skipped("an edge between more than two nodes", self._where()))

    def _key(self, given: dict[str, str]) -> None:
        """Note a column of GraphML."""
        wanted = given.get("for", "all")
        self._column = given.get("id", "")
        self._columns[self._column] = _Column(
            given.get("attr.name") or given.get("yfiles.type") or self._column,
            wanted in {"edge", "all"},
            wanted in {"node", "all"},
            [],
        )

    def _data(self, given: dict[str, str]) -> None:
        """Begin a value of GraphML."""
        self._column = given.get("key", "")
        self._listen()

    def _attributes(self, given: dict[str, str]) -> None:
        """Begin the columns of nodes or edges in GEXF."""
        self._class = given.get("class", "node")

    def _attribute(self, given: dict[str, str]) -> None:
        """Note a column of GEXF: nodes and edges number theirs apart."""
        self._column = f"{self._class} {given.get('id', '')}"
        is_edge = self._class == "edge"
        title = given.get("title") or given.get("id", "")
        self._columns[self._column] = _Column(title, is_edge, not is_edge, [])

    def _attvalue(self, given: dict[str, str]) -> None:
        """Note a value of GEXF; old versions say id for what is now called for."""
        if not self._open:
            return
        side = "edge" if self._open[-1].is_edge else "node"
        column = self._columns.get(f"{side} {given.get('for') or given.get('id', '')}")
        value = given.get("value", "")
        if len(value) > limits.CELL_CHARACTERS:
            raise LimitExceeded(
                f"{self._file}, line {self._parser.CurrentLineNumber}",
                f"{limits.CELL_CHARACTERS:,} characters in a value",
                f"one has {len(value):,}",
            )
        if column is not None:
            self._open[-1].values.setdefault(column.title, value)

    def _default(self, given: dict[str, str]) -> None:
        self._listen()

    def _finish(self, ended: _Open) -> None:
        values = {
            column.title: "".join(column.default)
            for column in self._columns.values()
            if column.default and (column.for_edges if ended.is_edge else column.for_nodes)
        } | ended.values
        for name in _KEPT:
            if ended.given.get(name):
                values.setdefault(name, ended.given[name])
        label = _taken(values, "label") or ended.given.get("label", "") or ended.label
        kind = ended.given.get("type", "") if not ended.is_edge else ended.given.get("kind", "")
        kind = _taken(values, "type") or kind
        if ended.is_edge:
            ends = ended.given.get("source", ""), ended.given.get("target", "")
            if label:
                values["label"] = label
            self._found.append(Link(ended.where, *ends, kind, values))
        else:
            found = Element(ended.where, ended.given.get("id", ""), label, kind, values)
            self._found.append(found)


_KEPT = ("start", "end", "weight")


def _taken(values: dict[str, str], wanted: str) -> str:
    """Take a value out by its title, however it is spelt."""
    title = next((title for title in values if title.lower() == wanted), "")
    return values.pop(title) if title else ""


_STARTS: dict[str, Callable[[_Parser, dict[str, str]], None]] = {
    "node": _Parser._node,
    "edge": _Parser._edge,
    "hyperedge": _Parser._hyperedge,
    "key": _Parser._key,
    "data": _Parser._data,
    "attributes": _Parser._attributes,
    "attribute": _Parser._attribute,
    "attvalue": _Parser._attvalue,
    "default": _Parser._default,
}
