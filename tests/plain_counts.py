"""The figures of a report counted once more, from records: sets and dicts, nothing of the engine.

What is slow here is plain: each function reads as its definition in the report does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from statistics import median
from typing import TypeVar

from graph.model import (
    RELATIONSHIP_KINDS,
    Advances,
    BackboneOf,
    Collaboration,
    Contact,
    Fact,
    Goal,
    Introduction,
    IntroductionState,
    Measure,
    Measurement,
    Need,
    Offer,
    Organisation,
    Place,
    Project,
    Relationship,
    Serves,
    SignOff,
    Skill,
    TakesPartIn,
    WorksIn,
    WorksOn,
)
from matching.leading import leads
from plain_places import near_places

__all__ = ["PlainCounts"]

_MADE = frozenset(
    {
        IntroductionState.INTRODUCED,
        IntroductionState.MET,
        IntroductionState.COLLABORATING,
        IntroductionState.DECLINED,
        IntroductionState.LAPSED,
    }
)
_TO_MEET = frozenset({IntroductionState.MET, IntroductionState.COLLABORATING})
Pair = frozenset[str]
F = TypeVar("F", bound=Fact)


class PlainCounts:
    """What is so in a network of these facts on a day."""

    def __init__(self, facts: Iterable[Fact], today: date) -> None:
        self.today = today
        self._facts: dict[type[Fact], list[Fact]] = defaultdict(list)
        for fact in facts:
            self._facts[type(fact)].append(fact)

    def of(self, kind: type[F]) -> list[F]:
        return self._facts[kind]  # type: ignore[return-value]

    def figures(self) -> dict[str, float | None]:
        """Return every figure of the report but the number of silos, which no plain rule gives."""
        needs, unmet = self.needs, self.unmet
        meets, doubles = self._complementary()
        days, pairs = self._days_since_contact(), len(self.partnerships)
        fresh = [fact for fact in self._told_ties() if self._is_fresh(fact)]
        made = self.introductions
        return {
            "organisations": len(self.open),
            "partnerships": pairs,
            "needs": len(needs),
            "unmet": len(unmet),
            "unmet-share": _share(len(unmet), len(needs)),
            "nobody": sum(count == 0 for count in self.provider_counts().values()),
            "one-provider": sum(count == 1 for count in self.provider_counts().values()),
            "one-lead": len(self.one_lead()),
            "closing": sum(self.broken_by(one) > 0 for one in self.open),
            "isolates": sum(not self.partners[one] for one in self.open),
            "largest-part": self._largest_share(),
            "introductions": len(made),
            "introductions-met": _share(sum(state in _TO_MEET for state in made), len(made)),
            "signed": _share(len(self.signers()), len(self.open)),
            "reporting": _share(len(self.reporting()), len(self.running)),
            "complementary": _share(meets, meets + doubles),
            "since-contact": median(days) if days else None,
            "in-touch": _share(sum(each <= 90 for each in days), pairs),
            "dependency": self.dependency(),
            "fresh": _share(len(fresh), len(self._told_ties())),
        }

    @cached_property
    def open(self) -> set[str]:
        return {
            each.id
            for each in self.of(Organisation)
            if each.closed_on is None or each.closed_on > self.today
        }

    def _has_begun(self, day: date | None) -> bool:
        return day is None or day <= self.today

    def _is_on(self, start: date | None, end: date | None) -> bool:
        return self._has_begun(start) and (end is None or end >= self.today)

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        return self._parts_in(lambda each, start: self._has_begun(each.starts_on or start))

    def _parts_in(self, counts: Callable[[TakesPartIn, date | None], bool]) -> dict[str, set[str]]:
        """Return by project who has a part in it other than by paying."""
        starts = {each.id: each.starts_on for each in self.of(Project)}
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.of(TakesPartIn):
            if each.role.casefold() != "funder" and counts(each, starts[each.to_id]):
                found[each.to_id].add(each.from_id)
        return found

    @cached_property
    def partnerships(self) -> set[Pair]:
        pairs = {
            frozenset((each.from_id, each.to_id))
            for each in self.of(Collaboration)
            if not each.provenance.inferred and self._has_begun(each.since)
        }
        for members in self._parts.values():
            if len(members) <= 60:
                pairs |= {frozenset(pair) for pair in combinations(members, 2)}
        return {pair for pair in pairs if pair <= self.open}

    @cached_property
    def partners(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one, other in self.partnerships:
            found[one].add(other)
            found[other].add(one)
        return found

    @cached_property
    def needs(self) -> set[tuple[str, str]]:
        return {
            (each.from_id, each.to_id)
            for each in self.of(Need)
            if each.from_id in self.open and (each.until is None or each.until >= self.today)
        }

    @cached_property
    def _inside(self) -> set[str]:
        told = {
            each.from_id
            for each in (*self.of(Offer), *self.of(Need))
            if not each.provenance.inferred
        }
        with_partner = {
            end
            for each in self.of(Collaboration)
            if not each.provenance.inferred
            for end in (each.from_id, each.to_id)
        }
        for members in self._parts_in(lambda *_: True).values():
            if 2 <= len(members) <= 60:
                with_partner |= members
        return (told | with_partner) & self.open

    @cached_property
    def providers(self) -> dict[str, set[str]]:
        """By skill, who is part of the network and offers it or a narrower one."""
        parent = {each.id: each.parent_id for each in self.of(Skill)}
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.of(Offer):
            skill, seen = each.to_id, set[str]()
            while each.from_id in self._inside and skill in parent and skill not in seen:
                found[skill].add(each.from_id)
                seen.add(skill)
                skill = parent[skill]
        return found

    def provider_counts(self) -> dict[str, int]:
        """By needed skill, how many offer it; who alone needs it isn't counted for itself."""
        in_need: dict[str, set[str]] = defaultdict(set)
        for one, skill in self.needs:
            in_need[skill].add(one)
        return {
            skill: len(self.providers[skill] - (who if len(who) == 1 else set()))
            for skill, who in in_need.items()
        }

    @cached_property
    def unmet(self) -> set[tuple[str, str]]:
        return {
            (one, skill)
            for one, skill in self.needs
            if not self.providers[skill] & self._in_reach(one)
        }

    def _in_reach(self, one: str) -> set[str]:
        near = set(self.partners[one])
        for partner in self.partners[one]:
            near |= self.partners[partner]
        around = set().union(*(self._near_places[place] for place in self._places[one]))
        near |= {other for other in self.open if self._places[other] & around}
        return near - {one}

    @cached_property
    def _places(self) -> dict[str, set[str]]:
        return self._things(WorksIn)

    def _things(self, kind: type[Relationship]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.of(kind):
            found[each.from_id].add(each.to_id)
        return found

    @cached_property
    def _near_places(self) -> dict[str, set[str]]:
        return near_places(self.of(Place))

    @cached_property
    def _running_parts(self) -> dict[str, dict[str, set[str]]]:
        """By project that goes on, who has which roles in it today other than by paying."""
        goes_on = {
            each.id for each in self.of(Project) if self._is_on(each.starts_on, each.ends_on)
        }
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for each in self.of(TakesPartIn):
            is_there = each.from_id in self.open and self._is_on(each.starts_on, each.ends_on)
            if is_there and each.to_id in goes_on and each.role.casefold() != "funder":
                found[each.to_id][each.from_id].add(each.role)
        return found

    @cached_property
    def running(self) -> set[str]:
        return set(self._running_parts)

    def one_lead(self) -> dict[str, str]:
        """By running project with one lead and somebody else in it, the lead."""
        found = {}
        for project, parts in self._running_parts.items():
            leading = [one for one, roles in parts.items() if any(map(leads, roles))]
            if len(leading) == 1 and len(parts) > 1:
                found[project] = leading[0]
        return found

    def broken_by(self, gone: str) -> int:
        """Return what would break if one organisation closed."""
        needs = sum(
            self.providers[skill] - {one} == {gone} for one, skill in self.needs if one != gone
        )
        projects = sum(lead == gone for lead in self.one_lead().values()) + sum(
            set(parts) == {gone} for parts in self._running_parts.values()
        )
        supported_by: dict[str, set[str]] = defaultdict(set)
        for each in self._support():
            supported_by[each.to_id].add(each.from_id)
        members = sum(supported_by[one] == {gone} for one in self.open if one != gone)
        return needs + len(self._left_apart(gone)) + projects + members

    def _left_apart(self, gone: str) -> set[str]:
        mine = next(part for part in self._pieces(self.partnerships) if gone in part) - {gone}
        without = [pair for pair in self.partnerships if gone not in pair]
        parts = sorted((part for part in self._pieces(without) if part <= mine), key=len)
        lost = set().union(*parts[:-1]) if parts else set()
        return lost | {one for one in self.partners[gone] if self.partners[one] == {gone}}

    def _support(self) -> list[BackboneOf]:
        return [
            each
            for each in self.of(BackboneOf)
            if each.from_id in self.open and self._is_on(each.since, each.until)
        ]

    def _pieces(self, pairs: Iterable[Iterable[str]]) -> list[set[str]]:
        """Return the open organisations in parts between which no way leads."""
        piece = {one: {one} for one in self.open}
        for one, other in pairs:
            if piece[one] is not piece[other]:
                piece[one] |= piece[other]
                for each in piece[other]:
                    piece[each] = piece[one]
        return list({id(part): part for part in piece.values()}.values())

    def _largest_share(self) -> float | None:
        sizes = [len(part) for part in self._pieces(self.partnerships)]
        return _share(max(sizes, default=0) if self.partnerships else 0, len(self.open))

    @property
    def introductions(self) -> list[IntroductionState]:
        """By pair that was introduced, what came of it last."""
        last: dict[Pair, tuple[date, str, IntroductionState]] = {}
        for each in self.of(Introduction):
            on = each.decided_on or each.provenance.last_confirmed
            if each.state in _MADE and on <= self.today:
                pair = frozenset((each.from_id, each.to_id))
                last[pair] = max(last.get(pair, (on, "", each.state)), (on, each.id, each.state))
        return [state for _, _, state in last.values()]

    def signers(self) -> set[str]:
        return {
            each.from_id for each in self.of(SignOff) if self._has_begun(each.signed_on)
        } & self.open

    def reporting(self) -> set[str]:
        told = [each for each in self.of(Measurement) if each.measured_on <= self.today]
        reporters: dict[str, set[str]] = defaultdict(set)
        organisations = {each.id for each in self.of(Organisation)}
        for each in told:
            if each.from_id not in organisations or each.from_id in self.open:
                reporters[each.to_id].add(each.from_id)
        measures = {each.id for each in self.of(Measure)}
        shared = {each.from_id for each in self.of(Advances)} & measures
        shared |= {key for key, who in reporters.items() if len(who) >= 2}
        by = {each.from_id for each in told if each.to_id in shared}
        return {
            project
            for project in self.running
            if project in by or by & set(self._running_parts[project])
        }

    def _complementary(self) -> tuple[int, int]:
        offers, themes, serves = map(self._things, (Offer, WorksOn, Serves))
        goals, roles = defaultdict(set), defaultdict(dict)
        known = {each.id for each in self.of(Goal)}
        for each in (*self.of(Advances), *self.of(SignOff)):
            if isinstance(each, Advances) or self._has_begun(each.signed_on):
                goals[each.from_id].add(each.to_id)
                role = "" if isinstance(each, Advances) else " ".join(each.role.casefold().split())
                if role:
                    roles[each.from_id][each.to_id] = role
        meets = doubles = 0
        for one, other in self.partnerships:
            fewer = min(len(offers[one]), len(offers[other]))
            both = roles[one].keys() & roles[other].keys() & known
            same = {goal for goal in both if roles[one][goal] == roles[other][goal]}
            if not fewer and not both:
                continue
            differs = bool(both - same) or (
                fewer > 0 and len(offers[one] & offers[other]) / fewer < 0.5
            )
            theme, people = themes[one] & themes[other], serves[one] & serves[other]
            if differs and (theme or people or goals[one] & goals[other]):
                meets += 1
            elif not differs and theme and people and self._places[one] & self._places[other]:
                doubles += 1
        return meets, doubles

    def _days_since_contact(self) -> list[int]:
        last: dict[Pair, date] = {}
        for each in self.of(Contact):
            if each.happened_on <= self.today:
                pair = frozenset((each.from_id, each.to_id))
                last[pair] = max(last.get(pair, each.happened_on), each.happened_on)
        return [(self.today - last[pair]).days for pair in self.partnerships if pair in last]

    def dependency(self) -> float | None:
        """Return the share of pairs of others that only a backbone joins; None without any."""
        support = self._support()
        backbones = {each.from_id for each in support}
        others = self.open - backbones
        ties = [(one, other) for one, other in self.partnerships]
        for each in support:
            ends = {each.to_id} if each.to_id in self.open else self._parts.get(each.to_id, set())
            ties += [(each.from_id, end) for end in ends & self.open if end != each.from_id]

        def joined(pairs: Iterable[tuple[str, str]]) -> int:
            sizes = [len(part & others) for part in self._pieces(pairs)]
            return sum(size * (size - 1) // 2 for size in sizes)

        every = len(others) * (len(others) - 1) // 2
        if not backbones or not every:
            return None
        without = [tie for tie in ties if not backbones & set(tie)]
        return (joined(ties) - joined(without)) / every

    def _told_ties(self) -> list[Relationship]:
        closed = {each.id for each in self.of(Organisation)} - self.open
        return [
            each
            for kind in RELATIONSHIP_KINDS
            if not kind.is_confidential
            for each in self.of(kind)
            if not each.provenance.inferred and not closed & {each.from_id, each.to_id}
        ]

    def _is_fresh(self, fact: Fact) -> bool:
        return fact.provenance.last_confirmed >= self.today - timedelta(days=365)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
