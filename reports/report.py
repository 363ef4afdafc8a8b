"""A report as data: what it says, the rows behind each number, and what each number means.

A report holds no mark-up and no colours: :mod:`reports.render` turns the same data into a page, a
PDF, a workbook and JSON. Every figure names its definition and the table whose rows it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "Cell",
    "Chart",
    "ChartKind",
    "Column",
    "ColumnKind",
    "Confidence",
    "Definition",
    "Direction",
    "Figure",
    "Finding",
    "Report",
    "Section",
    "Settings",
    "Table",
    "Withheld",
]


class Withheld(StrEnum):
    """What stands in place of a number that is not shown."""

    FEW = "fewer than 5"
    """A small count, by which somebody could be recognised."""
    TELLING = "not shown"
    """A number from which a small count could be worked out."""
    UNSURE = "not known well enough"
    """A number that rests on too few answers."""


Cell = str | int | float | bool | Withheld | None


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    """From 0 to 1; shown in per cent."""
    DAY = "day"
    """ISO text."""
    ORGANISATION = "organisation"
    """The id of an organisation: the link for its name, which stands in the column before."""


class ChartKind(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    """A bar a row and value column, the bars of a row one below the other."""
    LINES = "lines"
    """A line a value column; the label column holds days."""
    MAP = "map"
    """A dot a row where latitude and longitude say, its area by the first value column."""


class Direction(StrEnum):
    """Which way something has gone since the report before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    OTHER = "other"
    """It has changed, and that is neither good nor bad by itself."""
    NEW = "new"
    """There is nothing to compare it with."""


class Confidence(StrEnum):
    """How far the facts behind a finding carry it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``key`` is its name in files.

    ``part_of`` and ``made_of`` name other columns by key, and say what could be worked out from
    what: in each row, the columns that are ``part_of`` one add up to it, and a share or mean is
    ``made_of`` the counts that it is computed from. :mod:`reports.suppression` reads them.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    part_of: str = ""
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows behind numbers. Each row has one cell a column.

    ``shown`` rows stand in the report, all of them in the workbook and the JSON. Where
    ``has_total``, the last row is the sum of those above in each count column. ``is_of_members``:
    each row is about single organisations, so none is part of a public version. ``withheld`` is
    set where rows are not shown because their number would tell what is withheld.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shown: int = 10
    has_total: bool = False
    is_of_members: bool = False
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of a table that stands beside it: labels from one column, values from others.

    ``latitude`` and ``longitude`` name columns, for a map. ``description`` says in words what is to
    be seen, for those who can't see it.
    """

    id: str
    kind: ChartKind
    title: str
    description: str
    table: str
    label: str
    values: tuple[str, ...]
    latitude: str = ""
    longitude: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``of`` is what it is a part of, ``low`` to ``high`` where it may truly lie.

    ``before`` is the same figure in the report before; ``definition`` and ``table`` name what it
    means and the rows that it counts. ``column`` is the key of the count column that it is the sum
    of; "" where it counts rows, or is no sum.
    """

    id: str
    label: str
    kind: ColumnKind
    value: int | float | Withheld | None
    definition: str
    table: str
    of: int | Withheld | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    before: int | float | Withheld | None = None
    direction: Direction = Direction.NEW
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the reader should know first. ``figures`` are the ids of what it rests on."""

    id: str
    headline: str
    detail: str
    direction: Direction
    confidence: Confidence
    why_confident: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. Figures, charts and tables are named by id and stand in this order.

    ``comment`` is what the coordinator has added by :mod:`reports.words`.
    """

    id: str
    title: str
    lead: str
    paragraphs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    figures: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number means: in words, as a formula, with an example worked out, and its source."""

    id: str
    term: str
    meaning: str
    formula: str = ""
    example: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a report is about, and for whom.

    ``is_public``: made of what the public may see, small counts withheld. The ids of a place, a
    theme and a community narrow it; "" is everywhere and everything.
    """

    title: str
    period_start: date
    period_end: date
    is_public: bool = False
    place_id: str = ""
    theme_id: str = ""
    community_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a network looked like on a day, and what had changed since the report before.

    ``network_hash`` is the content hash of the snapshot, ``previous_hash`` that of the report
    before; "" where there is none. Same inputs, same :func:`reports.content.content_hash`.
    ``introduction`` is the coordinator's, and ``edited`` names the blocks whose words are; see
    :mod:`reports.words`.
    """

    settings: Settings
    as_of: date
    network_hash: str
    previous_hash: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    definitions: tuple[Definition, ...]
    introduction: str = ""
    edited: tuple[str, ...] = ()
