"""Kumu's elements and connections: a workbook, CSV files or a JSON blueprint.

Sheets whose names end in ``(ignore)`` are left alone, and two blank rows begin a new section of a
sheet. A bar parts several values, and several targets under ``To``. A connection may name its ends
by id or by label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from seeds.problems import Skipped, Where
from seeds.reading.formats import Format
from seeds.reading.graph_parts import Element, Link, Part
from seeds.reading.reader import Head, Reader
from seeds.reading.sheets import Cells, Sheet
from seeds.reading.values import encodable, text_of_json
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.graph_records import GraphRecords
from seeds.sources.graph_tables import element_of, links_of, spelling_by_file

__all__ = ["Kumu"]

_ENDS = ("from", "to")
_LISTS = ("elements", "connections")
_IGNORED = "(ignore)"
_NEW_SECTION = 3  # the numbers of two rows with two blank ones between them differ by so much
# What Kumu keeps for itself: how things look, and that a connection has arrows.
_ITS_OWN = frozenset({"direction", "image", "color", "colour", "size", "pinned", "position"})


class Kumu(Source):
    """Elements and connections."""

    name: ClassVar[str] = "kumu"
    title: ClassVar[str] = "a Kumu project (elements and connections as XLSX, CSV or JSON)"
    restores: ClassVar[bool] = True

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        sure = [
            _sureness(titles)
            for head in heads
            for name, titles in head.sheets
            if not _is_ignored(name)
        ]
        for head in heads:
            if any(name in head.keys for name in _LISTS):
                known = {"label", "from", "attributes"} & set(head.item_keys)
                sure.append(0.9 if known else 0.6)
        return Recognition(max(sure, default=0.0), "it has elements or connections")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        heads = reader.heads()
        for head in heads:
            if head.format is Format.GRAPH:
                yield Where(head.file).fault("It is nothing that Kumu writes.", is_warning=True)

        def parts() -> Iterator[Part]:
            for head in heads:
                if head.format is Format.JSON:
                    yield from _blueprint(reader, head.file)
                for sheet in reader.sheets(head.file):
                    yield from _sections(sheet)

        yield from GraphRecords(context, parts, spelling_by_file(heads)).items()


def _sureness(titles: Sequence[str]) -> float:
    words = [title.casefold() for title in titles]
    if words[:2] == list(_ENDS):
        return 0.92
    if words[:1] == ["label"]:
        return 0.8
    return 0.6 if words[:1] == ["id"] and "label" in words else 0.0


def _is_ignored(name: str) -> bool:
    return name.strip().casefold().endswith(_IGNORED)


# --- tables --------------------------------------------------------------------------------


def _sections(sheet: Sheet) -> Iterator[Part]:
    if _is_ignored(sheet.name):
        yield Skipped("a sheet whose name ends in (ignore)", Where(sheet.file, sheet.name))
        return
    titles: Sequence[str] = ()
    last = 0
    has_table = False
    for number, cells in sheet.numbered():
        if not any(cells):
            continue
        is_new = bool(sheet.name) and number - last >= _NEW_SECTION and last > 0
        last = number
        if is_new or not titles:
            titles = _titles(cells)
            has_table = has_table or bool(titles)
            if not titles and is_new:
                yield Where(sheet.file, sheet.name, number).fault(
                    "Two blank rows begin a new section here, but it has no titles Label, or From "
                    "and To, so the row is left out.",
                    remedy="Take the blank rows out, or give the section its titles.",
                )
            continue
        yield from _row(Where(sheet.file, sheet.name, number), titles, cells)
    if not has_table:
        yield Where(sheet.file, sheet.name).fault(
            "It has no table of elements or connections.", is_warning=True
        )


def _titles(cells: Cells) -> tuple[str, ...]:
    """Return the titles in a row, () if it can't be one of titles."""
    words = {cell.casefold() for cell in cells}
    is_titles = words >= set(_ENDS) or "label" in words or "id" in words
    return tuple(" ".join(cell.split()) for cell in cells) if is_titles else ()


def _row(where: Where, titles: Sequence[str], cells: Cells) -> Iterator[Part]:
    row: dict[str, str] = {}
    for number, cell in enumerate(cells):
        title = titles[number] if number < len(titles) else ""
        if cell and not title:
            yield Skipped("a cell without a title above it", where)
        elif cell and title.casefold() not in _ITS_OWN:
            row.setdefault(title, cell)
    if {title.casefold() for title in titles} >= set(_ENDS):
        yield from links_of(where, row, _ENDS, "type", is_split=True)
    elif row:
        yield element_of(where, row, ("type",))


# --- the blueprint -------------------------------------------------------------------------


def _blueprint(reader: Reader, file: str) -> Iterator[Part]:
    counts = dict.fromkeys(_LISTS, 0)
    for key, item in reader.items(file):
        if key not in counts:
            continue
        counts[key] += 1
        where = Where(file, key, counts[key])
        if not isinstance(item, dict):
            yield where.problem(item, "is not an element or connection in braces")
            continue
        inner = item.get("attributes")
        plain = {**item, **inner} if isinstance(inner, dict) else item
        given = {
            name: value
            for name, value in plain.items()
            if name not in {"attributes", *_ITS_OWN} and value is not None
        }
        if key == "elements":
            yield Element(where, _one(given, "id", "_id"), _one(given, "label"), *_rest(given))
        else:
            yield Link(where, _one(given, "from"), _one(given, "to"), *_rest(given))


def _one(given: dict[str, Any], *names: str) -> str:
    """Take a value out as text: a list or an object is no id and no label."""
    found = next((given.pop(name) for name in names if name in given), "")
    if isinstance(found, str):
        return encodable(found)
    return "" if isinstance(found, (list, dict)) else text_of_json(found)


def _rest(given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return _one(given, "type"), given
