"""The fictional network in the making: records so far, and how a made-up fact is dated."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph.model import (
    BasedIn,
    Collaboration,
    Need,
    Offer,
    Organisation,
    Provenance,
    Record,
    Relationship,
    Serves,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import places
from seeds.demo.activities import ACTIVITIES, Activity
from seeds.demo.boroughs import OUTCODES
from seeds.demo.names import NameMaker, slug

__all__ = ["SOURCE", "TODAY", "Draft", "Sketch"]

SOURCE = "demo: fictional network"
TODAY = date(2026, 11, 1)
"""The day on which the fictional network stands still."""

_COORDINATOR = "network coordinator"
_DAYS_OF_CONFIRMATION = 3 * 365
_LONGEST_KNOWN_DAYS = 900
_SHARE_INFERRED = 0.08
_SHARE_PUBLIC = 0.15
_TYPES = (
    "charity",
    "charity",
    "charitable incorporated organisation",
    "charitable incorporated organisation",
    "community interest company",
    "unincorporated group",
    "co-operative",
)
_HOW_LONG = (
    "in people’s homes and on the street",
    "with a handful of staff and many volunteers",
    "since a group of neighbours got together",
    "in borrowed rooms",
    "with people who have been there themselves",
    "seven days a week",
    "wherever the need is greatest",
    "and never turns anybody away",
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the making of the network needs to know about an organisation."""

    id: str
    name: str
    activity: str
    borough: str
    is_planted: bool


def _plausible(record: Record) -> Record:
    """Return the record, confirmed no earlier than the day it speaks of."""
    if not isinstance(record, Relationship):
        return record
    days = [getattr(record, name, None) for name in ("since", "awarded_on")]
    spoken_of = max((day for day in days if day), default=None)
    told = record.provenance
    if spoken_of is None or spoken_of <= told.last_confirmed:
        return record
    return replace(record, provenance=replace(told, last_confirmed=spoken_of))


