"""The partnership note as data: who does what, resting on which facts, and what is to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.coalitions.area import far_from
from matching.coalitions.brief import Brief
from matching.coalitions.coalition import Coalition, Cover, Form, FormRule, Link, Money, Seat
from matching.hierarchy import narrower
from matching.introductions.routes import find_routes
from matching.network import Network, row_of

__all__ = [
    "Brings",
    "Concern",
    "ConcernKind",
    "NextStep",
    "NextStepKind",
    "PartnershipNote",
    "Role",
    "partnership_note",
]


class ConcernKind(StrEnum):
    """What the coalition lacks: no backup, a guess, an unknown income, nobody in the area."""

    NO_BACKUP = "no_backup"
    GUESSED = "guessed"
    INCOME_UNKNOWN = "income_unknown"
    ELSEWHERE = "elsewhere"
    THEME_OPEN = "theme_open"
    COMMUNITY_OPEN = "community_open"


class NextStepKind(StrEnum):
    """What somebody should do now, in this order."""

    AGREE_LEAD = "agree_lead"
    INTRODUCE = "introduce"
    CONFIRM_OFFER = "confirm_offer"
    FIND_BACKUP = "find_backup"
    ASK_INCOME = "ask_income"
    AGREE_FORM = "agree_form"


@dataclass(frozen=True, slots=True)
class Brings:
    """What a partner has that the brief asks for, and the ids of the facts that say so.

    ``kind`` is skill, place, theme or community; ``level`` is 0 but for skills. ``is_backup``: for
    this skill it only stands by.
    """

    kind: str
    about: str
    name: str
    facts: tuple[str, ...]
    level: int = 0
    is_backup: bool = False
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """One partner in the note."""

    organisation_id: str
    name: str
    is_lead: bool
    brings: tuple[Brings, ...]
    seat: Seat


@dataclass(frozen=True, slots=True)
class Concern:
    """One gap: what it is about (a skill, theme or community, or ""), and who."""

    kind: ConcernKind
    about: str = ""
    organisation_id: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: with whom, and about what.

    ``through`` are those who could introduce two to each other, in order, and ``facts`` their ties.
    """

    kind: NextStepKind
    organisation_ids: tuple[str, ...] = ()
    about: str = ""
    through: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnershipNote:
    """All that a one-page note says; ``evidence`` are the ids of all facts that it rests on."""

    brief: Brief
    roles: tuple[Role, ...]
    covers: tuple[Cover, ...]
    ties: tuple[Link, ...]
    form: Form
    form_rule: FormRule
    money: Money
    concerns: tuple[Concern, ...]
    next_steps: tuple[NextStep, ...]
    evidence: tuple[str, ...]


def partnership_note(network: Network, brief: Brief, coalition: Coalition) -> PartnershipNote:
    """Return the note on a coalition; the lead comes first, then the others in order of name."""
    lead = coalition.lead.organisation_id
    seats = sorted(coalition.seats, key=lambda seat: seat.organisation_id != lead)
    roles = tuple(
        Role(
            organisation_id=seat.organisation_id,
            name=seat.name,
            is_lead=seat.organisation_id == lead,
            brings=_brings(network, brief, coalition, seat),
            seat=seat,
        )
        for seat in seats
    )
    ties = tuple(link for link in coalition.links if link.facts)
    facts = [fact for role in roles for each in role.brings for fact in each.facts]
    facts += [fact for link in ties for fact in link.facts]
    next_steps = _next_steps(network, coalition)
    facts += [fact for step in next_steps for fact in step.facts]
    return PartnershipNote(
        brief=brief,
        roles=roles,
        covers=coalition.covers,
        ties=ties,
        form=coalition.form,
        form_rule=coalition.form_rule,
        money=coalition.money,
        concerns=_concerns(network, brief, coalition, roles),
        next_steps=next_steps,
        evidence=tuple(dict.fromkeys(facts)),
    )


