"""What stands where in a report that is read: one order for the page and for the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from reports.render.svg.element import plain_id
from reports.report import Cell, Chart, ColumnKind, Figure, Report, Section, Table

__all__ = [
    "Laid",
    "TableView",
    "anchors",
    "is_behind",
    "laid_out",
    "paragraphs",
    "printable",
    "shown_rows",
    "table_view",
]

Thing = TypeVar("Thing")

# Control characters, half pairs, non-characters, and what turns the direction of text around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REST = Section("rest", "More numbers and tables", "")
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Laid:
    """A section with what it shows. ``tables`` are those that no chart here stands beside."""

    section: Section
    figures: tuple[Figure, ...]
    charts: tuple[tuple[Chart, Table, bool], ...]
    """Each with its table, and whether that stands here or has stood before."""
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """The columns of a table that are read, each with the column that holds its links."""

    columns: tuple[int, ...]
    links: dict[int, int]


def laid_out(report: Report) -> tuple[tuple[Laid, ...], Laid]:
    """Return the sections in order, and what no section shows; each thing stands in one place."""
    figures = {each.id: each for each in report.figures}
    charts = {each.id: each for each in report.charts}
    tables = {each.id: each for each in report.tables}
    every = dict(tables)
    laid = []
    for section in report.sections:
        drawn = []
        shown = tuple(figures.pop(key) for key in section.figures if key in figures)
        for key in section.charts:
            if key in charts:
                chart = charts.pop(key)
                is_here = tables.pop(chart.table, None) is not None
                drawn.append((chart, every[chart.table], is_here))
        rest = tuple(tables.pop(key) for key in section.tables if key in tables)
        laid.append(Laid(section, shown, tuple(drawn), rest))
    left = tuple(
        (chart, every[chart.table], tables.pop(chart.table, None) is not None)
        for chart in charts.values()
    )
    return tuple(laid), Laid(_REST, tuple(figures.values()), left, tuple(tables.values()))


def table_view(table: Table) -> TableView:
    """Return what of a table is read: ids of organisations become links of the column before."""
    is_id = [column.kind is ColumnKind.ORGANISATION for column in table.columns]
    links = {at - 1: at for at in range(1, len(is_id)) if is_id[at] and not is_id[at - 1]}
    hidden = set(links.values())
    return TableView(tuple(at for at in range(len(is_id)) if at not in hidden), links)


def shown_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows that are read here; a total always is."""
    if len(table.rows) <= table.shown or not table.has_total:
        return table.rows[: table.shown]
    return (*table.rows[: max(table.shown - 1, 0)], table.rows[-1])


def is_behind(table: Table) -> bool:
    """Say whether a table only stands behind numbers: none of its rows is read here."""
    return table.withheld is not None or (bool(table.rows) and not shown_rows(table))


def anchors(report: Report) -> dict[str, str]:
    """Return a name to link to for each thing with an id, by kind and id: "table needs"."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for kind, key in _named(report):
        base = name = f"{kind}-{plain_id(key)}"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        found[f"{kind} {key}"] = name
    return found


def paragraphs(text: str) -> list[str]:
    """Return text in its paragraphs, which blank lines part."""
    return [part.strip() for part in _BLANK_LINE.split(text) if part.strip()]


def printable(thing: Thing) -> Thing:
    """Return a thing with every text in it as it can be printed, and the rest as it was.

    Left out are control characters and what turns the direction of text around, so that one name
    can't change how its neighbours read.
    """
    if isinstance(thing, str):
        if type(thing) is not str or not _UNPRINTABLE.search(thing):
            return thing
        return _UNPRINTABLE.sub("", thing)  # type: ignore[return-value]
    if isinstance(thing, tuple):
        changed = [printable(each) for each in thing]
        same = all(new is old for new, old in zip(changed, thing, strict=True))
        return thing if same else tuple(changed)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type):
        old = {field.name: getattr(thing, field.name) for field in fields(thing)}
        new = {name: printable(value) for name, value in old.items()}
        return replace(thing, **{name: v for name, v in new.items() if v is not old[name]})
    return thing


def _named(report: Report) -> Iterator[tuple[str, str]]:
    for kind in ("section", "figure", "chart", "table", "definition"):
        for each in getattr(report, f"{kind}s"):
            yield kind, each.id
