"""What the fictional network does together: signatures, values over time, and contacts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from graph.model import (
    Advances,
    Collaboration,
    Contact,
    Goal,
    Measure,
    Measurement,
    Project,
    Provenance,
    SignOff,
    Visibility,
)
from seeds.demo.draft import SOURCE, TODAY, Draft
from seeds.demo.truths import Truths

__all__ = ["keep_in_touch", "report_values", "sign_goals"]

_QUARTERS = (
    date(2025, 3, 31),
    date(2025, 6, 30),
    date(2025, 9, 30),
    date(2025, 12, 31),
    date(2026, 3, 31),
    date(2026, 6, 30),
    date(2026, 9, 30),
)
_ROLES = ("hosts", "brings people in", "trains", "raises money", "evaluates", "", "")
_HOW = ("meeting", "call", "e-mail", "visit")
_SHARE_SIGNED = 0.6
_MOST_REPORTERS = 9
_SHARE_REPORTED = 0.9
_SHARE_IN_TOUCH = 0.65
_LONGEST_SILENCE = 600
_MEMBERS_IN_TOUCH = 12


def sign_goals(draft: Draft, truths: Truths, seed: int) -> None:
    """Let most of those who advance a goal sign it; of the last goal only two have.

    All of this module draws from generators of its own, so that the rest stays as it was.
    """
    rng = random.Random(f"signatures {seed}")
    goals = [record.id for record in draft.records if isinstance(record, Goal)]
    for goal in goals:
        willing = [key for key in _advancing(draft, goal) if key in draft.organisations]
        signing = [key for key in willing if rng.random() < _SHARE_SIGNED]
        if goal == goals[-1]:
            signing = signing[:2]
        elif truths.backbone not in signing:
            signing.append(truths.backbone)
        for organisation in signing:
            on = TODAY - timedelta(days=rng.randrange(10, 700))
            told = _told(on, draft.organisations[organisation].name)
            role = rng.choice(_ROLES)
            draft.add(
                SignOff(from_id=organisation, to_id=goal, role=role, signed_on=on, provenance=told)
            )


def report_values(draft: Draft, seed: int) -> None:
    """Report each measure quarter by quarter; some stop after a while, some begin late."""
    rng = random.Random(f"values {seed}")
    goal_of = {
        tie.from_id: tie.to_id
        for tie in draft.records
        if isinstance(tie, Advances) and tie.from_id.startswith("demo-measure-")
    }
    projects = {record.id: record for record in draft.records if isinstance(record, Project)}
    for measure in [record for record in draft.records if isinstance(record, Measure)]:
        among = _advancing(draft, goal_of[measure.id])
        willing = [key for key in among if key in projects or key in draft.organisations]
        for reporter in rng.sample(willing, min(len(willing), _MOST_REPORTERS)):
            value = float(rng.randrange(35, 65) if "%" in measure.unit else rng.randrange(8, 60))
            first, last = rng.choice((0, 0, 0, 2, 4)), rng.choice((7, 7, 7, 7, 3))
            for quarter in _QUARTERS[first:last]:
                value = min(95.0, max(1.0, value + rng.choice((-2, 0, 1, 2, 3, 4))))
                is_kept = rng.random() < _SHARE_REPORTED
                if is_kept and _is_running(projects.get(reporter), quarter):
                    name = draft.organisations[reporter].name if reporter not in projects else ""
                    draft.add(
                        Measurement(
                            from_id=reporter,
                            to_id=measure.id,
                            measured_on=quarter,
                            value=value,
                            provenance=_told(quarter + timedelta(days=20), name),
                        )
                    )


def keep_in_touch(draft: Draft, truths: Truths, seed: int) -> None:
    """Note when partners were in touch, for most of them; and when the backbone saw members.

    Whoever may not see a tie doesn't see its contacts either.
    """
    rng = random.Random(f"contacts {seed}")
    ties = [
        tie
        for tie in draft.records
        if isinstance(tie, Collaboration) and not tie.provenance.inferred
    ]
    for tie in ties:
        if rng.random() < _SHARE_IN_TOUCH:
            for day in _days(rng, rng.choice((1, 1, 2, 3, 5))):
                _note(draft, rng, tie.from_id, tie.to_id, day, tie.provenance.visibility)
    free = [key for key in draft.organisations if key not in {truths.backbone, *truths.isolates}]
    for member in rng.sample(free, _MEMBERS_IN_TOUCH):
        for day in _days(rng, 1):
            _note(draft, rng, truths.backbone, member, day, Visibility.MEMBERS)


def _is_running(project: Project | None, day: date) -> bool:
    if project is None:
        return True
    return (project.starts_on or day) <= day <= (project.ends_on or day)


def _note(
    draft: Draft, rng: random.Random, one: str, other: str, day: date, visibility: Visibility
) -> None:
    how = rng.choice(_HOW)
    told = _told(day, visibility=visibility)
    draft.add(Contact(from_id=one, to_id=other, happened_on=day, how=how, provenance=told))


def _days(rng: random.Random, count: int) -> Iterator[date]:
    for _ in range(count):
        # Recent contacts are more common: the smaller of two draws.
        ago = min(rng.randrange(1, _LONGEST_SILENCE), rng.randrange(1, _LONGEST_SILENCE))
        yield TODAY - timedelta(days=ago)


def _advancing(draft: Draft, goal: str) -> list[str]:
    return [tie.from_id for tie in draft.records if isinstance(tie, Advances) and tie.to_id == goal]


def _told(on: date, by: str = "", *, visibility: Visibility = Visibility.MEMBERS) -> Provenance:
    return Provenance(
        source=SOURCE,
        asserted_by=by or "network coordinator",
        first_seen=on,
        last_confirmed=on,
        visibility=visibility,
    )
