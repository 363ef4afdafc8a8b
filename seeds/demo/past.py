"""How the fictional network came to be: a year of it, month by month.

Every fact comes in the month in which it was first seen, some are confirmed later, and a few needs,
offers and collaborations end on the way. What is left at the end is the network of
:func:`seeds.demo.demo_records`, and the introductions that were made meanwhile.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from graph.contract import GraphStore
from graph.model import (
    Collaboration,
    DeclineReason,
    Fact,
    Introduction,
    IntroductionState,
    Need,
    Node,
    Offer,
    Provenance,
    Relationship,
    Visibility,
)
from seeds.demo.draft import SOURCE, TODAY
from seeds.demo.world import SEED, demo_records, demo_truths

__all__ = ["BEGINNING", "Step", "demo_past", "play"]

BEGINNING = date(2025, 9, 30)
"""The day on which the year of the fictional network begins."""

_ENDING_NEEDS, _ENDING_OFFERS, _ENDING_TIES = 30, 8, 10
_UNANSWERED = (
    (IntroductionState.DECLINED, DeclineReason.NO_TIME),
    (IntroductionState.DECLINED, DeclineReason.TOO_FAR),
    (IntroductionState.LAPSED, DeclineReason.NOT_SAID),
    (IntroductionState.MET, DeclineReason.NOT_SAID),
    (IntroductionState.MET, DeclineReason.NOT_SAID),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What became known on a day, and which facts ended: (kind, id) each."""

    on: date
    facts: tuple[Fact, ...]
    ended: tuple[tuple[str, str], ...]


def demo_past(seed: int = SEED) -> tuple[Step, ...]:
    """Return the year, a step at its beginning and one at the end of each month up to its day."""
    facts = tuple(record for record in demo_records(seed) if isinstance(record, Fact))
    rng = random.Random(seed)
    known_on = _known_on(facts)
    free = _known_all_along(facts, known_on, seed)
    days = tuple(_month_ends(BEGINNING, TODAY))
    ending = {day: _some_ending(rng, facts, free) for day in days[1:-1]}
    told: dict[date, list[Fact]] = {day: [] for day in days}
    ended: dict[date, list[tuple[str, str]]] = {day: [] for day in days}
    for fact in facts:
        for day, state in _states(fact, known_on[fact.id], days):
            told[day].append(state)
    taken: set[str] = {fact.id for fact in facts}
    for day, some in ending.items():
        for fact in some:
            if fact.id not in taken:
                taken.add(fact.id)
                told[BEGINNING].append(fact)
                ended[day].append((fact.kind, fact.id))
    for introduction in _introductions(rng, facts, known_on, free):
        told[_recorded(introduction.provenance.last_confirmed, days)].append(introduction)
    return tuple(Step(day, tuple(told[day]), tuple(ended[day])) for day in days)


def play(store: GraphStore, step: Step, actor: str) -> None:
    """Write one step, at six in the evening of its day as the audit log tells it."""
    clock = store.clock
    at = datetime.combine(step.on, time(18), UTC)
    store.clock = staticmethod(lambda: at)
    try:
        with store.transaction(actor) as tx:
            tx.upsert(*step.facts)
            for kind, record_id in step.ended:
                tx.delete(kind, [record_id])
    finally:
        store.clock = clock


def _month_ends(first: date, last: date) -> Iterator[date]:
    day = first
    while day < last:
        yield day
        start = day + timedelta(days=1)
        day = start.replace(day=monthrange(start.year, start.month)[1])
    yield last


def _recorded(known: date, days: tuple[date, ...]) -> date:
    """Return the step at which something known on a day is written down."""
    return next(day for day in days if day >= known)


def _known_on(facts: Iterable[Fact]) -> dict[str, date]:
    """Return when each fact can have been known: a tie not before its ends."""
    nodes = {
        # The words of a vocabulary have been there all along.
        fact.id: fact.provenance.first_seen if fact.provenance.source == SOURCE else BEGINNING
        for fact in facts
        if isinstance(fact, Node)
    }
    ties = {
        fact.id: max(fact.provenance.first_seen, nodes[fact.from_id], nodes[fact.to_id])
        for fact in facts
        if isinstance(fact, Relationship)
    }
    return {**nodes, **ties}


