"""The objects of an Open Referral file, flat, whether it came as tables or as nested JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seeds.interchange.hsds import table_named
from seeds.interchange.spelling import unguarded
from seeds.problems import Problem, Skipped, Where
from seeds.reading.formats import Format
from seeds.reading.reader import Head, Reader
from seeds.reading.values import encodable, text_of_json

__all__ = ["Entry", "Objects", "table_of"]

_PERSONAL = frozenset({"contacts", "contact", "phones", "phone"})
# What a list within an object holds, and the column that ties it to that object.
_LINKS = {
    "organization": "organization_id",
    "service": "service_id",
    "location": "location_id",
    "service_at_location": "service_at_location_id",
}
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One object: its plain values as text, and where it stands."""

    where: Where
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


def table_of(head: Head, name: str, titles: Sequence[str]) -> str:
    """Return which object the rows of a table are, by the name of its sheet or file."""
    stem = head.file.rpartition(".")[0]
    found = table_named(name) or table_named(stem)
    return found if "id" in {title.casefold() for title in titles} else ""


@dataclass(slots=True)
class Objects:
    """All objects of an import, by table."""

    tables: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def read(self, reader: Reader) -> Iterator[Problem | Skipped]:
        """Take in all files; yield what is wrong with them and what is left out."""
        for head in reader.heads():
            if head.format is Format.JSON:
                yield from self._read_json(reader, head.file)
                continue
            for sheet in reader.sheets(head.file):
                table = table_of(head, sheet.name, sheet.titles)
                is_personal = (sheet.name or head.file.rpartition(".")[0]).casefold() in _PERSONAL
                noted: list[Problem] = []
                for row in sheet.rows(noted.append):
                    where = sheet.where(row)
                    if is_personal:
                        yield Skipped(_NEVER, where)
                    elif table:
                        pairs = zip(sheet.titles, row.cells, strict=True)
                        cells = {title.casefold(): unguarded(cell) for title, cell in pairs if cell}
                        self.tables[table].append(Entry(where, cells))
                yield from noted
                if not table and not is_personal:
                    yield Where(head.file, sheet.name).fault(
                        "It is no table of Open Referral that gofar reads.", is_warning=True
                    )

    def _read_json(self, reader: Reader, file: str) -> Iterator[Problem | Skipped]:
        count = 0
        for key, item in reader.items(file):
            table = table_named(key)
            if key and not table:
                continue
            count += 1
            where = Where(file, key, count)
            if not isinstance(item, dict):
                yield where.problem(item, "is not an object in braces")
                continue
            is_service = {"organization_id", "organization", "status"} & item.keys()
            yield from self._take(
                table or ("service" if is_service else "organization"), item, where
            )

    def _take(
        self, table: str, item: dict[str, Any], where: Where, depth: int = 0
    ) -> Iterator[Problem | Skipped]:
        """Note an object and all objects within it."""
        if depth > _DEEPEST:
            return
        values: dict[str, str] = {}
        for key, value in item.items():
            inner = table_named(key)
            if key in _PERSONAL:
                for _ in value if isinstance(value, list) else [value]:
                    yield Skipped(_NEVER, where)
            elif isinstance(value, dict) and inner:
                values.setdefault(f"{inner}_id", _id_of(value))
                yield from self._take(inner, value, where, depth + 1)
            elif isinstance(value, list) and inner:
                for each in value:
                    if isinstance(each, dict):
                        link = {_LINKS[table]: _id_of(item)} if table in _LINKS else {}
                        if inner == "attribute":
                            link = {"link_id": _id_of(item)}
                        yield from self._take(inner, {**link, **each}, where, depth + 1)
            elif value is not None and not isinstance(value, (dict, list)):
                values[key.casefold()] = encodable(text_of_json(value))
        self.tables[table].append(Entry(where, values))


def _id_of(item: Mapping[str, Any]) -> str:
    found = item.get("id")
    return "" if isinstance(found, (dict, list)) else encodable(text_of_json(found))


_NEVER = "a contact or a phone number: people are never imported"
