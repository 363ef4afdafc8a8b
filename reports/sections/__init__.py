"""The sections of a report, in the order in which they stand."""

from __future__ import annotations

from reports.part import Writer
from reports.sections.changes import changes
from reports.sections.conditions import five_conditions
from reports.sections.fragile import fragile
from reports.sections.gaps import gaps
from reports.sections.introductions import introductions
from reports.sections.next_introductions import next_introductions
from reports.sections.structure import structure

__all__ = ["WRITERS"]

WRITERS: tuple[Writer, ...] = (
    changes,
    gaps,
    fragile,
    structure,
    introductions,
    next_introductions,
    five_conditions,
)
