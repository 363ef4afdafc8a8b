"""All Cypher text. Words come from the model or stand here; every value travels as a parameter.

A row travels as a list of values in the order of :func:`stored_names`, which is shorter than a map
and keeps missing values in place.
"""

from __future__ import annotations

from dataclasses import fields

from graph.audit import AuditEntry
from graph.model import (
    KINDS,
    NODE_KINDS,
    Fact,
    Provenance,
    Record,
    Relationship,
    Storage,
    fields_of,
    row_specs,
)

__all__ = [
    "ADD_EXTERNAL_IDS",
    "APPEND_AUDIT",
    "AUDIT",
    "AUDIT_OF_IMPORT",
    "COMMON_LABEL",
    "COMPONENTS",
    "FORGET_EXTERNAL_IDS",
    "GROUPED",
    "HOLDERS",
    "HOLDS_ANYTHING",
    "LOCK",
    "MAKE_META",
    "META",
    "NODE_LABELS",
    "SEPARATOR",
    "SET_SCHEMA",
    "SET_VERSION",
    "TIES_OF",
    "UNKNOWN",
    "WHEN_TOLD",
    "collected_names",
    "column_names",
    "columns_statement",
    "counts_statement",
    "create_statement",
    "delete_statement",
    "ids_statement",
    "joined_names",
    "replace_statement",
    "rows_between_statement",
    "rows_statement",
    "tie_rows_statement",
]

COMMON_LABEL = "GofarNode"

META = "MATCH (m:GofarMeta {id: 'gofar'}) RETURN m.schema AS schema, m.version AS version"
MAKE_META = "MERGE (m:GofarMeta {id: 'gofar'}) ON CREATE SET m.schema = 0, m.version = 0"
SET_SCHEMA = "MATCH (m:GofarMeta {id: 'gofar'}) SET m.schema = $schema"
SET_VERSION = "MATCH (m:GofarMeta {id: 'gofar'}) SET m.version = $version"
# SET takes the node's write lock, even to the same value, before the version is read.
LOCK = "MATCH (m:GofarMeta {id: 'gofar'}) SET m.locked = true RETURN m.version AS version"
HOLDS_ANYTHING = "RETURN EXISTS { MATCH (n) } AS found"
COMPONENTS = (
    "CALL dbms.components() YIELD name, versions, edition"
    " RETURN name, versions[0] AS release, edition LIMIT 1"
)

NODE_LABELS = (
    "UNWIND $ids AS id MATCH (n:GofarNode {id: id})"
    " RETURN collect([n.id, [label IN labels(n) WHERE label <> 'GofarNode'][0]]) AS found"
)
TIES_OF = (
    "UNWIND $ids AS id MATCH (n:GofarNode {id: id})-[r]-()"
    " RETURN collect(DISTINCT [type(r), r.id]) AS found"
)

HOLDERS = (
    "UNWIND $keys AS key MATCH (e:ExternalId {key: key})"
    " RETURN collect([e.value, e.node_id]) AS found"
)
ADD_EXTERNAL_IDS = (
    "UNWIND $rows AS row"
    " CREATE (:ExternalId {key: row[0], kind: row[1], value: row[2], node_id: row[3]})"
)
FORGET_EXTERNAL_IDS = "UNWIND $ids AS id MATCH (e:ExternalId {node_id: id}) DELETE e"

_AUDIT_NAMES = tuple(field.name for field in fields(AuditEntry))
_AUDIT_VALUES = ", ".join(f"e.{name}" for name in _AUDIT_NAMES)
APPEND_AUDIT = (
    "UNWIND $rows AS row CREATE (:AuditEntry {"
    + ", ".join(f"{name}: row[{place}]" for place, name in enumerate(_AUDIT_NAMES))
    + "})"
)
# Both orders are those of an index, so the server streams them and sorts nothing in memory.
AUDIT = (
    "MATCH (e:AuditEntry) WHERE e.version > $after AND e.position IS NOT NULL"
    f" RETURN {_AUDIT_VALUES} ORDER BY e.version, e.position"
)
AUDIT_OF_IMPORT = (
    "MATCH (e:AuditEntry)"
    " WHERE e.import_id = $import_id AND e.version > $after AND e.position IS NOT NULL"
    f" RETURN {_AUDIT_VALUES} ORDER BY e.import_id, e.version, e.position"
)

