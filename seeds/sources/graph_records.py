"""From the nodes and edges of any drawn network to records: our own exports and foreign drawings.

The parts are read three times: to learn which nodes there are, to make records of them, and to
make records of the ties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import InvalidRecord, a
from graph.model import RELATIONSHIP_KINDS, Node, Record, Relationship, Visibility
from seeds.interchange.facts import KIND, fact_of, kind_of
from seeds.interchange.spelling import Spelling
from seeds.problems import Problem, Skipped, problem_of
from seeds.reading.graph_parts import Element, Link, Part
from seeds.sources.base import Context, Item
from seeds.sources.graph_nodes import node_records, told_of
from seeds.sources.graph_survey import TERMS, Seen, Survey, holders_of, ours_of
from seeds.sources.graph_ties import tie_records
from seeds.sources.graph_words import PERSON

__all__ = ["GraphRecords"]

_AT_ONCE = 2_000
_TIES: dict[str, type[Relationship]] = {tie.kind: tie for tie in RELATIONSHIP_KINDS}


@dataclass(slots=True)
class GraphRecords:
    """One reading of ``parts``; ``spelling`` says how our own exports spell text in a file."""

    context: Context
    parts: Callable[[], Iterator[Part]]
    spelling: Callable[[str], Spelling]
    _survey: Survey = field(init=False)
    _named: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._survey = Survey(self.context, self.spelling)

    def items(self) -> Iterator[Item]:
        """Yield the records, nodes before ties, and what is wrong or left out."""
        yield from self._survey.take(self.parts())
        yield from self._node_records()
        for part in self.parts():
            if isinstance(part, Link):
                self.context.where = part.where
                yield from self._link(part)

    # --- nodes -------------------------------------------------------------------------------

    def _node_records(self) -> Iterator[Item]:
        waiting: list[tuple[Element, Node]] = []
        claimed: dict[tuple[str, str], str] = {}
        for number, part in enumerate(self.parts()):
            seen = self._survey.by_number.get(number)
            if not isinstance(part, Element) or seen is None or seen.kind == PERSON:
                continue
            if not seen.is_ours:
                yield from self._foreign_records(part, seen)
                continue
            values = ours_of(part.attributes) | {"id": part.id or part.label, "name": part.label}
            made = self._fact(part, values)
            if isinstance(made, Node):
                waiting.append((part, made))
            else:
                seen.kind = ""
                yield made
            if len(waiting) >= _AT_ONCE:
                yield from self._without_taken(waiting, claimed)
                waiting.clear()
        yield from self._without_taken(waiting, claimed)

    def _fact(self, part: Element | Link, values: dict[str, Any]) -> Record | Problem:
        try:
            return fact_of(kind_of(values), values, self.spelling(part.where.file))
        except InvalidRecord as error:
            return problem_of(part.where.at(error.field), error)

    def _without_taken(
        self, waiting: list[tuple[Element, Node]], claimed: dict[tuple[str, str], str]
    ) -> Iterator[Item]:
        """Yield nodes without the external ids that another node has, here or in the store."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for _, node in waiting:
            wanted[node.kind] += node.external_ids
        held = {kind: holders_of(self.context, kind, ids) for kind, ids in wanted.items() if ids}
        for element, node in waiting:
            kept: list[str] = []
            for external_id in node.external_ids:
                holder = held[node.kind].get(external_id, node.id)
                holder = claimed.setdefault((node.kind, external_id), holder)
                if holder == node.id:
                    kept.append(external_id)
                else:
                    yield element.where.at("external_ids").problem(
                        external_id,
                        f"belongs to another {node.kind} already, so {node.id!r} can't have it too",
                        remedy="Correct the identifier, or use the same id for both.",
                    )
            whole = len(kept) == len(node.external_ids)
            yield node if whole else replace(node, external_ids=tuple(kept))

    def _foreign_records(self, element: Element, seen: Seen) -> Iterator[Item]:
        if not seen.is_told:
            yield Skipped("a node that another row speaks of already", element.where)
            return
        term_kind = TERMS.get(seen.kind)
        term = self.context.find(term_kind, seen.name) if term_kind else None
        if term_kind is not None and term is not None and term.id == seen.id:
            yield from self.context.nodes_of(term_kind, term)
            return
        yield from told_of(element.where, element.attributes).skipped(self._named)
        told = self.context.provenance(element.where.file, visibility=Visibility.MEMBERS)
        for item in node_records(
            element,
            seen.kind,
            seen.id,
            seen.name,
            seen.type,
            seen.external_ids,
            self.context,
            told,
        ):
            if isinstance(item, Problem) and not item.is_warning:
                seen.kind = ""  # its ties have to be left out with it
            if not (isinstance(item, Relationship) and not seen.kind):
                yield item

    # --- ties --------------------------------------------------------------------------------

    def _link(self, link: Link) -> Iterator[Item]:
        start = yield from self._survey.end(link, "source", link.source)
        end = yield from self._survey.end(link, "target", link.target)
        if start is None or end is None:
            return
        ours = ours_of(link.attributes)
        if not ours:
            told = told_of(link.where, link.attributes)
            yield from told.skipped(self._named)
            provenance = self.context.provenance(link.where.file, visibility=Visibility.MEMBERS)
            words = link.type or told.text("label")
            yield from tie_records(start, end, words, told, provenance)
            return
        tie_class = _TIES.get(kind_of(ours))
        if tie_class is None:
            yield link.where.at(KIND).problem(
                kind_of(ours), f"is not one of {', '.join(_TIES)}", remedy="Correct the word."
            )
            return
        for side, found, allowed in (
            ("source", start, tie_class.from_kinds),
            ("target", end, tie_class.to_kinds),
        ):
            if found.kind not in allowed:
                yield link.where.at(side).problem(
                    found.id, f"is {a(found.kind)}, not {' or '.join(map(a, allowed))}"
                )
                return
        spelling = self.spelling(link.where.file)
        ends = {"from_id": spelling.write(start.id), "to_id": spelling.write(end.id)}
        yield self._fact(link, ours | ends)
