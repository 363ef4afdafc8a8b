"""Open Referral UK (HSDS 3.0): organisations, and their services, as one JSON file or as tables.

The standard is about services for the public, so most of a network has no place in it. What is
written, and what isn't, is decided in :mod:`seeds.exports.open_referral_objects`.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

from graph.snapshot import Snapshot
from seeds.exports.base import Export
from seeds.exports.open_referral_objects import COLUMNS, Objects
from seeds.interchange.hsds import table_named
from seeds.interchange.spelling import guarded

__all__ = ["OpenReferral", "OpenReferralTables"]

_NOTE = (
    "For directories of services. Holds organisations with their identifiers, themes, communities "
    "and offices, and projects that are somebody's service. Funding, partnerships, skills and "
    "where facts come from have no place in it."
)
_FILES = {name: f"{name}.csv" for name in COLUMNS}


class OpenReferral(Export):
    """One JSON file, objects within objects."""

    name: ClassVar[str] = "open-referral"
    title: ClassVar[str] = "Open Referral UK (JSON)"
    note: ClassVar[str] = _NOTE
    suffix: ClassVar[str] = ".json"

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        objects = Objects(snapshot)
        with out.open("w", encoding="utf-8", newline="\n") as file:
            begin = "{"
            for name, made in (
                ("organizations", objects.organisations()),
                ("services", objects.services()),
            ):
                file.write(f'{begin}"{name}": [')
                separator = "\n"
                for each in made:
                    file.write(separator + json.dumps(each, ensure_ascii=False))
                    separator = ",\n"
                file.write("]")
                begin = ",\n"
            file.write("}\n")
        return objects.left_out


class OpenReferralTables(Export):
    """A package of tables, one a kind of object."""

    name: ClassVar[str] = "open-referral-csv"
    title: ClassVar[str] = "Open Referral UK (CSV package)"
    note: ClassVar[str] = _NOTE
    files: ClassVar[tuple[str, ...]] = tuple(_FILES.values())

    def write(self, snapshot: Snapshot, out: Path) -> Counter[str]:
        objects = Objects(snapshot)
        terms: set[str] = set()
        with ExitStack() as stack:
            writers: dict[str, Any] = {}
            for name, file_name in _FILES.items():
                # The mark in front tells Excel that it is UTF-8.
                file = stack.enter_context(
                    (out / file_name).open("w", encoding="utf-8-sig", newline="")
                )
                writers[name] = csv.writer(file)
                writers[name].writerow(COLUMNS[name])
            for name, made in (
                ("organization", objects.organisations()),
                ("service", objects.services()),
            ):
                for each in made:
                    for table, row in _rows(name, each):
                        if table == "taxonomy_term":
                            if row["id"] in terms:
                                continue
                            terms.add(row["id"])
                        cells = (guarded(str(row.get(title, ""))) for title in COLUMNS[table])
                        writers[table].writerow(cells)
        return objects.left_out


def _rows(name: str, thing: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield an object and those within it, each as a row of its table."""
    yield name, {key: value for key, value in thing.items() if isinstance(value, str)}
    for key, value in thing.items():
        inner = table_named(key)
        # The organisation of a service is told in full elsewhere.
        if isinstance(value, dict) and inner == "taxonomy_term":
            yield from _rows(inner, value)
        elif isinstance(value, list) and inner in COLUMNS:
            for each in value:
                yield from _rows(inner, each)
