"""Facts as rows of plain text, and rows as facts again: the columns follow from the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from graph.errors import InvalidRecord
from graph.model import (
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Fact,
    FieldSpec,
    Node,
    Provenance,
    Relationship,
    Storage,
    fields_of,
    row_specs,
)
from seeds.interchange.spelling import Spelling

__all__ = ["KIND", "columns_of", "fact_of", "kind_of", "plain_name", "text_of", "values_of"]

KIND = "gofar_kind"
"""The column that says of which kind a fact is, and so that a row is one of ours."""

_NOT_COLUMNS = frozenset({"id", "name", "from_id", "to_id"})
_FACTS: dict[str, type[Node] | type[Relationship]] = {
    **{node_kind.kind: node_kind for node_kind in NODE_KINDS},
    **{tie_kind.kind: tie_kind for tie_kind in RELATIONSHIP_KINDS},
}


@cache
def columns_of(classes: tuple[type[Node | Relationship], ...]) -> dict[str, Storage]:
    """Return the columns that hold all facts of these kinds, with what each holds.

    Id, name and ends are left out: every format has a place of its own for these. A name that
    kinds use for different things holds text.
    """
    found: dict[str, Storage] = {}
    for record_class in classes:
        for spec in row_specs(record_class):
            if spec.name not in _NOT_COLUMNS:
                known = found.setdefault(spec.name, spec.storage)
                found[spec.name] = known if known is spec.storage else Storage.TEXT
    # Where a fact comes from stands last, in whatever order the kinds are read.
    last = [spec.name for spec in fields_of(Provenance)]
    return {
        **{name: kind for name, kind in found.items() if name not in last},
        **{name: found[name] for name in last},
    }


def values_of(fact: Node | Relationship) -> dict[str, Any]:
    """Return what a fact says, as plain values, without what is blank or unknown."""
    row = fact.to_row()
    return {
        name: value
        for name, value in row.items()
        if name not in _NOT_COLUMNS and value is not None and value not in ("", [])
    }


def text_of(value: Any, spelling: Spelling) -> str:
    """Return a plain value as the text of a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return spelling.write(value)
    return spelling.write_list(value) if isinstance(value, list) else repr(value)


def plain_name(title: str) -> str:
    """Return a column's title as programs leave it: ``First seen`` is ``first_seen``."""
    return title.strip().casefold().replace(" ", "_")


def kind_of(values: Mapping[str, Any]) -> str:
    """Return which kind of fact a row says that it is, '' if it isn't one of ours."""
    found = values.get(KIND, "")
    return found if isinstance(found, str) else ""


def fact_of(kind: str, values: Mapping[str, Any], spelling: Spelling) -> Fact:
    """Return the fact in a row of ours, ends and id included; raises InvalidRecord.

    What isn't there has its default. The id of a tie follows from its ends, so it isn't read.
    """
    record_class = _FACTS.get(kind)
    if record_class is None:
        raise InvalidRecord(
            "row", KIND, kind, f"is not one of {', '.join(_FACTS)}", remedy="Correct the word."
        )
    is_tie = issubclass(record_class, Relationship)
    own = (spec for spec in fields_of(record_class) if not (is_tie and spec.name == "id"))
    provenance = Provenance(**_read(kind, fields_of(Provenance), values, spelling))
    return record_class(**_read(kind, own, values, spelling), provenance=provenance)


def _read(
    kind: str, specs: Iterable[FieldSpec], values: Mapping[str, Any], spelling: Spelling
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in specs:
        value = values.get(spec.name)
        if value is not None and value != "":
            found[spec.name] = _rich(kind, spec, value, spelling)
        elif spec.name in _NEEDED:
            raise InvalidRecord(kind, spec.name, value, "is missing", remedy="Fill it in.")
    return found


_NEEDED = frozenset(
    {"id", "name", "from_id", "to_id", "source", "asserted_by", "first_seen", "last_confirmed"}
)


def _rich(kind: str, spec: FieldSpec, value: Any, spelling: Spelling) -> Any:
    try:
        match spec.storage:
            case Storage.TEXT:
                text = spelling.read(value) if isinstance(value, str) else value
                return spec.choices(text) if spec.choices else text
            case Storage.TEXTS:
                return spelling.read_list(value) if isinstance(value, str) else tuple(value)
            case Storage.DATE:
                return date.fromisoformat(value)
            case Storage.FLAG:
                return _FLAGS[value.lower()] if isinstance(value, str) else value
            case Storage.COUNT:
                return _whole(value)
            case Storage.NUMBER:
                return float(value) if isinstance(value, str) else value
    except (TypeError, ValueError, KeyError) as error:
        words = _WORDS.get(spec.storage, "one of the words for it")
        raise InvalidRecord(kind, spec.name, value, f"is not {words}") from error


def _whole(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # Some programs keep all numbers with a point.
    return int(value.removesuffix(".0"))


_FLAGS = {"true": True, "false": False}
_WORDS = {
    Storage.TEXTS: "a list of texts",
    Storage.DATE: "a date such as 2026-03-31",
    Storage.FLAG: "true or false",
    Storage.COUNT: "a whole number",
    Storage.NUMBER: "a number",
}
