"""What a field of a record may hold, said once: stores, importers and forms read it from here.

A record class annotates its fields (``income: Amount | None = None``); :func:`fields_of` turns the
annotations into :class:`FieldSpec` rows, which carry the check and the storage type.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Union

from graph.errors import InvalidRecord

__all__ = [
    "Amount",
    "Count",
    "Document",
    "FieldSpec",
    "Identifier",
    "Latitude",
    "Level",
    "Longitude",
    "Name",
    "Prose",
    "Quantity",
    "Share",
    "Storage",
    "Word",
    "fields_of",
]


class Storage(StrEnum):
    """How a value is stored, whatever the store."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    DATE = "date"
    TEXTS = "texts"


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A string of at most ``longest`` characters; ``blank`` says whether '' will do."""

    longest: int
    blank: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """A finite number between two bounds, both included."""

    at_least: float = -math.inf
    at_most: float = math.inf


Identifier = Annotated[str, Text(300, blank=False)]
Name = Annotated[str, Text(500, blank=False)]
Word = Annotated[str, Text(500)]
Prose = Annotated[str, Text(20_000)]
# What gofar itself has written, such as a report as JSON.
Document = Annotated[str, Text(64_000_000)]
Amount = Annotated[float, Number(at_least=0)]
Quantity = Annotated[float, Number()]
Share = Annotated[float, Number(0, 1)]
Level = Annotated[int, Number(1, 3)]
# 2**53: beyond it, JSON and spreadsheets lose the last digits.
Count = Annotated[int, Number(0, 2**53)]
Latitude = Annotated[float, Number(-90, 90)]
Longitude = Annotated[float, Number(-180, 180)]

_STORAGE_BY_TYPE: dict[type, Storage] = {
    str: Storage.TEXT,
    float: Storage.NUMBER,
    int: Storage.COUNT,
    bool: Storage.FLAG,
    date: Storage.DATE,
    tuple: Storage.TEXTS,
}


@dataclasses.dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a record kind: its name, storage, and the check a value must pass."""

    name: str
    storage: Storage
    is_optional: bool
    choices: type[StrEnum] | None
    rule: Text | Number | None

    def check(self, kind: str, value: object) -> None:
        """Raise :class:`InvalidRecord` unless ``value`` may stand in this field."""
        rule = self.rule
        # Most values by far are short plain text: nothing of what follows could object to it.
        if (
            type(value) is str
            and type(rule) is Text
            and 0 < len(value) <= rule.longest
            and value.isascii()
            and value.isprintable()
            and not value.isspace()
        ):
            return
        if value is None:
            if not self.is_optional:
                raise InvalidRecord(kind, self.name, value, "is missing")
            return
        _CHECKS[self.storage](self, kind, value)


def _check_text(spec: FieldSpec, kind: str, value: object) -> None:
    if not isinstance(value, str):
        raise InvalidRecord(kind, spec.name, value, "is not text")
    if spec.choices is not None:
        if not isinstance(value, spec.choices):
            raise InvalidRecord(kind, spec.name, value, f"is not one of {', '.join(spec.choices)}")
        return
    rule = spec.rule if isinstance(spec.rule, Text) else Text(20_000)
    _check_string(spec.name, kind, value, rule)


def _check_string(name: str, kind: str, value: str, rule: Text) -> None:
    if value.isascii() and value.isprintable():
        is_blank = not value or value.isspace()
    else:
        _refuse_control_characters(name, kind, value)
        is_blank = not value.strip()
    if is_blank and not rule.blank:
        raise InvalidRecord(kind, name, value, "is empty")
    if len(value) > rule.longest:
        raise InvalidRecord(
            kind, name, value, f"has {len(value):,} characters; at most {rule.longest:,} fit"
        )


def _refuse_control_characters(name: str, kind: str, value: str) -> None:
    for character in value:
        # Cc: NUL and friends break exports; Cs: a lone surrogate is not valid Unicode anywhere.
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r":
            raise InvalidRecord(
                kind,
                name,
                value,
                f"holds the control character U+{ord(character):04X}",
                remedy="Remove it.",
            )


def _check_number(spec: FieldSpec, kind: str, value: object) -> None:
    wanted = int if spec.storage is Storage.COUNT else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted):
        raise InvalidRecord(kind, spec.name, value, "is not a number")
    number = typing.cast(float, value)
    if not math.isfinite(number):
        raise InvalidRecord(kind, spec.name, value, "is not a finite number")
    rule = spec.rule
    if isinstance(rule, Number) and not rule.at_least <= number <= rule.at_most:
        raise InvalidRecord(
            kind, spec.name, value, f"is not between {rule.at_least:g} and {rule.at_most:g}"
        )


def _check_flag(spec: FieldSpec, kind: str, value: object) -> None:
    if not isinstance(value, bool):
        raise InvalidRecord(kind, spec.name, value, "is neither true nor false")


def _check_date(spec: FieldSpec, kind: str, value: object) -> None:
    if type(value) is not date:
        raise InvalidRecord(kind, spec.name, value, "is not a date")


def _check_texts(spec: FieldSpec, kind: str, value: object) -> None:
    if not isinstance(value, tuple):
        raise InvalidRecord(kind, spec.name, value, "is not a tuple of text")
    for item in value:
        if not isinstance(item, str):
            raise InvalidRecord(kind, spec.name, item, "is not text")
        _check_string(spec.name, kind, item, Text(500, blank=False))
    if len(set(value)) != len(value):
        raise InvalidRecord(kind, spec.name, value, "names something twice")


_CHECKS: dict[Storage, Callable[[FieldSpec, str, object], None]] = {
    Storage.TEXT: _check_text,
    Storage.NUMBER: _check_number,
    Storage.COUNT: _check_number,
    Storage.FLAG: _check_flag,
    Storage.DATE: _check_date,
    Storage.TEXTS: _check_texts,
}


_KNOWN: dict[type, tuple[FieldSpec, ...]] = {}


def fields_of(record_class: type) -> tuple[FieldSpec, ...]:
    """Return the fields of a record class in order of declaration, ``provenance`` left out."""
    known = _KNOWN.get(record_class)
    if known is None:
        known = _KNOWN[record_class] = _read_fields(record_class)
    return known


def _read_fields(record_class: type) -> tuple[FieldSpec, ...]:
    hints = typing.get_type_hints(record_class, include_extras=True)
    return tuple(
        _spec(field.name, hints[field.name])
        for field in dataclasses.fields(record_class)
        if field.name != "provenance"
    )


def _spec(name: str, hint: Any) -> FieldSpec:
    is_optional = False
    if typing.get_origin(hint) in (Union, types.UnionType):
        is_optional = True
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    rule = None
    if typing.get_origin(hint) is Annotated:
        hint, rule = typing.get_args(hint)[:2]
    plain = typing.get_origin(hint) or hint
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return FieldSpec(name, Storage.TEXT, is_optional, plain, None)
    return FieldSpec(name, _STORAGE_BY_TYPE[plain], is_optional, None, rule)
