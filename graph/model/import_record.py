"""The record of one import: what came in, when, by whom, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from graph.model.fields import Count, Name, Word
from graph.model.records import Record

__all__ = ["ImportRecord", "ImportState"]


class ImportState(StrEnum):
    """Where an import stands. An interrupted one stays ``applying`` until repeated or undone."""

    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord(Record):
    """One import. Its changes carry its id in the audit log, so that it can be undone.

    ``digest`` is the SHA-256 of what was read; ``asserted_on`` the day these bytes first came in;
    ``begun_at_version`` the version of the store by then, which puts imports in order.
    """

    kind: ClassVar[str] = "import_record"
    label: ClassVar[str] = "ImportRecord"

    source: Word
    file_name: Name
    digest: Word
    actor: Name
    asserted_on: date
    state: ImportState
    begun_at_version: Count = 0
    added: Count = 0
    updated: Count = 0
    skipped: Count = 0
