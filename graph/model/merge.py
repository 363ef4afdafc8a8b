"""The record of two organisations having been made one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from graph.model.fields import Identifier, Name, Word
from graph.model.records import Record

__all__ = ["Merge", "MergeState"]


class MergeState(StrEnum):
    """Whether a merge still stands."""

    STANDING = "standing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Record):
    """One organisation taken into another. Its changes bear this id in the audit log.

    While it stands, whatever speaks of ``merged_id`` speaks of ``kept_id``: an import of the file
    that once brought the merged organisation finds the kept one.
    """

    kind: ClassVar[str] = "merge"
    label: ClassVar[str] = "Merge"

    kept_id: Identifier
    merged_id: Identifier
    merged_name: Name
    merged_source: Name
    reason: Word = ""
    decided_by: Name
    decided_on: date
    state: MergeState = MergeState.STANDING
