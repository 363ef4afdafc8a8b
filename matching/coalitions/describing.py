"""From a team, which is numbers, to a coalition with the facts behind it."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree

from matching.coalitions.brief import Brief
from matching.coalitions.burden import PARTS, count_of_projects
from matching.coalitions.candidates import SCALE, Candidates, Eligible
from matching.coalitions.coalition import (
    Backup,
    Coalition,
    Cover,
    Form,
    FormRule,
    Lead,
    Link,
    Money,
    Seat,
)
from matching.coalitions.offering import Provision, proof_of
from matching.coalitions.teams import Team
from matching.network import Network

__all__ = ["MANY_MEMBERS", "described"]

MANY_MEMBERS = 5
"""A lead agency can hold so many together; more need a constitution."""
_NEAR, _INCOME, _RECORD = 0.5, 0.25, 0.25
_LARGE = 6.0  # log10 of the income that gives all points for size
_SEASONED = 5
_TINY = 1e-6


def described(
    network: Network,
    found: Eligible,
    candidates: Candidates,
    team: Team,
    *,
    gap: float | None,
    is_proven: bool,
) -> Coalition:
    """Return a team of ``candidates`` with all that is to be said of it."""
    brief = candidates.brief
    rows = [int(candidates.rows[member]) for member in team.members]
    covers = _covers(network, candidates, team)
    links = _links(network, candidates, team)
    lead = _lead(network, candidates, team)
    money = _money(network, brief, rows, lead)
    form, rule = _form(brief, money, len(rows))
    return Coalition(
        seats=_seats(network, found, candidates, team),
        covers=covers,
        links=links,
        weakest=_weakest(network, candidates, team, links),
        introductions=tuple((link.one, link.other) for link in links if not link.facts),
        burden=team.burden / SCALE,
        skills=team.skills / SCALE,
        together=team.pairs / SCALE,
        gap=gap,
        is_proven=is_proven,
        lead=lead,
        form=form,
        form_rule=rule,
        money=money,
    )


def _covers(network: Network, candidates: Candidates, team: Team) -> tuple[Cover, ...]:
    made = []
    for at, need in enumerate(candidates.brief.needs):
        carrier = team.carries[at]
        by_member = {
            member: _proven(network, int(candidates.rows[member]), need.skill_id)
            for member in team.members
            if candidates.can[member, at]
        }
        others = sorted(
            (member for member in by_member if member != carrier),
            key=lambda member: (candidates.skill_cost[member, at], member),
        )
        proof = by_member[carrier]
        made.append(
            Cover(
                skill_id=need.skill_id,
                skill_name=network.name_of(need.skill_id),
                wanted_level=need.level,
                organisation_id=_id(network, candidates, carrier),
                level=proof.level,
                facts=proof.facts,
                is_guess=proof.is_guess,
                backups=tuple(
                    Backup(
                        organisation_id=_id(network, candidates, member),
                        level=by_member[member].level,
                        facts=by_member[member].facts,
                        is_guess=by_member[member].is_guess,
                    )
                    for member in others
                ),
            )
        )
    return tuple(made)


def _proven(network: Network, row: int, skill_id: str) -> Provision:
    proof = proof_of(network, row, skill_id)
    assert proof is not None
    return proof


def _seats(
    network: Network, found: Eligible, candidates: Candidates, team: Team
) -> tuple[Seat, ...]:
    brief = candidates.brief
    holders = candidates.can[list(team.members)].sum(axis=0)
    taken_part = network.remembered("coalitions.projects", lambda: count_of_projects(network))
    led = network.remembered("coalitions.led", lambda: count_of_projects(network, led=True))
    made = []
    for member in team.members:
        row = int(candidates.rows[member])
        mine = [need for at, need in enumerate(brief.needs) if team.carries[at] == member]
        income = float(network.income[row])
        made.append(
            Seat(
                organisation_id=network.organisation_ids[row],
                name=network.names[row],
                answers_for=tuple(need.skill_id for need in mine),
                only_here=tuple(
                    need.skill_id
                    for at, need in enumerate(brief.needs)
                    if candidates.can[member, at] and holders[at] == 1
                ),
                spare=brief.skills_each - len(mine),
                burden=tuple(zip(PARTS, found.burden[row].tolist(), strict=True)),
                income=None if np.isnan(income) else income,
                projects=int(taken_part[row]),
                led=int(led[row]),
                is_must=bool(candidates.must[member]),
            )
        )
    return tuple(made)


def _links(network: Network, candidates: Candidates, team: Team) -> tuple[Link, ...]:
    made = []
    for k, one in enumerate(team.members):
        for other in team.members[k + 1 :]:
            rows = int(candidates.rows[one]), int(candidates.rows[other])
            made.append(
                Link(
                    one=network.organisation_ids[rows[0]],
                    other=network.organisation_ids[rows[1]],
                    distance=float(candidates.distance[one, other]),
                    facts=network.tie_facts(*rows),
                )
            )
    return tuple(made)


def _weakest(
    network: Network, candidates: Candidates, team: Team, links: tuple[Link, ...]
) -> Link | None:
    """Return the longest edge of the minimum spanning tree of the members' distances."""
    if len(team.members) < 2:
        return None
    at = list(team.members)
    # A distance of 0 would be no edge at all.
    apart = candidates.distance[np.ix_(at, at)] + _TINY
    tree = sparse.coo_array(minimum_spanning_tree(sparse.csr_array(np.triu(apart, 1))))
    ends = zip(tree.data.tolist(), tree.coords[0].tolist(), tree.coords[1].tolist(), strict=True)
    _, one, other = max(ends, key=lambda edge: (edge[0], -edge[1], -edge[2]))
    names = {_id(network, candidates, at[one]), _id(network, candidates, at[other])}
    return next(link for link in links if {link.one, link.other} == names)


