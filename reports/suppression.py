"""The public version of a report: without small counts, and without what would tell them.

Primary suppression withholds counts of 1 to 4 and shares made of them. 0 is shown: nobody is in it
who could be recognised, and that nobody offers a skill is what a gap is. Secondary suppression,
in :mod:`reports.telling`, withholds what a small count could be worked out from. See Hundepool et
al., *Statistical Disclosure Control* (2012), and the GSS/GSR *Disclosure control guidance for
tables* (2014), whose threshold rule this is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.content import check_report
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Direction,
    Figure,
    Report,
    Table,
    Withheld,
)
from reports.said import without_telling
from reports.telling import FEWEST, Sums

__all__ = ["suppress"]

Place = tuple[str, ...]
"""Where a number stands. Places that hold the same number by their meaning are one place."""


def suppress(report: Report, before: Report | None = None) -> Report:
    """Return the report as the public may read it, every withheld number marked.

    ``before`` is the published report before, if there is one: what it withheld stays withheld
    here as the number that was. Suppressing twice changes nothing. Raises InvalidReport where
    parts of the report don't fit together.
    """
    check_report(report)
    book = _Book.of(report)
    book.protect(report.figures)
    were = {} if before is None else {figure.id: figure.value for figure in before.figures}
    tables = tuple(_table(table, book) for table in report.tables)
    figures = tuple(
        _with_before(figure, _figure(figure, book), were.get(figure.id))
        for figure in report.figures
    )
    figures = _without_rest(figures, report, book)
    return without_telling(
        report, replace(report, figures=figures, tables=_without_echo(tables, report, figures))
    )


@dataclass(slots=True)
class _Book:
    """Every count of a report by its place, and how they add up."""

    sums: Sums
    numbers: dict[Place, int]
    named: dict[tuple[str, int, int], int]
    figures: dict[str, int]

    @classmethod
    def of(cls, report: Report) -> _Book:
        book = cls(Sums(), {}, {}, {})
        for table in report.tables:
            book._add_table(table)
        tables = {table.id: table for table in report.tables}
        for figure in report.figures:
            book._add_figure(figure, tables[figure.table])
        book._add_equal_sums(report.tables)
        return book

    def protect(self, figures: Iterable[Figure]) -> None:
        """Withhold small counts, and all that would tell one.

        What is left of a whole tells its small part wherever it stands: those with a partner are
        all but those without.
        """
        self.sums.protect()
        rests = {
            figure.of - part
            for figure in figures
            if isinstance(figure.of, int) and 0 < (part := _part(figure) or 0) < FEWEST
        }
        self.sums.withhold(
            number for number, value in enumerate(self.sums.values) if value in rests - {0}
        )
        self.sums.protect()

    def mark(self, number: int | None) -> Withheld | None:
        """Return what stands in place of a number, or None where it is shown."""
        if number is None or number not in self.sums.withheld:
            return None
        return Withheld.FEW if self.sums.values[number] < FEWEST else Withheld.TELLING

    def _number(self, place: Place, value: int) -> int:
        # The value is part of the place: two that differ can't be the same number.
        place = (*place, str(value))
        if place not in self.numbers:
            self.numbers[place] = self.sums.add(value)
        return self.numbers[place]

    def _add_table(self, table: Table) -> None:
        counts = [at for at, column in enumerate(table.columns) if column.kind is ColumnKind.COUNT]
        labels = [_label(table, row) for row in table.rows]
        often = Counter(labels)
        for line, row in enumerate(table.rows):
            for at in counts:
                value = _count(row[at])
                if value is not None:
                    own = ("table", table.id, str(line)) if often[labels[line]] > 1 else ()
                    is_total = table.has_total and line == len(table.rows) - 1
                    place = (
                        _sum_place(table, table.columns[at].key)
                        if is_total
                        else (*own, "cell", table.columns[at].key, *labels[line])
                    )
                    self.named[table.id, line, at] = self._number(place, value)
        self._add_sums(table, counts)

    def _add_sums(self, table: Table, counts: list[int]) -> None:
        last = len(table.rows) - 1
        keys = {column.key: at for at, column in enumerate(table.columns)}
        if table.has_total:
            for at in counts:
                self._add_sum(table.id, (last, at), [(line, at) for line in range(last)])
        for whole in sorted({column.part_of for column in table.columns} & keys.keys()):
            parts = [at for at in counts if table.columns[at].part_of == whole]
            for line in range(len(table.rows)):
                self._add_sum(table.id, (line, keys[whole]), [(line, at) for at in parts])

    def _add_sum(self, table_id: str, whole: tuple[int, int], parts: list[tuple[int, int]]) -> None:
        numbers = [self.named.get((table_id, *part)) for part in (whole, *parts)]
        # A cell that isn't known leaves the sum open.
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers):
            self.sums.add_sum(known[0], known[1:])

    def _add_equal_sums(self, tables: Iterable[Table]) -> None:
        """Add the sums that a reader may try: a figure that a column comes to, like columns."""
        of_value: dict[int, list[int]] = {}
        for number in self.figures.values():
            of_value.setdefault(self.sums.values[number], []).append(number)
        alike: dict[tuple[str, int], list[list[int]]] = {}
        for table in tables:
            for at, column in enumerate(table.columns):
                cells = [self.named.get((table.id, line, at)) for line in range(_length(table))]
                known = [cell for cell in cells if cell is not None]
                whole = sum(self.sums.values[cell] for cell in known)
                if whole and len(known) == len(cells):
                    alike.setdefault((column.key, whole), []).append(known)
                    for number in of_value.get(whole, ()):
                        self.sums.add_sum(number, known)
        for (_, whole), columns in alike.items():
            if len(columns) > 1:
                # Nobody reads this sum; it ties the columns to each other.
                unseen = self.sums.add_unseen(whole)
                for each in columns:
                    self.sums.add_sum(unseen, each)

    def _add_figure(self, figure: Figure, table: Table) -> None:
        value = _count(figure.value)
        if figure.kind is not ColumnKind.COUNT or value is None:
            return
        if figure.column:
            place = _sum_place(table, figure.column)
        elif value == _length(table):
            place = ("rows", table.id)
        else:
            place = ("figure", figure.id)
        is_new = (*place, str(value)) not in self.numbers
        number = self.figures[figure.id] = self._number(place, value)
        if figure.column and is_new:
            at = next(n for n, each in enumerate(table.columns) if each.key == figure.column)
            cells = [self.named.get((table.id, line, at)) for line in range(_length(table))]
            known = [cell for cell in cells if cell is not None]
            if len(known) == len(cells):
                self.sums.add_sum(number, known)


def _sum_place(table: Table, key: str) -> Place:
    return ("sum", table.id, key)


def _length(table: Table) -> int:
    return len(table.rows) - table.has_total


def _label(table: Table, row: tuple[Cell, ...]) -> Place:
    """Return what a row is about: its cells that are no numbers, with the keys of their columns."""
    kinds = (ColumnKind.TEXT, ColumnKind.DAY, ColumnKind.ORGANISATION)
    pairs = zip(table.columns, row, strict=True)
    return tuple(f"{column.key}={cell}" for column, cell in pairs if column.kind in kinds)


def _count(value: Cell) -> int | None:
    """Return a count, or None where there is none or it isn't one that can add up."""
    if isinstance(value, (bool, str)) or value is None or value != int(value) or value < 0:
        return None
    return int(value)


