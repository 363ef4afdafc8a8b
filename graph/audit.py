"""The audit log: each committed change leaves one entry, in the same transaction as the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.model import Row

__all__ = ["Action", "AuditEntry"]


class Action(StrEnum):
    """What a change did to a record."""

    ADD = "add"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who changed what, when, and how it read before and after.

    ``version`` is the version of the store that the change made; ``position`` counts the changes
    of that version from 0. Together they order the log. ``at`` is aware UTC.
    """

    version: int
    position: int
    at: datetime
    actor: str
    import_id: str
    action: Action
    kind: str
    record_id: str
    before: Row | None
    after: Row | None
