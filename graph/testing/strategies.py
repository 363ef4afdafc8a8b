"""Hypothesis strategies for every kind of record, made from the model: valid but nasty.

A new kind or field needs no line here, unless two of its fields must agree (see ``_IN_ORDER``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from graph.errors import InvalidRecord
from graph.model import (
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Fact,
    FieldSpec,
    Node,
    Provenance,
    Record,
    Relationship,
    Storage,
    Visibility,
    fields_of,
)
from graph.model.fields import Number, Text

__all__ = ["HOSTILE", "identifiers", "provenances", "records", "values_of", "worlds"]

R = TypeVar("R", bound=Record)

HOSTILE = (
    "'; DROP TABLE organisation; --",
    "}) DETACH DELETE n //",
    "`]->() SET x:Admin //",
    "$id {id: $id} {{7*7}} %s %(id)s ?1 :id",
    '"quoted\\"" \\u0027 \\',
    "<script>alert('x')</script> & &amp;",
    '=HYPERLINK("x")',
    "00012345",
    "1e5",
    "NULL",
    "None",
    "NaT",
    "nan",
    "true",
    "Canolfan Gymunedol Tŷ Cariad",
    "جمعية التعاون",
    "עמותת השכנים",
    "\u202eright to left\u202c",
    "é",
    "e\u0301",
    "İıſß ﬁ",
    "👩\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "\U0001d4a2\U0001d4f8 \U0001f9ee",
    "\ufefffirst",
    "zero\u200bwidth",
    "two\nlines\tand\r\ntabs",
    "|",
    "a|b",
    "\uffff",
)
_LONGEST = 40
_MOST_ITEMS = 3
_INT64 = 2**63 - 1
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r")
_TEXT = st.sampled_from(HOSTILE) | st.text(_CHARACTERS, max_size=_LONGEST)

# Pairs of fields of which the second must not come before the first.
_IN_ORDER = (("starts_on", "ends_on"), ("since", "until"), ("period_start", "period_end"))
# Fields with a rule of their own, which the type doesn't tell.
_SPECIAL: dict[str, SearchStrategy[Any]] = {"currency": st.sampled_from(("GBP", "EUR", "ZZZ"))}


def _text(rule: Text) -> SearchStrategy[str]:
    made = _TEXT.map(lambda text: text[: rule.longest])
    return made if rule.blank else made.filter(lambda text: bool(text.strip()))


def identifiers() -> SearchStrategy[str]:
    """Return a strategy for our own ids."""
    return _TEXT.map(str.strip).filter(bool)


def _filled(spec: FieldSpec) -> SearchStrategy[Any]:
    if spec.name in _SPECIAL:
        return _SPECIAL[spec.name]
    if spec.choices is not None:
        return st.sampled_from(spec.choices)
    number = spec.rule if isinstance(spec.rule, Number) else Number()
    match spec.storage:
        case Storage.TEXT:
            return _text(spec.rule if isinstance(spec.rule, Text) else Text(20_000))
        case Storage.TEXTS:
            items = _text(Text(500, blank=False))
            return st.lists(items, max_size=_MOST_ITEMS, unique=True).map(tuple)
        case Storage.NUMBER:
            return st.floats(number.at_least, number.at_most).filter(
                lambda value: abs(value) < _INF
            )
        case Storage.COUNT:
            lowest, highest = max(number.at_least, -_INT64), min(number.at_most, _INT64)
            return st.integers(int(lowest), int(highest))
        case Storage.FLAG:
            return st.booleans()
        case Storage.DATE:
            return st.dates()


_INF = float("inf")


def values_of(spec: FieldSpec) -> SearchStrategy[Any]:
    """Return a strategy for one field, None included where the field may be empty."""
    return st.none() | _filled(spec) if spec.is_optional else _filled(spec)


@st.composite
def provenances(draw: st.DrawFn) -> Provenance:
    """Draw where a fact comes from."""
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    is_inferred = draw(st.booleans())
    return Provenance(
        source=draw(_text(Text(500, blank=False))),
        asserted_by=draw(_text(Text(500, blank=False))),
        first_seen=first,
        last_confirmed=last,
        inferred=is_inferred,
        confidence=draw(st.floats(0, 1, exclude_min=True)) if is_inferred else 1.0,
        basis=draw(_text(Text(500))) if is_inferred else "",
        visibility=draw(st.sampled_from(Visibility)),
    )


@st.composite
def records(draw: st.DrawFn, /, record_class: type[R], **given: Any) -> R:
    """Draw a record; ``given`` fixes some of its fields."""
    values = dict(given)
    for spec in fields_of(record_class):
        is_tie_id = spec.name == "id" and issubclass(record_class, Relationship)
        if spec.name in values or is_tie_id:
            continue
        is_id = spec.name in {"id", "from_id", "to_id"}
        values[spec.name] = draw(identifiers() if is_id else values_of(spec))
    for low, high in _IN_ORDER:
        days = values.get(low), values.get(high)
        if isinstance(days[0], date) and isinstance(days[1], date):
            values[low], values[high] = sorted(days)  # type: ignore[type-var]
    if issubclass(record_class, Fact) and "provenance" not in values:
        values["provenance"] = draw(provenances())
    try:
        return record_class(**values)
    except InvalidRecord:
        reject()


@st.composite
def worlds(draw: st.DrawFn, *, most_nodes: int = 6, most_ties: int = 8) -> tuple[Fact, ...]:
    """Draw nodes, and ties whose ends are among them; no external id is claimed twice."""
    told = draw(st.lists(provenances(), min_size=1, max_size=2))
    ids = draw(st.lists(identifiers(), min_size=1, max_size=most_nodes, unique=True))
    nodes: list[Node] = []
    claimed: set[tuple[str, str]] = set()
    for node_id in ids:
        kind = draw(st.sampled_from(NODE_KINDS))
        node = draw(records(kind, id=node_id, provenance=draw(st.sampled_from(told))))
        free = tuple(text for text in node.external_ids if (kind.kind, text) not in claimed)
        claimed |= {(kind.kind, text) for text in free}
        nodes.append(replace(node, external_ids=free))
    possible = [
        (tie_kind, start, end)
        for tie_kind in RELATIONSHIP_KINDS
        for start in nodes
        for end in nodes
        if start.kind in tie_kind.from_kinds and end.kind in tie_kind.to_kinds and start != end
    ]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=most_ties)) if possible else []
    ties: dict[str, Relationship] = {}
    for tie_kind, start, end in chosen:
        provenance = draw(st.sampled_from(told))
        tie = draw(records(tie_kind, from_id=start.id, to_id=end.id, provenance=provenance))
        ties[tie.id] = tie
    return (*nodes, *ties.values())
