"""The audit log: each committed change leaves one entry, in the same transaction as the change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from graph.model import Row

__all__ = ["Action", "AuditEntry"]

# json.dumps() would make one for every row.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


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

    def to_values(self) -> list[Any]:
        """Return the entry as both stores keep it: fields in order, time and rows as text."""
        return [
            self.version,
            self.position,
            self.at.isoformat(),
            self.actor,
            self.import_id,
            self.action.value,
            self.kind,
            self.record_id,
            _as_text(self.before),
            _as_text(self.after),
        ]

    @classmethod
    def from_values(cls, values: Sequence[Any]) -> Self:
        """Make the entry again from what :meth:`to_values` gave."""
        version, position, at, actor, import_id, action, kind, record_id, before, after = values
        return cls(
            version=version,
            position=position,
            at=datetime.fromisoformat(at),
            actor=actor,
            import_id=import_id,
            action=Action(action),
            kind=kind,
            record_id=record_id,
            before=None if before is None else json.loads(before),
            after=None if after is None else json.loads(after),
        )


def _as_text(row: Row | None) -> str | None:
    return None if row is None else _ENCODER.encode(row)
