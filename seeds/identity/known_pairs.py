"""Pairs that somebody who should know says are one body: lists of aliases, and of mergers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.errors import UnsupportedFormat
from seeds.columns import map_columns
from seeds.identifiers import organisation_ids
from seeds.reading.reader import Reader
from seeds.reading.sheets import Sheet
from seeds.sources.charity_mergers import mergers

__all__ = ["KNOWN_PAIRS", "read_known_pairs"]

KNOWN_PAIRS: Mapping[str, Sequence[str]] = {
    "org_id_a": ("org id a", "id a"),
    "org_id_b": ("org id b", "id b"),
    "relationship": (),
}
_SAME = frozenset({"", "sameas", "same as", "alias", "merged"})


def read_known_pairs(path: Path) -> list[tuple[str, str]]:
    """Return pairs of external ids from a list of aliases or the Commission's event history.

    A list has the columns org_id_a, org_id_b and relationship; a "parent" is another body and left
    out. Raises InputError for a file that is neither.
    """
    with Reader([path]) as reader:
        found = [
            pair
            for head in reader.heads()
            for sheet in reader.sheets(head.file)
            for pair in _pairs(sheet)
        ]
        found = found or [(gone, kept) for gone, kept, _ in mergers(reader)]
    if not found:
        raise UnsupportedFormat(
            path.name,
            "names no pairs of organisations that are one",
            remedy="Give it the columns org_id_a, org_id_b and relationship (sameas).",
        )
    return list(dict.fromkeys(found))


def _pairs(sheet: Sheet) -> list[tuple[str, str]]:
    columns = map_columns(sheet.titles, KNOWN_PAIRS)
    if "org_id_a" not in columns or "org_id_b" not in columns:
        return []
    found = []
    for row in sheet.rows():
        kind = columns.value(row.cells, "relationship").casefold()
        ends = [_read(columns.value(row.cells, name)) for name in ("org_id_a", "org_id_b")]
        if kind in _SAME and all(ends):
            found.append((ends[0], ends[1]))
    return found


def _read(text: str) -> str:
    readings = organisation_ids(text)
    return readings[0].external_id if readings else ""