def _is_few(value: Cell) -> bool:
    return isinstance(value, (int, float)) and 0 < abs(value) < FEWEST


def _table(table: Table, book: _Book) -> Table:
    rows_mark = book.mark(book.numbers.get(("rows", table.id, str(_length(table)))))
    cells = (book.named.get((table.id, line, at)) for line, at in _places(table))
    if rows_mark is None and any(number in book.sums.lost for number in cells):
        rows_mark = Withheld.TELLING
    if rows_mark is not None:
        return replace(table, rows=(), has_total=False, withheld=rows_mark)
    rows = [_row(table, line, row, book) for line, row in enumerate(table.rows)]
    if any(isinstance(cell, Withheld) for row in rows for cell in row):
        # A place among sorted numbers tells a number that isn't shown.
        total = [rows.pop()] if table.has_total else []
        rows = [*sorted(rows, key=lambda row: _label(table, row)), *total]
    return replace(table, rows=tuple(rows))


def _places(table: Table) -> Iterator[tuple[int, int]]:
    return ((line, at) for line in range(len(table.rows)) for at in range(len(table.columns)))


def _row(table: Table, line: int, row: tuple[Cell, ...], book: _Book) -> tuple[Cell, ...]:
    counts: dict[str, Cell] = {}
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        if column.kind is ColumnKind.COUNT:
            mark = book.mark(book.named.get((table.id, line, at)))
            # A difference can be below zero: it adds up with nothing, but is as small.
            few = Withheld.FEW if not isinstance(cell, (bool, str)) and _is_few(cell) else None
            counts[column.key] = mark or few or cell
    true = {column.key: cell for column, cell in zip(table.columns, row, strict=True)}
    return tuple(
        counts.get(column.key, _derived(column, cell, counts, true))
        for column, cell in zip(table.columns, row, strict=True)
    )


