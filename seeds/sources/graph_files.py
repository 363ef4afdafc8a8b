"""Networks saved by Gephi, yEd, Polinode and others as GEXF or GraphML.

Nodes become what their type says, and organisations where it says nothing that gofar knows; edges
become ties by the words on them. Our own exports come back exactly as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from seeds.interchange.spelling import XML
from seeds.problems import Where
from seeds.reading.formats import Format
from seeds.reading.graph_parts import Part
from seeds.reading.reader import Head, Reader
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.graph_records import GraphRecords

__all__ = ["GraphFiles"]


class GraphFiles(Source):
    """One file a network."""

    name: ClassVar[str] = "graph"
    title: ClassVar[str] = "a drawn network (GEXF or GraphML)"
    restores: ClassVar[bool] = True

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        is_graph = any(head.format is Format.GRAPH for head in heads)
        return Recognition(0.9 if is_graph else 0.0, "it is GEXF or GraphML")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        files = [head.file for head in reader.heads() if head.format is Format.GRAPH]
        for head in reader.heads():
            if head.format is not Format.GRAPH:
                yield Where(head.file).fault("It is neither GEXF nor GraphML.", is_warning=True)

        def parts() -> Iterator[Part]:
            for file in files:
                yield from reader.graph(file)

        yield from GraphRecords(context, parts, lambda file: XML).items()
