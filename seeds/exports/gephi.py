"""Gephi's two tables: nodes.csv and edges.csv, for its Data Laboratory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

from graph.snapshot import Snapshot
from seeds.exports.base import Export, nodes_of, ties_of, words_of
from seeds.exports.tables import NODE_TITLES, TIE_TITLES, row_of, write_csv
from seeds.interchange.spelling import CSV
from seeds.reading.limits import CELL_CHARACTERS

__all__ = ["GephiTables"]


class GephiTables(Export):
    """Nodes by id, and edges that name their ends by id, never by label."""

    name: ClassVar[str] = "gephi"
    title: ClassVar[str] = "Tables for Gephi (CSV)"
    note: ClassVar[str] = (
        "Two tables, nodes.csv and edges.csv, which spreadsheets open as well. Holds every fact."
    )
    files: ClassVar[tuple[str, ...]] = ("nodes.csv", "edges.csv")

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        left_out: Counter[str] = Counter()
        nodes, edges = self.files
        write_csv(
            out / nodes,
            ("Id", "Label", *NODE_TITLES),
            (row_of(node, Id=node.id, Label=node.name) for node in nodes_of(snapshot)),
            CSV,
            CELL_CHARACTERS,
            left_out,
        )
        ties = (
            row_of(
                tie,
                Source=tie.from_id,
                Target=tie.to_id,
                Type="Undirected" if tie.is_symmetric else "Directed",
                Id=tie.id,
                Label=words_of(tie),
            )
            for tie in ties_of(snapshot)
        )
        titles = ("Source", "Target", "Type", "Id", "Label", *TIE_TITLES)
        write_csv(out / edges, titles, ties, CSV, CELL_CHARACTERS, left_out)
        return left_out
