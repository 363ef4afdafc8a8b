"""The three tables of a collaboration history, and the names that their columns may have."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.model import Provenance
from seeds.columns import ColumnMap, map_columns
from seeds.problems import Where
from seeds.reading.sheets import Row, Sheet
from seeds.reading.values import DATE_FORMS, as_date
from seeds.sources.base import Item

__all__ = ["NAMES", "Table", "dates_of", "table_of"]

Fields = Mapping[str, Sequence[str]]

ORGANISATIONS: Fields = {
    "org_id": ("organisation_id", "organization_id"),
    "name": ("org_name", "organisation_name"),
    "short_name": ("acronym",),
    "country": ("country_code", "hq"),
    "post_code": ("postcode", "postal_code"),
    "type_label": (),
    "type": ("org_type", "organisation_type", "iati_org_type"),
    "website": ("url", "web"),
}
PROJECTS: Fields = {
    "project_id": ("activity_id",),
    "title": ("project_title", "name"),
    "description": ("objective", "summary"),
    "start_date": ("starts", "start"),
    "end_date": ("ends", "end"),
    "programme_label": (),
    "programme": ("program",),
    "topics": ("topic", "themes", "sectors", "sectors_dac", "sectors_humanitarian"),
}
PARTICIPATIONS: Fields = {
    "org_id": ("organisation_id", "organization_id"),
    "project_id": ("activity_id",),
    "role": (),
}
NAMES = {
    "participations": PARTICIPATIONS,
    "organisations": ORGANISATIONS,
    "organizations": ORGANISATIONS,
    "orgs": ORGANISATIONS,
    "projects": PROJECTS,
}


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables, its columns mapped."""

    sheet: Sheet
    columns: ColumnMap
    provenance: Provenance

    def where(self, row: Row, name: str) -> Where:
        """Return the spot of one field of a row."""
        return self.sheet.where(row, self.columns.title(name))


def table_of(file: str, sheets: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    """Return which of the tables a file is, by its name and columns; None if it is none."""
    stem = file.rpartition(".")[0].casefold()
    name = {"orgs": "organisations", "organizations": "organisations"}.get(stem, stem)
    if name not in NAMES or len(sheets) != 1:
        return None
    columns = map_columns(sheets[0][1], NAMES[name])
    needed = {
        "participations": ("org_id", "project_id"),
        "organisations": ("org_id",),
        "projects": ("project_id",),
    }[name]
    return name if all(field in columns for field in needed) else None


def dates_of(table: Table, row: Row) -> Generator[Item, None, tuple[date | None, date | None]]:
    """Return when a project begins and ends; yield what is wrong with it."""
    found: dict[str, date | None] = {}
    for name in ("start_date", "end_date"):
        text = table.columns.value(row.cells, name)
        found[name] = as_date(text)
        if text and found[name] is None:
            yield table.where(row, name).problem(text, "is not a date", remedy=DATE_FORMS)
    starts_on, ends_on = found["start_date"], found["end_date"]
    if starts_on and ends_on and ends_on < starts_on:
        yield table.where(row, "end_date").problem(
            ends_on.isoformat(), f"is before the start, {starts_on.isoformat()}; it is left out"
        )
        ends_on = None
    return starts_on, ends_on
