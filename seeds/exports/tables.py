"""Facts as rows of a table, for the formats that are tables."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.model import NODE_KINDS, RELATIONSHIP_KINDS, Node, Relationship
from seeds.interchange.facts import KIND, columns_of, text_of, values_of
from seeds.interchange.spelling import Spelling

__all__ = ["NODE_TITLES", "TIE_TITLES", "Row", "cells_of", "fitting", "row_of", "write_csv"]

Row = Mapping[str, Any]
"""Plain values by title."""

NODE_TITLES = (KIND, *columns_of(NODE_KINDS))
TIE_TITLES = (KIND, *columns_of(RELATIONSHIP_KINDS))


def row_of(fact: Node | Relationship, **given: str) -> Row:
    """Return a fact as a row; ``given`` are cells that the format has besides."""
    return {**given, KIND: fact.kind, **values_of(fact)}


def cells_of(row: Row, titles: Sequence[str], spelling: Spelling) -> list[str]:
    """Return the cells of a row in the order of the titles, as text."""
    return [text_of(row[title], spelling) if title in row else "" for title in titles]


def fitting(cells: Sequence[str], longest: int, left_out: Counter[str]) -> list[str]:
    """Return the cells without those that are too long to be read again, which are counted."""
    if max(map(len, cells)) <= longest:
        return list(cells)
    left_out[f"text of more than {longest:,} characters"] += sum(
        len(cell) > longest for cell in cells
    )
    return [cell if len(cell) <= longest else "" for cell in cells]


def write_csv(
    path: Path,
    titles: Sequence[str],
    rows: Iterator[Row],
    spelling: Spelling,
    longest: int,
    left_out: Counter[str],
) -> None:
    """Write a table as CSV in UTF-8; the mark in front tells Excel so."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        for row in rows:
            writer.writerow(fitting(cells_of(row, titles, spelling), longest, left_out))