def _lead(network: Network, candidates: Candidates, team: Team) -> Lead:
    """Return who of those that meet the conditions has the most points; equals by name."""
    at = list(team.members)
    others = max(1, len(at) - 1)
    led = network.remembered("coalitions.led", lambda: count_of_projects(network, led=True))
    found = []
    for member in at:
        if not candidates.leads[member]:
            continue
        row = int(candidates.rows[member])
        size = np.nan_to_num(np.log10(1 + network.income[row])) / _LARGE
        points = (
            ("near", _NEAR * (1 - float(candidates.distance[member, at].sum()) / others)),
            ("income", _INCOME * min(1.0, float(size))),
            ("record", _RECORD * min(1.0, float(led[row]) / _SEASONED)),
        )
        score = sum(value for _, value in points)
        found.append(Lead(network.organisation_ids[row], score, points))
    return max(found, key=lambda lead: lead.score)


def _money(network: Network, brief: Brief, rows: list[int], lead: Lead) -> Money:
    incomes = network.income[rows]
    leading = float(network.income[network.index_of(lead.organisation_id)])
    has_share = brief.budget is not None and leading > 0
    return Money(
        joint_income=float(np.nansum(incomes)),
        known=int((~np.isnan(incomes)).sum()),
        lead_income=None if np.isnan(leading) else leading,
        budget=brief.budget,
        budget_share=brief.budget / leading if has_share and brief.budget is not None else None,
    )


def _form(brief: Brief, money: Money, members: int) -> tuple[Form, FormRule]:
    if money.budget_share is not None and money.budget_share > 1:
        return Form.CONSORTIUM, FormRule.TOO_LARGE_FOR_LEAD
    if members > MANY_MEMBERS:
        return Form.CONSORTIUM, FormRule.MANY
    if brief.budget:
        return Form.LEAD_AGENCY, FormRule.MONEY
    return Form.NETWORK, FormRule.FEW


def _id(network: Network, candidates: Candidates, member: int) -> str:
    return network.organisation_ids[int(candidates.rows[member])]