def _states(fact: Fact, known: date, days: tuple[date, ...]) -> Iterator[tuple[date, Fact]]:
    """Yield when a fact is written down and how it reads: at first, and once it is confirmed."""
    first = _recorded(known, days)
    told = fact.provenance
    if told.source != SOURCE or told.last_confirmed <= first:
        yield first, fact
        return
    yield first, replace(fact, provenance=replace(told, last_confirmed=told.first_seen))
    yield _recorded(told.last_confirmed, days), fact


def _some_ending(
    rng: random.Random, facts: tuple[Fact, ...], free: list[str]
) -> list[Relationship]:
    """Return needs, offers and collaborations that were there once and end on one day."""
    skills = sorted({fact.to_id for fact in facts if isinstance(fact, (Need, Offer))})
    until = Provenance(
        source=SOURCE,
        asserted_by="network coordinator",
        first_seen=BEGINNING - timedelta(days=rng.randrange(30, 700)),
        last_confirmed=BEGINNING,
        visibility=Visibility.MEMBERS,
    )

    def some(count: int) -> int:
        return count // 12 + (rng.random() < count % 12 / 12)

    found: list[Relationship] = []
    for kind, count in ((Need, _ENDING_NEEDS), (Offer, _ENDING_OFFERS)):
        for _ in range(some(count)):
            ends = rng.choice(free), rng.choice(skills)
            found.append(kind(from_id=ends[0], to_id=ends[1], provenance=until))
    for _ in range(some(_ENDING_TIES)):
        one, other = rng.sample(free, 2)
        found.append(Collaboration(from_id=one, to_id=other, how="referrals", provenance=until))
    return found


def _known_all_along(facts: tuple[Fact, ...], known_on: dict[str, date], seed: int) -> list[str]:
    """Return the organisations of the whole year that no planted truth is about."""
    truths = demo_truths(seed)
    planted = {
        truths.backbone,
        truths.broker,
        truths.single_provider,
        *(member for silo in truths.silos for member in silo),
        *truths.isolates,
        *(member for pair in (*truths.pairs, *truths.partnered_pairs) for member in pair),
        *(truths.seeker, truths.mutual, truths.one_sided),
    }
    return sorted(
        fact.id
        for fact in facts
        if fact.kind == "organisation" and known_on[fact.id] <= BEGINNING and fact.id not in planted
    )


def _introductions(
    rng: random.Random, facts: tuple[Fact, ...], known_on: dict[str, date], free: list[str]
) -> Iterator[Introduction]:
    """Yield introductions: those behind new collaborations, and some that came to nothing."""
    partners: set[tuple[str, str]] = set()
    for fact in facts:
        if not isinstance(fact, Collaboration):
            continue
        partners.add((fact.from_id, fact.to_id))
        began = known_on[fact.id]
        is_new = BEGINNING + timedelta(days=100) < began <= TODAY
        is_told = not fact.provenance.inferred
        if is_new and is_told and {fact.from_id, fact.to_id} <= set(free):
            yield from _story(fact.from_id, fact.to_id, began, IntroductionState.COLLABORATING)
    for number, (state, reason) in enumerate(_UNANSWERED):
        one, other = sorted(rng.sample(free, 2))
        if (one, other) not in partners:
            on = BEGINNING + timedelta(days=120 + 60 * number)
            yield from _story(one, other, on, state, reason)


def _story(
    one: str,
    other: str,
    ended: date,
    state: IntroductionState,
    reason: DeclineReason = DeclineReason.NOT_SAID,
) -> Iterator[Introduction]:
    """Yield how an introduction read, from the day it was made to the day of its outcome."""
    for days, what, why in (
        (75, IntroductionState.INTRODUCED, DeclineReason.NOT_SAID),
        (0, state, reason),
    ):
        on = ended - timedelta(days=days)
        yield Introduction(
            from_id=one,
            to_id=other,
            state=what,
            reason=why,
            decided_by="network coordinator",
            decided_on=on,
            provenance=Provenance(
                source=SOURCE,
                asserted_by="network coordinator",
                first_seen=ended - timedelta(days=75),
                last_confirmed=on,
                visibility=Visibility.COORDINATORS,
            ),
        )
