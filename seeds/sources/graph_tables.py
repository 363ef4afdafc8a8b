"""Nodes and edges in tables, as Gephi and Kumu keep them: rows into elements and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from seeds.interchange.facts import KIND
from seeds.interchange.spelling import CSV, JSON, WORKBOOK, XML, Spelling
from seeds.problems import Where
from seeds.reading.formats import Format
from seeds.reading.graph_parts import Element, Link
from seeds.reading.reader import Head

__all__ = ["element_of", "links_of", "spelling_by_file"]

_SPELLINGS = {
    Format.TABLE: CSV,
    Format.WORKBOOK: WORKBOOK,
    Format.JSON: JSON,
    Format.GRAPH: XML,
}


def spelling_by_file(heads: Sequence[Head]) -> Callable[[str], Spelling]:
    """Return what tells how our own exports spell text in a file."""
    found = {head.file: _SPELLINGS[head.format] for head in heads}
    return found.__getitem__


def element_of(where: Where, row: Mapping[str, str], types: Sequence[str]) -> Element:
    """Return the node in a row; ``types`` are the columns that may say its type, lower case."""
    cells = dict(row)
    return Element(
        where,
        id=_taken(cells, "id"),
        label=_taken(cells, "label"),
        type=next((text for name in types if (text := _taken(cells, name))), ""),
        attributes=cells,
    )


def links_of(
    where: Where, row: Mapping[str, str], ends: tuple[str, str], kind: str, *, is_split: bool
) -> Iterator[Link]:
    """Yield the edges in a row: with ``is_split`` one for each target between bars."""
    cells = dict(row)
    source, target = (_taken(cells, name) for name in ends)
    words = _taken(cells, kind)
    targets = target.split("|") if is_split and KIND not in cells else [target]
    for each in targets:
        yield Link(where, source, each.strip(), words, cells)


def _taken(cells: dict[str, str], wanted: str) -> str:
    """Take a cell out by the title of its column, however that is spelt."""
    title = next((title for title in cells if title.casefold() == wanted), "")
    return cells.pop(title) if title else ""
