"""Introductions: what became of a suggested pair, as one of the two tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from graph.model.fields import Prose, Share, Word
from graph.model.records import Relationship

__all__ = ["COOL_OFF_DAYS", "DeclineReason", "Introduction", "IntroductionState"]


class IntroductionState(StrEnum):
    """How far an introduction has come; the last two ended it."""

    SUGGESTED = "suggested"
    SHORTLISTED = "shortlisted"
    INTRODUCED = "introduced"
    MET = "met"
    COLLABORATING = "collaborating"
    DECLINED = "declined"
    LAPSED = "lapsed"


class DeclineReason(StrEnum):
    """Why nothing came of it."""

    NOT_SAID = "not said"
    NO_TIME = "no time"
    NOT_NOW = "not now"
    NOT_OUR_WORK = "not our work"
    TOO_FAR = "too far"
    TOO_DIFFERENT = "too different"
    KNOWN_ALREADY = "known already"
    BAD_EXPERIENCE = "bad experience"
    OTHER = "other"


COOL_OFF_DAYS: dict[IntroductionState, int] = {
    IntroductionState.DECLINED: 365,
    IntroductionState.LAPSED: 90,
}
"""Days for which a pair isn't suggested again where no day is set, by how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction(Relationship):
    """What became of introducing an organisation to another, as the first one tells it.

    ``introduced_by`` names who introduces them, if somebody does. A pair that was
    ``declined`` or has ``lapsed`` isn't suggested again before ``again_after``: if that isn't set,
    for 365 or 90 days. ``usefulness`` is from 0, no use, to 1. Only coordinators and the first
    organisation ever see it; the other may have told its own.
    """

    kind: ClassVar[str] = "introduced_to"
    label: ClassVar[str] = "INTRODUCED_TO"
    reverse: ClassVar[str] = "was introduced"
    from_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    to_kinds: ClassVar[tuple[str, ...]] = ("organisation",)
    is_confidential: ClassVar[bool] = True

    state: IntroductionState = IntroductionState.SUGGESTED
    introduced_by: Word = ""
    reason: DeclineReason = DeclineReason.NOT_SAID
    words: Prose = ""
    usefulness: Share | None = None
    decided_by: Word = ""
    decided_on: date | None = None
    again_after: date | None = None

    @property
    def cools_until(self) -> date | None:
        """Return the day from which the pair may be suggested again; None if it may all along."""
        days = COOL_OFF_DAYS.get(self.state)
        if days is None:
            return None
        decided = self.decided_on or self.provenance.last_confirmed
        # The last days that the calendar knows have no year after them.
        room = (date.max - decided).days
        return self.again_after or decided + timedelta(days=min(days, room))