def _brings(network: Network, brief: Brief, coalition: Coalition, seat: Seat) -> tuple[Brings, ...]:
    mine, standing_by = [], []
    for cover in coalition.covers:
        if cover.organisation_id == seat.organisation_id:
            mine.append(
                Brings(
                    "skill",
                    cover.skill_id,
                    cover.skill_name,
                    cover.facts,
                    cover.level,
                    is_guess=cover.is_guess,
                )
            )
        standing_by += [
            Brings(
                "skill",
                cover.skill_id,
                cover.skill_name,
                backup.facts,
                backup.level,
                is_backup=True,
                is_guess=backup.is_guess,
            )
            for backup in cover.backups
            if backup.organisation_id == seat.organisation_id
        ]
    row = network.index_of(seat.organisation_id)
    wanted = (
        ("place", "works_in", network.places, brief.places),
        ("theme", "works_on", network.themes, brief.themes),
        ("community", "serves", network.communities, brief.communities),
    )
    for kind, tie, matrix, things in wanted:
        inner = narrower(network, kind, things)
        ids = network.thing_ids(kind)
        mine += [
            Brings(
                kind,
                ids[column],
                network.name_of(ids[column]),
                network.thing_facts(tie, row, kind, column),
            )
            for column in row_of(matrix, row).tolist()
            if ids[column] in inner
        ]
    return (*mine, *standing_by)


def _concerns(
    network: Network, brief: Brief, coalition: Coalition, roles: tuple[Role, ...]
) -> tuple[Concern, ...]:
    found = [
        Concern(ConcernKind.NO_BACKUP, cover.skill_id, cover.organisation_id)
        for cover in coalition.covers
        if not cover.backups
    ]
    found += [
        Concern(ConcernKind.GUESSED, cover.skill_id, cover.organisation_id)
        for cover in coalition.covers
        if cover.is_guess
    ]
    found += [
        Concern(ConcernKind.INCOME_UNKNOWN, organisation_id=seat.organisation_id)
        for seat in coalition.seats
        if seat.income is None
    ]
    far = far_from(network, brief.places, brief.within_km)
    found += [
        Concern(ConcernKind.ELSEWHERE, organisation_id=seat.organisation_id)
        for seat in coalition.seats
        if far[network.index_of(seat.organisation_id)] > 0
    ]
    brought = {(each.kind, each.about) for role in roles for each in role.brings}
    for kind, things, concern in (
        ("theme", brief.themes, ConcernKind.THEME_OPEN),
        ("community", brief.communities, ConcernKind.COMMUNITY_OPEN),
    ):
        found += [
            Concern(concern, thing)
            for thing in things
            if not any((kind, inner) in brought for inner in narrower(network, kind, (thing,)))
        ]
    return tuple(found)


def _next_steps(network: Network, coalition: Coalition) -> tuple[NextStep, ...]:
    steps = [NextStep(NextStepKind.AGREE_LEAD, (coalition.lead.organisation_id,))]
    steps += [_introduced(network, *pair) for pair in coalition.introductions]
    steps += [
        NextStep(NextStepKind.CONFIRM_OFFER, (cover.organisation_id,), cover.skill_id)
        for cover in coalition.covers
        if cover.is_guess
    ]
    steps += [
        NextStep(NextStepKind.FIND_BACKUP, (cover.organisation_id,), cover.skill_id)
        for cover in coalition.covers
        if not cover.backups
    ]
    steps += [
        NextStep(NextStepKind.ASK_INCOME, (seat.organisation_id,))
        for seat in coalition.seats
        if seat.income is None
    ]
    return (*steps, NextStep(NextStepKind.AGREE_FORM))


def _introduced(network: Network, one: str, other: str) -> NextStep:
    """Return that two should be introduced, and by whom if there is a way between them."""
    routes = find_routes(network, one, other, count=1).routes
    facts = [fact for route in routes for step in route.steps for fact in step.facts]
    return NextStep(
        NextStepKind.INTRODUCE,
        (one, other),
        through=routes[0].introducers if routes else (),
        facts=tuple(dict.fromkeys(facts)),
    )
