"""A report as canonical JSON, back again, and the hash of what it says.

Canonical: keys sorted, no spaces, and each number spelt in one way, so that equal reports have
equal bytes. What is withheld is an object, ``{"withheld": "few"}``: no text can pass for it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.errors import quoted
from reports.errors import InvalidReport
from reports.report import ChartKind, Report, Table, Withheld

__all__ = ["check_report", "content_hash", "read_report", "write_report"]

_FORMAT = "gofar report 1"
_LARGEST_EXACT = 2**53
_REMEDY = "Give the JSON of a report that gofar has written, unchanged."


def write_report(report: Report) -> str:
    """Return a report as canonical JSON; raises InvalidReport on a number that isn't finite."""
    return json.dumps(
        {"format": _FORMAT, "report": _plain(report, "")},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def content_hash(report: Report) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    # A lone surrogate is no UTF-8; it still has bytes of its own.
    return hashlib.sha256(write_report(report).encode("utf-8", "surrogatepass")).hexdigest()


def read_report(text: str) -> Report:
    """Return the report that :func:`write_report` was given; raises InvalidReport."""
    try:
        found = json.loads(text, object_hook=_withheld, parse_constant=_refuse_number)
    except (ValueError, RecursionError) as error:
        raise InvalidReport("", f"it is not JSON ({error})", remedy=_REMEDY) from error
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        stated = found.get("format") if isinstance(found, dict) else found
        raise InvalidReport("format", f"{quoted(stated)} is not {quoted(_FORMAT)}", remedy=_REMEDY)
    try:
        report = _adapter().validate_python(found.get("report"))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        why = f"{quoted(first['input'])}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise InvalidReport(where, why, remedy=_REMEDY) from error
    check_report(report)
    if found.get("content_hash", known := content_hash(report)) != known:
        raise InvalidReport(
            "content_hash",
            f"{quoted(found['content_hash'])} is not the hash of what the report says",
            remedy="Somebody has changed the file. Take it from gofar again.",
        )
    return report


def check_report(report: Report) -> None:
    """Raise InvalidReport unless all that a report names by id is there, once, and fits."""
    for where, why in _faults(report):
        raise InvalidReport(where, why)


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _plain(value: Any, where: str) -> Any:
    """Return ``value`` out of what JSON has; a whole float is written as an integer."""
    match value:
        case Withheld():
            return {"withheld": value.name.lower()}
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case float():
            if not math.isfinite(value):
                raise InvalidReport(where, f"{value} is not a finite number")
            is_whole = value.is_integer() and abs(value) <= _LARGEST_EXACT
            return int(value) if is_whole else float(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each, where) for each in value]
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name), f"{where}.{field.name}".lstrip("."))
            for field in fields(value)
        }
    raise InvalidReport(
        where, f"{quoted(value)} is a {type(value).__name__}, which no report holds"
    )


def _withheld(found: dict[str, Any]) -> Any:
    if found.keys() != {"withheld"}:
        return found
    named = {each.name.lower(): each for each in Withheld}
    if found["withheld"] not in named:
        raise ValueError(f"{quoted(found['withheld'])} is no way of withholding")
    return named[found["withheld"]]


def _refuse_number(spelt: str) -> Any:
    raise ValueError(f"{spelt} is not a finite number")


def _faults(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what doesn't fit together: where, and why."""
    tables = {table.id: table for table in report.tables}
    names = {
        kind: {each.id for each in getattr(report, kind)}
        for kind in ("figures", "charts", "tables", "definitions", "sections")
    }
    for kind, known in names.items():
        if len(known) < len(getattr(report, kind)):
            yield kind, "two have the same id"
    for figure in report.figures:
        where = f"figure {quoted(figure.id)}"
        yield from _unknown(where, "definition", (figure.definition,), names["definitions"])
        yield from _unknown(where, "table", (figure.table,), names["tables"])
    for table in report.tables:
        yield from _table_faults(table)
    for chart in report.charts:
        where = f"chart {quoted(chart.id)}"
        yield from _unknown(where, "table", (chart.table,), names["tables"])
        if chart.table in tables:
            keys = {column.key for column in tables[chart.table].columns}
            used = (chart.label, *chart.values, *filter(None, (chart.latitude, chart.longitude)))
            yield from _unknown(where, "column", used, keys)
        if chart.kind is ChartKind.MAP and not (chart.latitude and chart.longitude):
            yield where, "a map needs columns for latitude and longitude"
    for section in report.sections:
        where = f"section {quoted(section.id)}"
        for kind in ("figures", "charts", "tables"):
            yield from _unknown(where, kind, getattr(section, kind), names[kind])
        for finding in section.findings:
            yield from _unknown(where, "figure", finding.figures, names["figures"])


def _table_faults(table: Table) -> Iterator[tuple[str, str]]:
    where = f"table {quoted(table.id)}"
    keys = {column.key for column in table.columns}
    if len(keys) < len(table.columns):
        yield where, "two columns have the same key"
    for column in table.columns:
        used = (*column.made_of, *filter(None, (column.part_of,)))
        yield from _unknown(where, "column", used, keys)
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            yield where, f"row {number} has {len(row)} cells for {len(table.columns)} columns"


def _unknown(
    where: str, what: str, named: tuple[str, ...], known: set[str]
) -> Iterator[tuple[str, str]]:
    for name in named:
        if name not in known:
            yield where, f"there is no {what} {quoted(name)}"