# No text of ours may hold a control character: the model refuses it.
SEPARATOR = "\x1f"
_ESCAPED_SEPARATOR = "\\u001F"
_PIECE = 50

_ENDS = {"from_id": "a.id", "to_id": "b.id"}

WHEN_TOLD: dict[str, float | str] = {"confidence": 1.0, "basis": ""}
"""What a told fact has in the columns in which each inferred one may have a value of its own."""
# Columns of provenance with few values each: sent once for all facts that share them.
GROUPED = tuple(spec.name for spec in fields_of(Provenance) if spec.name not in WHEN_TOLD)

UNKNOWN: dict[Storage, float | str] = {Storage.NUMBER: float("nan"), Storage.DATE: "NaT"}
"""What stands for a missing value in a column, since collect() leaves nulls out."""


def _word(name: str) -> str:
    """Return a word of the model; anything else must never become text of a query."""
    assert name.isascii(), name
    assert name.isidentifier(), name
    return name


def _label(record_class: type[Record]) -> str:
    return _word(record_class.label)


def column_names(record_class: type[Record]) -> list[str]:
    """Return the names of all columns of a kind's rows, ends of ties included."""
    return [_word(spec.name) for spec in row_specs(record_class)]


def _is_tie(record_class: type[Record]) -> bool:
    return issubclass(record_class, Relationship)


def _value(record_class: type[Record], name: str) -> str:
    return _ENDS[name] if _is_tie(record_class) and name in _ENDS else f"n.{name}"


def _values(record_class: type[Record]) -> str:
    return ", ".join(_value(record_class, name) for name in column_names(record_class))


def _found_by(record_class: type[Record], value: str) -> str:
    """Return MATCH of one record by its id, so that an index is used."""
    label = _label(record_class)
    if record_class in NODE_KINDS:
        return f"MATCH (n:{COMMON_LABEL} {{id: {value}}}) WHERE n:{label}"
    if _is_tie(record_class):
        return f"MATCH (a)-[n:{label} {{id: {value}}}]->(b)"
    return f"MATCH (n:{label} {{id: {value}}})"


def _between(record_class: type[Relationship]) -> str:
    return f"MATCH (a)-[n:{_label(record_class)}]->(b) WHERE n.id >= $low AND n.id < $high"


def _properties(record_class: type[Record]) -> str:
    """Return the map of properties made from ``row``; ends are the tie's nodes, no properties."""
    is_tie = _is_tie(record_class)
    pairs = (
        f"{name}: row[{place}]"
        for place, name in enumerate(column_names(record_class))
        if not (is_tie and name in _ENDS)
    )
    return "{" + ", ".join(pairs) + "}"


def create_statement(record_class: type[Record]) -> str:
    """Return CREATE of ``$rows``; the ends of a tie must be there."""
    label, properties = _label(record_class), _properties(record_class)
    if _is_tie(record_class):
        names = column_names(record_class)
        start, end = (names.index(name) for name in _ENDS)
        return (
            f"UNWIND $rows AS row MATCH (a:{COMMON_LABEL} {{id: row[{start}]}})"
            f" MATCH (b:{COMMON_LABEL} {{id: row[{end}]}})"
            f" CREATE (a)-[:{label} {properties}]->(b)"
        )
    labels = f"{COMMON_LABEL}:{label}" if record_class in NODE_KINDS else label
    return f"UNWIND $rows AS row CREATE (:{labels} {properties})"


def replace_statement(record_class: type[Record]) -> str:
    """Return SET of all properties from ``$rows``; those that became None go."""
    place = column_names(record_class).index("id")
    found = _found_by(record_class, f"row[{place}]")
    return f"UNWIND $rows AS row {found} SET n = {_properties(record_class)}"


def delete_statement(record_class: type[Record]) -> str:
    """Return DELETE by ``$ids``. Without DETACH: a tie that still hangs on a node is an error."""
    return f"UNWIND $ids AS id {_found_by(record_class, 'id')} DELETE n"


def rows_statement(record_class: type[Record]) -> str:
    """Return the rows with ``$ids`` as one list of lists."""
    found = _found_by(record_class, "id")
    return f"UNWIND $ids AS id {found} RETURN collect([{_values(record_class)}]) AS found"


