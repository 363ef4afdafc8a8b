"""From a brief to several different coalitions, to one that somebody put together, and to swaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.coalitions.brief import Brief
from matching.coalitions.candidates import SCALE, Candidates, Eligible, eligible, gathered
from matching.coalitions.coalition import Coalition, Plan
from matching.coalitions.describing import described
from matching.coalitions.errors import InvalidBrief
from matching.coalitions.exact import EFFORT, Solved, Unlike, solve
from matching.coalitions.possible import possible
from matching.coalitions.shortfall import InfeasibleBrief, mends_of, shortfalls_of
from matching.coalitions.teams import Team, team_of
from matching.network import Network

__all__ = ["Swap", "assess", "plan_coalitions", "swap"]

_DIFFERENT = 2


@dataclass(frozen=True, slots=True)
class Swap:
    """Who could take a seat. ``difference`` is how much more the coalition would cost, in members.

    ``answers_for`` are the skills that it would answer for. ``has_tie`` says that it has a tie to
    at least one of those who stay.
    """

    organisation_id: str
    name: str
    objective: float
    difference: float
    answers_for: tuple[str, ...]
    has_tie: bool


def plan_coalitions(
    network: Network, brief: Brief, *, count: int = 3, effort: int = EFFORT
) -> Plan:
    """Return up to ``count`` different coalitions for a brief, the best first.

    Raises InfeasibleBrief where there is none, and as :func:`eligible`. ``effort`` limits each
    search, in whole numbers of looks at a candidate for a skill; no clock is asked.
    """
    found = eligible(network, brief)
    candidates, first = _searched(network, found, effort)
    solved, different, is_exhausted = [first], _DIFFERENT, False
    while len(solved) < count:
        further, gone = _further(candidates, solved, effort)
        if further.team is None:
            is_exhausted = further.is_proven and candidates.is_whole
            break
        solved.append(further)
        different = min(different, gone)
    return Plan(
        brief=brief,
        coalitions=tuple(
            described(network, found, candidates, each.team, gap=each.gap, is_proven=each.is_proven)
            for each in sorted(solved, key=_cost)
            if each.team is not None
        ),
        different=different,
        considered=candidates.considered,
        searched=len(candidates),
        is_exhausted=is_exhausted,
    )


def assess(network: Network, brief: Brief, member_ids: Iterable[str]) -> Coalition:
    """Return a coalition that somebody put together, described and scored like any other.

    Raises InvalidBrief if these don't meet the brief. Nothing is said of how near it is to the
    best: ``gap`` is None.
    """
    found = eligible(network, brief)
    candidates, members = _with_members(network, found, member_ids)
    team = team_of(candidates, members)
    if team is None:
        raise InvalidBrief(
            "members",
            ", ".join(network.names[int(candidates.rows[member])] for member in members),
            "don’t meet the brief together",
            remedy="Choose other members, or ease the brief.",
        )
    return described(network, found, candidates, team, gap=None, is_proven=False)


def swap(
    network: Network, brief: Brief, member_ids: Iterable[str], leaving_id: str, *, k: int = 5
) -> tuple[Swap, ...]:
    """Return up to ``k`` organisations that could take a seat, best first, each scored exactly.

    Raises InvalidBrief if the members don't meet the brief, or ``leaving_id`` is none of them.
    """
    found = eligible(network, brief)
    wanted = tuple(member_ids)
    if leaving_id not in wanted:
        raise InvalidBrief("members", leaving_id, "has no seat in this coalition")
    candidates, members = _with_members(network, found, wanted)
    now = team_of(candidates, members)
    if now is None:
        raise InvalidBrief("members", len(wanted), "don’t meet the brief together")
    leaving = int(np.flatnonzero(candidates.rows == network.index_of(leaving_id))[0])
    staying = [member for member in members if member != leaving]
    made = []
    for member in range(len(candidates)):
        if member in members:
            continue
        team = team_of(candidates, [*staying, member])
        if team is not None:
            made.append((team.cost, member, team))
    made.sort(key=lambda each: each[:2])
    return tuple(_swap(network, candidates, now, team, member) for _, member, team in made[:k])


def _swap(network: Network, candidates: Candidates, now: Team, team: Team, member: int) -> Swap:
    row = int(candidates.rows[member])
    others = [int(candidates.rows[other]) for other in team.members if other != member]
    return Swap(
        organisation_id=network.organisation_ids[row],
        name=network.names[row],
        objective=team.cost / SCALE,
        difference=(team.cost - now.cost) / SCALE,
        answers_for=tuple(
            need.skill_id
            for need, carrier in zip(candidates.brief.needs, team.carries, strict=True)
            if carrier == member
        ),
        has_tie=bool(np.isin(others, network.partners_of(row)).any()),
    )


def _searched(network: Network, found: Eligible, effort: int) -> tuple[Candidates, Solved]:
    """Return the candidates and the best team of them; raises InfeasibleBrief if there is none."""
    shortfalls = shortfalls_of(network, found)
    if shortfalls:
        raise InfeasibleBrief(shortfalls, mends_of(network, found))
    candidates = gathered(network, found)
    solved = solve(candidates, effort=effort)
    if solved.team is not None:
        return candidates, solved
    answer = possible(network, found)
    if answer.rows is None:
        shortfalls = shortfalls_of(network, found, together=True)
        raise InfeasibleBrief(shortfalls, mends_of(network, found), is_proven=answer.is_proven)
    # The most promising can't do it together, but with these it can be done.
    candidates = gathered(network, found, also=answer.rows)
    solved = solve(candidates, effort=effort)
    if solved.team is None:
        team = team_of(candidates, np.flatnonzero(np.isin(candidates.rows, answer.rows)).tolist())
        solved = Solved(team, solved.bound, is_proven=False)
    return candidates, solved


def _cost(solved: Solved) -> int:
    assert solved.team is not None
    return solved.team.cost


def _further(candidates: Candidates, solved: list[Solved], effort: int) -> tuple[Solved, int]:
    """Return the best team unlike those before, and of how many of their members it does without.

    Two, or where that can't be, one.
    """
    further, gone = Solved(None, 0, is_proven=True), _DIFFERENT
    for gone in range(_DIFFERENT, 0, -1):
        unlike: list[Unlike] = []
        for each in solved:
            assert each.team is not None
            free = sum(not candidates.must[member] for member in each.team.members)
            if free == 0:
                return further, gone
            unlike.append((frozenset(each.team.members), min(gone, free)))
        further = solve(candidates, unlike=unlike, effort=effort)
        if further.team is not None:
            break
    return further, gone


def _with_members(
    network: Network, found: Eligible, member_ids: Iterable[str]
) -> tuple[Candidates, list[int]]:
    rows = np.array([network.index_of(member) for member in member_ids], dtype=np.int64)
    strays = [network.names[row] for row in rows.tolist() if not found.useful[row]]
    if strays:
        raise InvalidBrief("members", strays[0], "can’t be a member for this brief")
    candidates = gathered(network, found, also=np.unique(rows))
    return candidates, np.flatnonzero(np.isin(candidates.rows, rows)).tolist()
