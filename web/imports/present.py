"""A preview as a page: counts by kind, faults by place, and what may be there already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import KINDS, ImportState, Node, Relationship
from web.wording import NameOf, count, statement

if TYPE_CHECKING:
    from seeds import Duplicate, ImportPreview, Problem, Sample

__all__ = ["STATES", "PreviewPage", "preview_page"]

STATES = {
    ImportState.APPLYING: "Not finished",
    ImportState.APPLIED: "Imported",
    ImportState.UNDONE: "Undone",
}

_FAULTS_SHOWN = 200
_DUPLICATES_SHOWN = 100
_SAMPLES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of one kind are new, changed, confirmed and the same."""

    name: str
    adds: int
    updates: int
    confirmed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One record that would be new or changed, in words; ``changed`` names its fields."""

    text: str
    kind: str
    is_new: bool
    changed: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What importing would do; of long lists the first lines, with how many there are."""

    kinds: tuple[KindCount, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    warnings: tuple[Problem, ...]
    warning_count: int
    duplicates: tuple[Duplicate, ...]
    duplicate_count: int
    samples: tuple[SampleLine, ...]
    skipped: tuple[tuple[str, int], ...]
    skipped_count: int
    record_count: int
    changes_anything: bool
    is_known: bool
    recognised_by: str


def preview_page(preview: ImportPreview, name_of: NameOf) -> PreviewPage:
    """Return a preview as its page shows it; ``name_of`` knows what is there already."""
    coming = {sample.id: sample.name for sample in preview.samples}

    def name(node_id: str) -> str:
        return coming.get(node_id) or name_of(node_id)

    kinds = [
        KindCount(
            _plural(kind, 2),
            preview.adds[kind],
            preview.updates[kind],
            preview.confirmed[kind],
            preview.unchanged[kind],
        )
        for kind in KINDS
    ]
    return PreviewPage(
        kinds=tuple(
            kind for kind in kinds if kind.adds + kind.updates + kind.confirmed + kind.unchanged
        ),
        problems=_in_order(preview.problems),
        problem_count=preview.findings.problem_count,
        warnings=_in_order(preview.warnings),
        warning_count=preview.findings.warning_count,
        duplicates=tuple(preview.duplicates[:_DUPLICATES_SHOWN]),
        duplicate_count=preview.duplicate_count,
        samples=tuple(_sample(sample, name) for sample in preview.samples[:_SAMPLES_SHOWN]),
        skipped=tuple(sorted(preview.skipped.items())),
        skipped_count=preview.skipped.total(),
        record_count=preview.record_count,
        # An import that was cut off still has its last step to do.
        changes_anything=preview.changes_anything or preview.earlier is ImportState.APPLYING,
        is_known=preview.earlier is ImportState.APPLIED,
        recognised_by=preview.recognised_by,
    )


def _in_order(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first faults as somebody goes through the files to mend them."""
    found = sorted(faults, key=lambda it: (it.file, it.sheet, it.row or 0))
    return tuple(found[:_FAULTS_SHOWN])


def _sample(sample: Sample, name_of: NameOf) -> SampleLine:
    record = KINDS[sample.kind].from_row(sample.after)
    text = statement(record, name_of) if isinstance(record, Relationship) else sample.name
    return SampleLine(
        text=text,
        kind=sample.kind.replace("_", " "),
        is_new=sample.before is None,
        changed=", ".join(sample.changed).replace("_", " "),
    )


# How a reader calls the ties; nodes say their plural themselves.
_TIES = {
    "offers": "offer",
    "needs": "need",
    "works_in": "area of work",
    "based_in": "office",
    "works_on": "theme of work",
    "serves": "community served",
    "takes_part_in": "part in a project",
    "requires": "skill required",
    "collaborates_with": "partnership",
    "funds": "grant",
    "backbone_of": "support of a member",
    "advances": "contribution to a goal",
    "signed": "signature under a goal",
    "measured": "value of a measure",
    "in_touch_with": "contact",
}
_TIE_PLURALS = {
    "works_in": "areas of work",
    "works_on": "themes of work",
    "serves": "communities served",
    "takes_part_in": "parts in projects",
    "requires": "skills required",
    "backbone_of": "supports of members",
    "advances": "contributions to goals",
    "signed": "signatures under goals",
    "measured": "values of measures",
}


def _plural(kind: str, number: int) -> str:
    record_class = KINDS[kind]
    if issubclass(record_class, Node):
        return record_class.plural.capitalize()
    singular = _TIES.get(kind, kind.replace("_", " "))
    return count(number, singular, _TIE_PLURALS.get(kind, "")).capitalize()
