"""What somebody typed into a form that writes: field by field, each fault kept by its field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import InputError, InvalidRecord, UnknownOrganisation
from web.door import Door

if TYPE_CHECKING:
    from seeds.upkeep import Done

__all__ = ["Entry"]

_LIKE = 3


class Entry:
    """Reads fields and writes if none is at fault; ``faults`` tells what is wrong with which."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return (field, fault) in the order in which they were found."""
        return list(self.faults.items())

    def text(self, field: str, typed: str, why: str) -> str:
        """Return what can't be left out; ``why`` asks for it."""
        if not typed:
            self.faults[field] = why
        return typed

    def day(self, field: str, typed: str, *, is_needed: bool = True) -> date | None:
        """Return a day, or None where none was typed."""
        if not typed and not is_needed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.faults[field] = "Write a day such as 2026-03-31."
        return None

    def number(self, field: str, typed: str) -> float:
        """Return a finite number; 1,250.5 is read, too."""
        try:
            value = float(typed.replace(",", ""))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.faults[field] = "Write a number such as 120 or 12.5."
        return value

    def organisation(self, field: str, typed: str, door: Door) -> str:
        """Return the id of an organisation that was typed."""
        return self.found(field, typed, lambda: door.find(typed), door)

    def found(self, field: str, typed: str, find: Callable[[], str], door: Door) -> str:
        """Return what ``find`` finds for a text, or "" and a fault."""
        if not typed:
            self.faults[field] = "Write the name of an organisation."
            return ""
        try:
            return find()
        except UnknownOrganisation:
            near = [f"“{door.name_of(key)}”" for key in door.nearest(typed, _LIKE)]
            asked = f" Did you mean {' or '.join(near)}?" if near else ""
            self.faults[field] = f"We know nobody called “{typed[:100]}”.{asked}"
        except InputError as error:
            self.faults[field] = f"{error.message} {error.remedy}".strip()
        return ""

    def written(
        self, write: Callable[[], Done], fields: Mapping[str, str], *, otherwise: str
    ) -> Done | None:
        """Write unless something is at fault; return None if anything is.

        ``fields`` are the fields of the form by those of the record; what is wrong with any other
        is said of the field ``otherwise``.
        """
        if self.faults:
            return None
        try:
            return write()
        except InvalidRecord as error:
            field = fields.get(error.field, otherwise)
            self.faults[field] = f"This {error.why}. {error.remedy}".strip()
        except InputError as error:
            self.faults[otherwise] = f"{error.message} {error.remedy}".strip()
        return None