def rows_between_statement(record_class: type[Relationship]) -> str:
    """Return the rows of ties whose id is in [``$low``, ``$high``) as one list of lists."""
    return f"{_between(record_class)} RETURN collect([{_values(record_class)}]) AS found"


def tie_rows_statement(
    record_class: type[Relationship], *, is_from_given: bool, is_to_given: bool
) -> str:
    """Return the rows of ties that leave ``$ids``, and enter ``$to_ids`` or, alone, ``$ids``."""
    assert is_from_given or is_to_given
    known = f":{COMMON_LABEL} {{id: id}}"
    start, end = (known, "") if is_from_given else ("", known)
    where = " WHERE b.id IN $to_ids" if is_from_given and is_to_given else ""
    return (
        f"UNWIND $ids AS id MATCH (a{start})-[n:{_label(record_class)}]->(b{end}){where}"
        f" RETURN collect([{_values(record_class)}]) AS found"
    )


def ids_statement(record_class: type[Record]) -> str:
    """Return the ids of all nodes or entries of a kind as one list."""
    assert not _is_tie(record_class)
    return f"MATCH (n:{_label(record_class)}) RETURN collect(n.id) AS found"


def _pattern(record_class: type[Record]) -> str:
    label = _label(record_class)
    return f"(a)-[n:{label}]->(b)" if _is_tie(record_class) else f"(n:{label})"


def counts_statement() -> str:
    """Return (kind, count) of every kind."""
    return " UNION ALL ".join(
        f"MATCH {_pattern(record_class)} WITH count(n) AS count"
        f" RETURN '{_word(kind)}' AS kind, count"
        for kind, record_class in KINDS.items()
    )


def collected_names(record_class: type[Fact]) -> list[str]:
    """Return the names of the columns that :func:`columns_statement` gives one by one."""
    return [name for name in column_names(record_class) if name not in GROUPED]


def joined_names(record_class: type[Fact]) -> list[str]:
    """Return the names of the columns that come as pieces of text with SEPARATOR between values.

    The driver takes a microsecond or two for each value, whatever its length.
    """
    storages = {spec.name: spec.storage for spec in row_specs(record_class)}
    texts = {Storage.TEXT, Storage.DATE}
    return [name for name in collected_names(record_class) if storages[name] in texts]


def _collected(record_class: type[Fact], name: str) -> str:
    value = _value(record_class, name)
    if name in WHEN_TOLD:
        # Of told facts it is known, so only that of inferred ones is worth sending.
        return f"collect(CASE WHEN n.inferred THEN {value} END)"
    (spec,) = (spec for spec in row_specs(record_class) if spec.name == name)
    if not spec.is_optional:
        return f"collect({value})"
    return f"collect(coalesce({value}, $unknown_{spec.storage.value}))"


def _joined(name: str) -> str:
    # In pieces, because each step of reduce() copies what is there already.
    return (
        f"[i IN range(0, size({name}) - 1, {_PIECE}) |"
        f" reduce(text = {name}[i], item IN {name}[i + 1..i + {_PIECE}] |"
        f" text + '{_ESCAPED_SEPARATOR}' + item)] AS {name}"
    )


def columns_statement(record_class: type[Fact]) -> str:
    """Return a page of a kind, ``$limit`` facts after ``$skip``: GROUPED values, then columns.

    Without ORDER BY: a scan goes in the order of the store, which is quick, and stays the same
    while nobody writes. Properties are read at once, because one by one takes twice as long.
    """
    ends = "a, b, " if _is_tie(record_class) else ""
    names, joined = collected_names(record_class), joined_names(record_class)
    grouped = ", ".join(f"n.{name} AS {name}" for name in GROUPED)
    lists = ", ".join(f"{_collected(record_class, name)} AS {name}" for name in names)
    sent = ", ".join(_joined(name) if name in joined else name for name in names)
    return (
        f"MATCH {_pattern(record_class)} WITH {ends}n SKIP $skip LIMIT $limit"
        f" WITH {ends}properties(n) AS n WITH {grouped}, {lists}"
        f" RETURN {', '.join(GROUPED)}, {sent}"
    )
