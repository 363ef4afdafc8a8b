"""Gephi's tables: nodes (Id, Label …) and edges (Source, Target, Type …).

The two files come in together, from one folder, in whatever order. An edge may name nodes by their
labels where the nodes have no ids. ``Type`` of an edge says whether it has a direction; what it
means stands under ``Label``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from seeds.problems import Where
from seeds.reading.formats import Format
from seeds.reading.graph_parts import Part
from seeds.reading.reader import Head, Reader
from seeds.reading.sheets import Sheet
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.graph_records import GraphRecords
from seeds.sources.graph_tables import element_of, links_of, spelling_by_file

__all__ = ["Gephi"]

_ENDS = ("source", "target")
_TYPES = ("type", "category", "kind", "organisation type")


class Gephi(Source):
    """A table of nodes and a table of edges."""

    name: ClassVar[str] = "gephi"
    title: ClassVar[str] = "tables of nodes and edges for Gephi (Id, Label; Source, Target)"
    restores: ClassVar[bool] = True

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        sure = [_sureness(titles) for head in heads for _, titles in head.sheets]
        return Recognition(max(sure, default=0.0), "it has nodes, or edges with source and target")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        heads = reader.heads()
        sheets: list[Sheet] = []
        for head in heads:
            for sheet in reader.sheets(head.file):
                if _sureness(sheet.titles):
                    sheets.append(sheet)
                else:
                    where = Where(head.file, sheet.name)
                    yield where.fault("It is no table of nodes or edges.", is_warning=True)
            if head.format in {Format.JSON, Format.GRAPH}:
                yield Where(head.file).fault("It is no table.", is_warning=True)

        def parts() -> Iterator[Part]:
            for sheet in sheets:
                yield from _parts(sheet)

        yield from GraphRecords(context, parts, spelling_by_file(heads)).items()


def _sureness(titles: Sequence[str]) -> float:
    words = {title.casefold() for title in titles}
    if words >= {"source", "target"}:
        return 0.9
    if words >= {"id", "label"}:
        return 0.7
    return 0.55 if "label" in words and not words >= {"from", "to"} else 0.0


def _parts(sheet: Sheet) -> Iterator[Part]:
    is_edges = {title.casefold() for title in sheet.titles} >= set(_ENDS)
    problems: list[Part] = []
    for row in sheet.rows(problems.append):
        cells = {title: cell for title, cell in zip(sheet.titles, row.cells, strict=True) if cell}
        where = sheet.where(row)
        if is_edges:
            # Directed or not: our kinds of ties know for themselves.
            plain = {title: cell for title, cell in cells.items() if title.casefold() != "type"}
            yield from links_of(where, plain, _ENDS, "kind", is_split=False)
        else:
            yield element_of(where, cells, _TYPES)
    yield from problems
