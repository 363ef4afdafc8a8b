"""Collaboration history: who took part in which project, in three tables.

``organisations.csv`` (org_id, name, country, …), ``projects.csv`` (project_id, title, start_date,
end_date, topics, …) and ``participations.csv`` (org_id, project_id, role). Ids stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from graph.errors import UnsupportedFormat
from graph.model import (
    BasedIn,
    Organisation,
    Place,
    Project,
    TakesPartIn,
    Theme,
    Visibility,
    WorksOn,
)
from graph.vocabulary import countries
from seeds.columns import map_columns
from seeds.names import slug
from seeds.problems import Problem, Where
from seeds.reading.reader import Head, Reader
from seeds.reading.sheets import Row
from seeds.reading.values import plain_text, prose
from seeds.sources.base import Context, Item, Recognition, Source, attempt
from seeds.sources.history_tables import NAMES, Table, dates_of, table_of

__all__ = ["History"]

_SEPARATOR = re.compile(r"[;|]")
_LONGEST_NAME = 500
_LONGEST_PROSE = 20_000


class History(Source):
    """Past projects and who took part in them: what suggestions are tested against."""

    name: ClassVar[str] = "history"
    title: ClassVar[str] = "collaboration history (organisations, projects, participations)"

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        tables = {table for head in heads if (table := table_of(head.file, head.sheets))}
        if "participations" not in tables:
            return Recognition(0.0)
        confidence = 0.77 + 0.11 * len(tables - {"participations"})
        return Recognition(confidence, f"it has {', '.join(sorted(tables))}")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        tables: dict[str, Table] = {}
        for head in reader.heads():
            name = table_of(head.file, head.sheets)
            if name is None:
                yield Where(head.file).fault(
                    "The file is no part of a collaboration history, so it is left out.",
                    is_warning=True,
                )
                continue
            sheet = reader.sheets(head.file)[0]
            columns = map_columns(sheet.titles, NAMES[name])
            told = context.provenance(head.file, visibility=Visibility.PUBLIC)
            tables[name] = Table(sheet, columns, told)
            for guess in columns.guesses:
                yield Where(head.file).fault(f"The {guess}.", is_warning=True)
        if "participations" not in tables:
            raise UnsupportedFormat(
                ", ".join(reader.files),
                "has no table of participations",
                remedy="Add participations.csv with the columns org_id, project_id and role.",
            )
        yield from _Run(context, tables).items()


class _Run:
    """One reading of the three tables."""

    def __init__(self, context: Context, tables: dict[str, Table]) -> None:
        self._context = context
        self._tables = tables
        self._organisations: set[str] = set()
        self._projects: set[str] = set()
        self._places: set[str] = set()
        self._themes: dict[str, str] = {}
        self._problems: list[Problem] = []

    def items(self) -> Iterator[Item]:
        for name, read in (
            ("organisations", self._organisation),
            ("projects", self._project),
        ):
            if name in self._tables:
                table = self._tables[name]
                for row in table.sheet.rows(self._problems.append):
                    yield from read(table, row)
                yield from self._drained()
        yield from self._participations(self._tables["participations"])

    def _drained(self) -> Iterator[Problem]:
        yield from self._problems
        self._problems.clear()

    def _organisation(self, table: Table, row: Row) -> Iterator[Item]:
        value = table.columns.value
        org_id = value(row.cells, "org_id")
        if not org_id:
            yield table.where(row, "org_id").fault("The organisation has no id.")
            return
        if org_id in self._organisations:
            yield table.where(row, "org_id").problem(org_id, "is the id of a row above")
            return
        short = plain_text(value(row.cells, "short_name"))
        name = plain_text(value(row.cells, "name")) or org_id
        made = attempt(
            table.where(row, "org_id"),
            lambda: Organisation(
                id=org_id,
                name=name[:_LONGEST_NAME],
                other_names=(short,) if short and short != name else (),
                organisation_type=plain_text(
                    value(row.cells, "type_label") or value(row.cells, "type")
                ),
                website=plain_text(value(row.cells, "website"))[:_LONGEST_NAME],
                postcode=plain_text(value(row.cells, "post_code")),
                provenance=table.provenance,
            ),
        )
        yield made
        if isinstance(made, Organisation):
            self._organisations.add(org_id)
            country = plain_text(value(row.cells, "country"))
            if country:
                yield from self._based_in(table, row, org_id, country)

    def _based_in(self, table: Table, row: Row, org_id: str, country: str) -> Iterator[Item]:
        where = table.where(row, "country")
        is_code = len(country) == 2 and country.isalpha()
        place_id = f"country:{country.upper() if is_code else slug(country)}"
        known = countries().find(place_id if is_code else country)
        if known is not None:
            place_id = known.id
            yield from self._context.nodes_of("place", known)
        elif place_id not in self._places:
            self._places.add(place_id)
            name = country.upper() if is_code else country
            yield attempt(
                where,
                lambda: Place(
                    id=place_id, name=name, place_type="country", provenance=table.provenance
                ),
            )
        yield attempt(
            where, lambda: BasedIn(from_id=org_id, to_id=place_id, provenance=table.provenance)
        )

    def _project(self, table: Table, row: Row) -> Iterator[Item]:
        value = table.columns.value
        own = value(row.cells, "project_id")
        if not own:
            yield table.where(row, "project_id").fault("The project has no id.")
            return
        project_id = f"project:{own}"
        if project_id in self._projects:
            yield table.where(row, "project_id").problem(own, "is the id of a row above")
            return
        starts_on, ends_on = yield from dates_of(table, row)
        programme = plain_text(value(row.cells, "programme_label") or value(row.cells, "programme"))
        made = attempt(
            table.where(row, "project_id"),
            lambda: Project(
                id=project_id,
                name=(plain_text(value(row.cells, "title")) or own)[:_LONGEST_NAME],
                description=prose(value(row.cells, "description"))[:_LONGEST_PROSE],
                programme=programme[:_LONGEST_NAME],
                starts_on=starts_on,
                ends_on=ends_on,
                provenance=table.provenance,
            ),
        )
        yield made
        if isinstance(made, Project):
            self._projects.add(project_id)
            topics = [
                topic
                for cell in table.columns.values(row.cells, "topics")
                for topic in _SEPARATOR.split(cell)
            ]
            yield from self._works_on(table, row, project_id, [*topics, programme])

    def _works_on(
        self, table: Table, row: Row, project_id: str, topics: Sequence[str]
    ) -> Iterator[Item]:
        where = table.where(row, "topics")
        names = (plain_text(topic) for topic in topics)
        # A remark in brackets, such as "(none)", says that there is no topic.
        for name in dict.fromkeys(name for name in names if name and not name.startswith("(")):
            if name not in self._themes:
                yield from self._theme(table, where, name)
            if self._themes[name]:
                theme_id = self._themes[name]
                yield WorksOn(from_id=project_id, to_id=theme_id, provenance=table.provenance)

    def _theme(self, table: Table, where: Where, name: str) -> Iterator[Item]:
        term = self._context.find("theme", name)
        if term is not None:
            self._themes[name] = term.id
            yield from self._context.nodes_of("theme", term)
            return
        made = attempt(
            where,
            lambda: Theme(
                id=f"topic:{slug(name)}",
                name=name[:_LONGEST_NAME],
                provenance=table.provenance,
            ),
        )
        self._themes[name] = made.id if isinstance(made, Theme) else ""
        yield made

    def _participations(self, table: Table) -> Iterator[Item]:
        value = table.columns.value
        missing = self._missing(table)
        for row in table.sheet.rows(self._problems.append):
            org_id = value(row.cells, "org_id")
            project_id = f"project:{value(row.cells, 'project_id')}"
            is_whole = True
            for kind, column, found in (
                ("organisation", "org_id", org_id),
                ("project", "project_id", project_id),
            ):
                if found in missing[kind]:
                    is_whole = False
                    yield table.where(row, column).problem(
                        value(row.cells, column),
                        f"is the id of no {kind}, so the participation is left out",
                        remedy=f"Add the {kind}, or correct the id.",
                    )
            if is_whole:
                yield TakesPartIn(
                    from_id=org_id,
                    to_id=project_id,
                    role=plain_text(value(row.cells, "role"))[:_LONGEST_NAME],
                    provenance=table.provenance,
                )
        yield from self._drained()

    def _missing(self, table: Table) -> dict[str, set[str]]:
        """Return the ids that participations name but neither the files nor the store know."""
        named: dict[str, set[str]] = {"organisation": set(), "project": set()}
        for row in table.sheet.rows():
            named["organisation"].add(table.columns.value(row.cells, "org_id"))
            named["project"].add(f"project:{table.columns.value(row.cells, 'project_id')}")
        for kind, given in (("organisation", self._organisations), ("project", self._projects)):
            named[kind] -= given
            named[kind] -= self._context.known(kind, named[kind] - {""})
        return named
