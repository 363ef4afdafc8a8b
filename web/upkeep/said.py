"""What has just been answered, as the next page tells it, with the way back."""

from __future__ import annotations

from dataclasses import dataclass

from graph.access import Action, can
from graph.model import ImportState
from web.door import Door
from web.wording import count, number

__all__ = ["Said", "said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What happened; ``undo`` is the id that takes it back, '' where nothing can be."""

    text: str
    undo: str = ""


def said(door: Door, done: str, rest: int = 0) -> Said | None:
    """Return what an answer did, by the id that undoes it; None where there was none."""
    if not done or not can(door.viewer, Action.CURATE):
        return None
    record = door.desk.answer(done)
    if record is None:
        return Said("Nothing had to be changed: somebody was there first.")
    if record.state is ImportState.UNDONE:
        stays = f" {number(rest)} {count(rest, 'stays', 'stay')} as changed since." if rest else ""
        return Said(f"Taken back: {record.file_name[:1].lower()}{record.file_name[1:]}.{stays}")
    left = f" {number(rest)} needed no answer any more." if rest else ""
    return Said(f"{record.file_name}.{left}", record.id)
