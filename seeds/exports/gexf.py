"""GEXF 1.3: Gephi's own interchange format, which Gephi Lite, Polinode and Retina read too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import IO, ClassVar

from graph.snapshot import Snapshot
from seeds.exports.base import Export, nodes_of, ties_of, words_of
from seeds.exports.markup import NODE_COLUMNS, TIE_COLUMNS, cells_of, spelt

__all__ = ["Gexf"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>gofar</creator></meta>
<graph mode="static" defaultedgetype="directed">
"""


class Gexf(Export):
    """Nodes and edges with all they say, each value under its attribute."""

    name: ClassVar[str] = "gexf"
    title: ClassVar[str] = "GEXF"
    note: ClassVar[str] = "For Gephi, Gephi Lite, Polinode and Retina. Holds every fact."
    suffix: ClassVar[str] = ".gexf"

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            nodes = _write_attributes(file, "node", NODE_COLUMNS)
            edges = _write_attributes(file, "edge", TIE_COLUMNS)
            file.write("<nodes>\n")
            for node in nodes_of(snapshot):
                file.write(f'<node id="{spelt(node.id)}" label="{spelt(node.name)}">')
                _write_values(file, nodes, cells_of(node))
                file.write("</node>\n")
            file.write("</nodes>\n<edges>\n")
            for tie in ties_of(snapshot):
                ends = f'source="{spelt(tie.from_id)}" target="{spelt(tie.to_id)}"'
                direction = "undirected" if tie.is_symmetric else "directed"
                label = spelt(words_of(tie))
                file.write(f'<edge id="{spelt(tie.id)}" {ends} type="{direction}" label="{label}">')
                _write_values(file, edges, cells_of(tie))
                file.write("</edge>\n")
            file.write("</edges>\n</graph>\n</gexf>\n")
        return Counter()


def _write_attributes(file: IO[str], side: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Declare the columns, and return the number of each."""
    numbers = {name: str(number) for number, name in enumerate(columns)}
    file.write(f'<attributes class="{side}">\n')
    for name, kind in columns.items():
        file.write(f'<attribute id="{numbers[name]}" title="{name}" type="{kind}"/>\n')
    file.write("</attributes>\n")
    return numbers


def _write_values(file: IO[str], numbers: Mapping[str, str], cells: Mapping[str, str]) -> None:
    file.write("<attvalues>")
    for name, text in cells.items():
        file.write(f'<attvalue for="{numbers[name]}" value="{text}"/>')
    file.write("</attvalues>")
