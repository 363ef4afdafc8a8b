"""The two shapes of a fact, node and relationship, and the checks at the door.

A record is immutable and valid from the moment it exists: its constructor raises
:class:`graph.errors.InvalidRecord` otherwise. Stores see records only as rows (:func:`to_row`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, Self

from graph.errors import InvalidRecord
from graph.model.fields import FieldSpec, Identifier, Storage, fields_of
from graph.model.provenance import Provenance

__all__ = ["Fact", "Node", "Record", "Relationship", "Row", "Scalar", "fact_id", "row_specs"]

Scalar = str | float | int | bool | None | list[str]
Row = dict[str, Scalar]

_FACT_ID_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Anything that a store keeps by id."""

    kind: ClassVar[str]
    """Name in code, tables and files: ``organisation``, ``offers``."""
    label: ClassVar[str]
    """Label or relationship type in Neo4j: ``Organisation``, ``OFFERS``."""
    standard: ClassVar[str] = ""
    """The standard or source that the kind follows, if there is one."""

    id: Identifier

    def __post_init__(self) -> None:
        for spec in fields_of(type(self)):
            spec.check(self.kind, getattr(self, spec.name))
        if self.id != self.id.strip():
            raise InvalidRecord(self.kind, "id", self.id, "begins or ends with a space")

    def to_row(self) -> Row:
        """Return the record as plain values: dates as ISO text, tuples as lists."""
        return {name: plain(get(self)) for name, get, plain in _getters(type(self))}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Make the record again from what :meth:`to_row` gave, now or in an earlier version.

        Raises like the constructor.
        """
        return cls(**_rich_values(cls, row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """A record that says something about the network, and so must say how we know."""

    provenance: Provenance

    def __post_init__(self) -> None:
        # slots=True rebuilds the class, so a bare super() would look in the wrong one.
        Record.__post_init__(self)
        if not isinstance(self.provenance, Provenance):
            raise InvalidRecord(
                self.kind,
                "provenance",
                self.provenance,
                "does not say where the fact comes from",
                remedy="Give source, asserted_by, first_seen and last_confirmed.",
            )

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        told = Provenance(**_rich_values(Provenance, row))
        return cls(**_rich_values(cls, row), provenance=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Fact):
    """A thing in the network. ``id`` is ours and stable; ``external_ids`` are everybody else's.

    External ids have the form of org-id.guide, ``LIST-ID``: ``GB-CHC-1164883``,
    ``GB-COH-09506232`` (text, so a leading zero stays), ``360G-…``.
    """

    plural: ClassVar[str]

    name: str
    external_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Fact):
    """A tie between two nodes. Its id follows from its ends and ``key_fields``: same tie, same id.

    Leave ``id`` out; a given id must be the one that :func:`fact_id` makes.
    """

    from_kinds: ClassVar[tuple[str, ...]]
    to_kinds: ClassVar[tuple[str, ...]]
    reverse: ClassVar[str]
    """How the far end says it: ``OFFERS`` is "offered by"."""
    key_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that tell two ties of one kind between the same ends apart."""
    is_symmetric: ClassVar[bool] = False
    is_confidential: ClassVar[bool] = False
    """Whether only coordinators and the first end see it, whatever its visibility says."""

    id: str = ""
    from_id: Identifier
    to_id: Identifier

    def __post_init__(self) -> None:
        if self.is_symmetric and self.to_id < self.from_id:
            low, high = self.to_id, self.from_id
            object.__setattr__(self, "from_id", low)
            object.__setattr__(self, "to_id", high)
        key = tuple(str(getattr(self, name)) for name in self.key_fields)
        made = fact_id(self.kind, self.from_id, self.to_id, *key)
        if self.id and self.id != made:
            raise InvalidRecord(
                self.kind, "id", self.id, f"is not the id of this tie, which is {made}"
            )
        object.__setattr__(self, "id", made)
        Fact.__post_init__(self)
        if self.from_id == self.to_id:
            raise InvalidRecord(self.kind, "to_id", self.to_id, "is both ends of the tie")


def fact_id(kind: str, from_id: str, to_id: str, *key: str) -> str:
    """Return the id of a tie: its kind and 24 hex digits of a BLAKE2b hash of ends and key."""
    digest = hashlib.blake2b(
        "\x1f".join((kind, from_id, to_id, *key)).encode("utf-8", "surrogatepass"),
        digest_size=_FACT_ID_BYTES,
    )
    return f"{kind}-{digest.hexdigest()}"


def row_specs(record_class: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the columns of a kind's rows: its fields, then those of provenance if it has any."""
    own = fields_of(record_class)
    return (*own, *fields_of(Provenance)) if issubclass(record_class, Fact) else own


Plainer = Callable[[Any], Scalar]
Getters = tuple[tuple[str, Callable[[Any], Any], Plainer], ...]
_GETTERS: dict[type, Getters] = {}


def _getters(record_class: type[Record]) -> Getters:
    known = _GETTERS.get(record_class)
    if known is None:
        known = _GETTERS[record_class] = _make_getters(record_class)
    return known


def _make_getters(record_class: type[Record]) -> Getters:
    own = [(spec, spec.name) for spec in fields_of(record_class)]
    if issubclass(record_class, Fact):
        own += [(spec, f"provenance.{spec.name}") for spec in fields_of(Provenance)]
    return tuple((spec.name, attrgetter(path), _plainer(spec)) for spec, path in own)


def _as_is(value: Any) -> Scalar:
    return value  # type: ignore[no-any-return]


def _plainer(spec: FieldSpec) -> Plainer:
    match spec.storage:
        case Storage.DATE:
            return lambda value: None if value is None else value.isoformat()
        case Storage.TEXTS:
            return list
        case Storage.NUMBER:
            # 500 and 500.0 must leave the same row, whatever the caller typed; and so must 0.0
            # and -0.0, which SQLite takes for one and Neo4j keeps apart.
            return lambda value: None if value is None else float(value) + 0.0
        case _:
            return (lambda value: None if value is None else str(value)) if spec.choices else _as_is


def _rich_values(made: type, row: Mapping[str, Any]) -> dict[str, Any]:
    # A row from before a field was there leaves it to its default.
    return {spec.name: _rich(spec, row[spec.name]) for spec in fields_of(made) if spec.name in row}


def _rich(spec: FieldSpec, value: Any) -> Any:
    if value is None:
        return () if spec.storage is Storage.TEXTS else None
    match spec.storage:
        case Storage.DATE:
            return date.fromisoformat(value)
        case Storage.TEXTS:
            return tuple(value)
        case Storage.FLAG:
            return bool(value)
        case Storage.NUMBER:
            return float(value)
        case _:
            return spec.choices(value) if spec.choices else value