def _derived(column: Column, cell: Cell, shown: dict[str, Cell], true: dict[str, Cell]) -> Cell:
    """Return the cell of a share or a mean, withheld with any count that it is made of.

    A share that doesn't say what it is made of is taken to be made of every count of its row.
    """
    is_share = column.kind is ColumnKind.SHARE
    if not isinstance(cell, (int, float)) or not (is_share or column.made_of):
        return cell
    made_of = column.made_of or tuple(shown)
    if any(isinstance(shown.get(key), Withheld) for key in made_of):
        return Withheld.TELLING
    if is_share and any(_is_part_few(cell, true[key]) for key in made_of):
        return Withheld.TELLING
    return cell


def _is_part_few(share: float, whole: Cell) -> bool:
    """Tell whether a share of a whole is that of a small count."""
    if isinstance(whole, (bool, str)) or whole is None:
        return False
    part = share * whole
    return abs(part - round(part)) < 1e-6 and 0 < round(part) < FEWEST


def _figure(figure: Figure, book: _Book) -> Figure:
    number = book.figures.get(figure.id)
    mark = book.mark(number)
    of = Withheld.FEW if _is_few(figure.of) else figure.of
    if mark is None and figure.kind is ColumnKind.COUNT and _is_few(figure.value):
        mark = Withheld.FEW
    if mark is None and number is not None and number in book.sums.lost:
        mark = Withheld.TELLING
    if mark is None and figure.kind in (ColumnKind.SHARE, ColumnKind.NUMBER):
        is_share = figure.kind is ColumnKind.SHARE and isinstance(figure.value, (int, float))
        is_part_few = is_share and _is_part_few(float(figure.value or 0), figure.of)
        mark = Withheld.TELLING if is_part_few or of is Withheld.FEW else None
    if mark is None or isinstance(figure.value, Withheld):
        return replace(figure, of=of)
    return replace(figure, value=mark, of=of, low=None, high=None)


def _with_before(true: Figure, figure: Figure, published: Cell) -> Figure:
    """Withhold what the figure was, where that is small, was withheld, or tells what it is."""
    before = figure.before
    if before is None:
        return figure
    if isinstance(published, Withheld):
        before = published
    elif figure.kind is ColumnKind.COUNT and _is_few(before):
        before = Withheld.FEW
    elif figure.value != true.value and not isinstance(before, Withheld):
        before = Withheld.TELLING
    hides = isinstance(before, Withheld) or isinstance(figure.value, Withheld)
    return replace(figure, before=before, direction=Direction.NEW if hides else figure.direction)


def _without_rest(figures: tuple[Figure, ...], report: Report, book: _Book) -> tuple[Figure, ...]:
    """Withhold what is left of a denominator, and denominators that are withheld elsewhere."""
    hidden = {book.sums.values[number] for number in book.sums.withheld}
    pairs = list(zip(report.figures, figures, strict=True))
    parts = {
        (true.of, part)
        for true, shown in pairs
        if isinstance(shown.value, Withheld) and (part := _part(true)) is not None
    }
    told: list[Figure] = []
    for true, shown in pairs:
        part = _part(true)
        of = shown.of
        if isinstance(of, int) and of >= FEWEST and of in hidden:
            of = Withheld.TELLING
        tells = (true.of, part) in parts or (
            part is not None and isinstance(true.of, int) and (true.of, true.of - part) in parts
        )
        if tells and not isinstance(shown.value, Withheld):
            told.append(_hidden(shown, of))
        else:
            told.append(replace(shown, of=of))
    return tuple(told)


def _without_echo(
    tables: tuple[Table, ...], report: Report, figures: tuple[Figure, ...]
) -> tuple[Table, ...]:
    """Withhold the shares in tables that are those of figures, now or before, which are hidden."""
    hidden = {
        old
        for true, shown in zip(report.figures, figures, strict=True)
        for old, new in ((true.value, shown.value), (true.before, shown.before))
        if true.kind is ColumnKind.SHARE and old != new and isinstance(old, float)
    }

    def cell(column: Column, value: Cell) -> Cell:
        is_echo = column.kind is ColumnKind.SHARE and value in hidden
        return Withheld.TELLING if is_echo else value

    return tuple(
        replace(
            table,
            rows=tuple(tuple(map(cell, table.columns, row)) for row in table.rows),
        )
        for table in tables
    )


def _hidden(figure: Figure, of: int | Withheld | None) -> Figure:
    return replace(
        figure,
        value=Withheld.TELLING,
        of=of,
        low=None,
        high=None,
        before=None if figure.before is None else Withheld.TELLING,
        direction=Direction.NEW,
    )


def _part(figure: Figure) -> int | None:
    """Return how many a count or a share of a known whole stands for."""
    if not isinstance(figure.of, int) or not isinstance(figure.value, (int, float)):
        return None
    if figure.kind is ColumnKind.COUNT:
        return _count(figure.value)
    return round(figure.value * figure.of) if figure.kind is ColumnKind.SHARE else None