class Draft:
    """Collects records; the first word on a record stands. One generator drives it all."""

    def __init__(self, seed: int, taken: str) -> None:
        self.rng = random.Random(seed)
        self.names = NameMaker(self.rng, taken)
        self.organisations: dict[str, Sketch] = {}
        self.offers: dict[str, list[str]] = defaultdict(list)
        self.needs: dict[str, list[str]] = defaultdict(list)
        self.partners: dict[str, set[str]] = defaultdict(set)
        self._records: dict[tuple[str, str], Record] = {}

    @property
    def records(self) -> tuple[Record, ...]:
        """Return all records made so far, in the order of their making."""
        return tuple(self._records.values())

    def add(self, record: Record) -> bool:
        """Add a record, and say whether it is new."""
        key = (record.kind, record.id)
        if key in self._records:
            return False
        self._records[key] = _plausible(record)
        return True

    def hide(self, tie: Relationship, visibility: Visibility) -> None:
        """Narrow the circle of those who see a tie."""
        key = (tie.kind, tie.id)
        self._records[key] = replace(tie, provenance=replace(tie.provenance, visibility=visibility))

    def told(self, by: str = _COORDINATOR, *, visibility: Visibility | None = None) -> Provenance:
        """Return the provenance of a fact that somebody told, some day in the last three years."""
        confirmed = TODAY - timedelta(days=self.rng.randrange(_DAYS_OF_CONFIRMATION))
        first = confirmed - timedelta(days=self.rng.randrange(_LONGEST_KNOWN_DAYS))
        if visibility is None:
            is_public = self.rng.random() < _SHARE_PUBLIC
            visibility = Visibility.PUBLIC if is_public else Visibility.MEMBERS
        return Provenance(
            source=SOURCE,
            asserted_by=by,
            first_seen=first,
            last_confirmed=confirmed,
            visibility=visibility,
        )

    def known(self, sketch: Sketch, *, visibility: Visibility | None = None) -> Provenance:
        """Return the provenance of a fact about an organisation: mostly told, some inferred."""
        by = sketch.name if self.rng.random() < 0.6 else _COORDINATOR
        provenance = self.told(by, visibility=visibility)
        if sketch.is_planted or self.rng.random() >= _SHARE_INFERRED:
            return provenance
        confidence = round(self.rng.uniform(0.4, 0.9), 2)
        return replace(provenance, inferred=True, confidence=confidence)

    def organisation(
        self,
        name: str,
        activity: str,
        borough: str,
        *,
        organisation_type: str = "",
        income: float | None = None,
        description: str = "",
        is_planted: bool = False,
    ) -> Sketch:
        """Add an organisation with its office, places, themes and communities."""
        sketch = Sketch(f"demo-{slug(name)}", name, activity, borough, is_planted)
        work = ACTIVITIES[activity]
        self.organisations[sketch.id] = sketch
        is_secret = activity == "abuse"  # a refuge doesn't publish its address
        self.add(
            Organisation(
                id=sketch.id,
                name=name,
                description=description or self._description(name, work, borough),
                organisation_type=organisation_type or self.rng.choice(_TYPES),
                income=self._income() if income is None else income,
                website=f"https://{slug(name)}.example",
                postcode="" if is_secret else self._postcode(borough),
                provenance=self.told(visibility=Visibility.PUBLIC),
            )
        )
        self._describe(sketch, work)
        return sketch

    def _describe(self, sketch: Sketch, work: Activity) -> None:
        public = Visibility.PUBLIC
        office = self.told(visibility=public)
        self.add(BasedIn(from_id=sketch.id, to_id=sketch.borough, provenance=office))
        for borough in self._area(sketch):
            how = self.known(sketch, visibility=public)
            self.add(WorksIn(from_id=sketch.id, to_id=borough, provenance=how))
        for theme in self._some(work.themes, sketch):
            how = self.known(sketch, visibility=public)
            self.add(WorksOn(from_id=sketch.id, to_id=f"theme-{theme}", provenance=how))
        for community in self._some(work.communities, sketch):
            how = self.known(sketch, visibility=public)
            self.add(Serves(from_id=sketch.id, to_id=f"com-{community}", provenance=how))

    def offer(self, sketch: Sketch, skill: str, *, level: int | None = None) -> None:
        """Add an offer, unless the organisation offers or needs the skill already."""
        if skill in self.offers[sketch.id] or skill in self.needs[sketch.id]:
            return
        self.offers[sketch.id].append(skill)
        days = self.rng.choice((None, 0.5, 1.0, 2.0, 4.0, 8.0))
        self.add(
            Offer(
                from_id=sketch.id,
                to_id=f"cap-{skill}",
                level=level or self.rng.choice((1, 2, 2, 2, 3)),
                # A planted offer is as strong as its level says, no more and no less.
                capacity=None if level else days,
                provenance=self.known(sketch),
            )
        )

    def need(self, sketch: Sketch, skill: str, *, urgency: int | None = None) -> None:
        """Add a need, unless the organisation needs or offers the skill already.

        A planted need never runs out, or the truths would not outlast it.
        """
        if skill in self.offers[sketch.id] or skill in self.needs[sketch.id]:
            return
        self.needs[sketch.id].append(skill)
        until = TODAY + timedelta(days=30 * self.rng.randrange(2, 24))
        self.add(
            Need(
                from_id=sketch.id,
                to_id=f"cap-{skill}",
                urgency=urgency or self.rng.choice((1, 2, 2, 3)),
                until=until if not sketch.is_planted and self.rng.random() < 0.4 else None,
                provenance=self.known(sketch),
            )
        )

    def partner(self, one: str, other: str, *, how: str, strength: float | None = None) -> None:
        """Add a collaboration, unless the two have one."""
        if one == other or other in self.partners[one]:
            return
        self.partners[one].add(other)
        self.partners[other].add(one)
        self.add(
            Collaboration(
                from_id=one,
                to_id=other,
                how=how,
                since=TODAY - timedelta(days=self.rng.randrange(60, 3000)),
                strength=strength or round(self.rng.uniform(0.2, 0.95), 2),
                provenance=self.told(),
            )
        )

    def offerers(self, skill: str) -> list[str]:
        """Return who offers a skill."""
        return [found for found, skills in self.offers.items() if skill in skills]

    def _area(self, sketch: Sketch) -> list[str]:
        others = [borough for borough in OUTCODES if borough != sketch.borough]
        extra = 0 if sketch.is_planted else self.rng.choice((0, 0, 0, 1, 2))
        return [sketch.borough, *self.rng.sample(others, extra)]

    def _some(self, items: tuple[str, ...], sketch: Sketch) -> tuple[str, ...]:
        """Return the first two for planted organisations, which are alike, else one to three."""
        if sketch.is_planted:
            return items[:2]
        count = min(len(items), self.rng.choice((1, 2, 2, 3)))
        return tuple(self.rng.sample(items, count))

    def _income(self) -> float:
        # Lognormal, as charities' incomes are: median about £60,000, a few above a million.
        return float(round(min(self.rng.lognormvariate(11, 1.4), 4e6), -2))

    def _postcode(self, borough: str) -> str:
        # No inward code ends in two Zs, so nobody lives here.
        return f"{self.rng.choice(OUTCODES[borough])} {self.rng.randrange(10)}ZZ"

    def _description(self, name: str, work: Activity, borough: str) -> str:
        deed, how = self.rng.choice(work.deeds), self.rng.choice(_HOW_LONG)
        return f"{name} {deed} in {places().term(borough).label}, {how}."
