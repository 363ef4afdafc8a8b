"""GraphML: one file that Gephi Lite, yEd, Cytoscape and networkx read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import IO, ClassVar

from graph.snapshot import Snapshot
from seeds.exports.base import Export, nodes_of, ties_of, words_of
from seeds.exports.markup import NODE_COLUMNS, TIE_COLUMNS, cells_of, spelt

__all__ = ["GraphMl"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_LABEL = "label"


class GraphMl(Export):
    """Nodes and edges with all they say, each value under its key."""

    name: ClassVar[str] = "graphml"
    title: ClassVar[str] = "GraphML"
    note: ClassVar[str] = "For Gephi Lite, yEd, Cytoscape and networkx. Holds every fact."
    suffix: ClassVar[str] = ".graphml"

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            nodes = _write_keys(file, "node", NODE_COLUMNS)
            edges = _write_keys(file, "edge", TIE_COLUMNS)
            file.write('<graph id="gofar" edgedefault="directed">\n')
            for node in nodes_of(snapshot):
                file.write(f'<node id="{spelt(node.id)}">')
                _write_data(file, nodes, {_LABEL: spelt(node.name), **cells_of(node)})
                file.write("</node>\n")
            for tie in ties_of(snapshot):
                ends = f'source="{spelt(tie.from_id)}" target="{spelt(tie.to_id)}"'
                direction = ' directed="false"' if tie.is_symmetric else ""
                file.write(f'<edge id="{spelt(tie.id)}" {ends}{direction}>')
                _write_data(file, edges, {_LABEL: spelt(words_of(tie)), **cells_of(tie)})
                file.write("</edge>\n")
            file.write("</graph>\n</graphml>\n")
        return Counter()


def _write_keys(file: IO[str], side: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Declare the columns, and return the key of each."""
    keys: dict[str, str] = {}
    for name, kind in {_LABEL: "string", **columns}.items():
        keys[name] = f"{side[0]}{len(keys)}"
        given = f'id="{keys[name]}" for="{side}" attr.name="{name}" attr.type="{kind}"'
        file.write(f"<key {given}/>\n")
    return keys


def _write_data(file: IO[str], keys: Mapping[str, str], cells: Mapping[str, str]) -> None:
    for name, text in cells.items():
        file.write(f'<data key="{keys[name]}">{text}</data>')
